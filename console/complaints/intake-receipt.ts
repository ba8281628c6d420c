import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { langQuery } from '#console/service-window/shared.ts'
import { groupedCode, listDesks, openReceipt, type Receipt } from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import type { TemplateData } from '#platform/documents/data.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { formatDay, formatMoment } from '#platform/i18n.ts'
import { bureauOf } from '#platform/settings.ts'
import { linkButton } from '#platform/ui/form.ts'
import { factList, keepThis } from '#platform/ui/parts.ts'
import { intakeWords } from './intake-words.ts'
import { channelWords } from './month/channel-words.ts'

const params = Type.Object({ id: Type.String({ format: 'uuid' }) })
const common = { method: 'GET', side: 'internal', permission: 'complaint.intake', params } as const

/** What the person takes home. Only whoever took the complaint down opens it, and for a short while. */
export function receiptEndpoints(documents: Documents): AnyEndpoint[] {
  return [
    endpoint({
      ...common,
      path: '/console/intake/receipts/:id',
      summary: 'The receipt with its code, for whoever took the complaint down',
      audit: 'complaint.receipt',
      query: Type.Object(langQuery),
      handle: async (ctx, { params, meta }) => {
        const receipt = await openReceipt(ctx, params.id)
        return {
          page: await frame(ctx, meta, receiptPage(receipt, meta.lang)),
          audit: { subjectKind: 'submission', subjectId: params.id },
        }
      },
    }),
    endpoint({
      ...common,
      path: '/console/intake/receipts/:id/receipt.pdf',
      summary: 'The same receipt to print',
      audit: 'complaint.print-receipt',
      handle: async (ctx, { params }) => {
        const receipt = await openReceipt(ctx, params.id)
        const data = await receiptDocument(ctx, receipt)
        return {
          audit: { subjectKind: 'submission', subjectId: params.id },
          later: async () => ({
            file: await documents.render('complaint-receipt', data, data.issuedAt),
            type: 'application/pdf',
            name: `收件回执-${receipt.caseNo}.pdf`,
          }),
        }
      },
    }),
  ]
}

function receiptPage(receipt: Receipt, lang: 'zh' | 'en') {
  const w = intakeWords(lang).receipt
  const who = [
    receipt.anonymous ? w.anonymous : receipt.name,
    receipt.phoneMasked,
    receipt.confidential && w.confidential,
  ].filter(Boolean)
  const due = receipt.reachable ? formatDay(Temporal.PlainDate.from(receipt.noticeDueOn), lang) : w.noNotice
  const pdf = `/console/intake/receipts/${receipt.submissionId}/receipt.pdf`
  return {
    title: `${w.title} ${receipt.caseNo}`,
    current: '/console/intake',
    main: html`${keepThis({ label: w.code, code: groupedCode(receipt.code), note: w.keep })}${factList([
      { label: w.number, value: receipt.caseNo },
      { label: w.channel, value: channelWords(lang)[receipt.channel] },
      { label: w.received, value: formatMoment(receipt.receivedAt, lang) },
      { label: w.name, value: who.join(' · ') },
      { label: w.files, value: receipt.files.join('、') },
      { label: w.noticeDue, value: due },
    ])}<div class="buttons"><a class="button button-main" href="/console/intake" autofocus>${w.next}</a>${linkButton({ href: pdf, label: w.pdf, newTab: true })}</div>`,
  }
}

/** The paper is Chinese whatever the screen speaks. */
async function receiptDocument(ctx: Context, receipt: Receipt): Promise<TemplateData['complaint-receipt']> {
  const w = intakeWords('zh').receipt
  const bureau = await bureauOf(ctx)
  const desk = (await listDesks(ctx)).find(({ department }) => department === receipt.department)
  const notice = { day: Temporal.PlainDate.from(receipt.noticeDueOn) }
  const phones = [
    { name: '分局监督电话', number: bureau.phones.bureau },
    { name: '12389 举报投诉', number: bureau.phones['12389'] },
  ].filter(({ number }) => number !== '')
  return {
    issuer: { bureau: bureau.nameZh, unit: desk?.unitZh ?? '', sealOf: w.sealOf(bureau.nameZh) },
    number: receipt.caseNo,
    query: { link: `${bureau.siteUrl}/complaint`, code: groupedCode(receipt.code) },
    ...(receipt.name && {
      complainant: { name: receipt.name, ...(receipt.phoneMasked && { phoneMasked: receipt.phoneMasked }) },
    }),
    ...(receipt.confidential && { confidentiality: w.secret }),
    channel: channelWords('zh')[receipt.channel],
    receivedAt: receipt.receivedAt,
    subject: w.subject,
    attachments: receipt.files,
    next: [
      { step: w.steps.told, ...(receipt.reachable && { by: notice }), detail: w.steps.toldHow },
      { step: w.steps.work, detail: w.steps.workHow },
      { step: w.steps.answer, detail: w.steps.answerHow },
      { step: w.steps.review, detail: w.steps.reviewHow },
    ],
    youMay: [...w.youMay],
    basis: w.basis,
    desk: { name: `${bureau.nameZh}${desk?.unitZh ?? ''}`, ...(desk?.phone && { phone: desk.phone }) },
    supervision: { phones },
    issuedAt: receipt.takenAt,
  }
}
