import { Type } from 'typebox'
import {
  addByCode,
  askByCode,
  type CaseProgress,
  changeContactByCode,
  citizenRights,
  noticePaper,
  openByCode,
  ownNameByCode,
  progressOf,
  rateByCode,
} from '#modules/complaints/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { largestFile } from '#platform/files/check-file.ts'
import type { Html } from '#platform/html.ts'
import { html } from '#platform/html.ts'
import { type Answer, type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatMoment } from '#platform/i18n.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { notice } from '#platform/ui/parts.ts'
import { type Body, posted } from '../complain/form-input.ts'
import { type SiteDeps, type SiteView, siteFrame } from '../frame.ts'
import { commonWords } from '../words.ts'
import { type Act, acts, type Returned } from './act-forms.ts'
import { codeForm } from './code-form.ts'
import { progressMain, samePage, samePageId } from './progress-page.ts'
import { complaintWords } from './words.ts'

export function complaintEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [askEndpoint(deps), caseEndpoint(deps), paperEndpoint(deps)]
}

const askEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/complaint',
    side: 'public',
    summary: 'Asks for the code on a receipt',
    permission: 'anyone',
    audit: { unlogged: 'an empty form' },
    async handle(ctx, { meta }) {
      return { page: await frame(ctx, deps, meta, askView('', null, meta)) }
    },
  })

/**
 * The page of one case, and whatever may be done on it, at one address: the code is in no address, no history and no
 * log (T16). Each act carries the id of its form, which makes a repetition harmless.
 */
const caseEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'POST',
    path: '/complaint',
    side: 'public',
    summary: 'What a code opens: progress, answer, adding, rating, reopening, review, withdrawal, contact (A22)',
    permission: 'anyone',
    audit: 'complaint.by-code',
    perMinute: 20,
    maxUpload: largestFile,
    keepsUploads: true,
    repeatable: true,
    body: Type.Record(Type.String(), Type.Unknown()),
    async handle(ctx, { body, meta }) {
      const code = posted(body, 'code')
      const found = await openByCode(ctx, code)
      if (!found) {
        const view = askView(code, code.trim() === '' ? 'required' : 'unknown', meta)
        return { page: await frame(ctx, deps, meta, view), status: 422 }
      }
      if ('sent' in found) return { page: await frame(ctx, deps, meta, sentView(found.sent, code, meta)) }
      const wanted = acts.find((name) => name === posted(body, 'do'))
      if (wanted) await carryOut(ctx, wanted, code, body, meta)
      const view = await progressView(ctx, code, meta, wanted && { done: wanted })
      const data = { act: wanted ?? 'look' }
      return { page: await frame(ctx, deps, meta, view), audit: seen(found.progress, data) }
    },
    async onProblem(ctx, { body, meta }, problem) {
      const code = posted(body, 'code')
      const wanted = acts.find((name) => name === posted(body, 'do'))
      if (!wanted) throw new Problem(problem.status, problem.code)
      const fields = Object.keys(problem.fields).length > 0 ? problem.fields : { form: problem.code }
      const typed = Object.fromEntries(Object.keys(body).map((name) => [name, posted(body, name)]))
      return frame(
        ctx,
        deps,
        meta,
        await progressView(ctx, code, meta, { returned: { act: wanted, typed, wrong: fields } }),
      )
    },
  })

async function carryOut(ctx: Context, act: Act, code: string, body: Body, meta: Meta): Promise<void> {
  const said = (name: string) => posted(body, name)
  const sent = { code, attempt: said('attempt') }
  const [fault] = meta.uploadFaults
  if (act === 'add') {
    if (fault) throw invalid({ files: fault.code })
    return addByCode(ctx, sent, { text: said('more'), files: meta.uploads })
  }
  if (act === 'rate') return rateByCode(ctx, code, { level: said('level'), comment: said('comment') })
  if (act === 'contact')
    return changeContactByCode(ctx, code, { name: said('name'), phone: said('phone'), address: said('address') })
  const field = ({ reopen: 'why', review: 'grounds', withdraw: 'reason' } as const)[act]
  return askByCode(ctx, sent, { kind: act, field, text: said(field), newFacts: said('newFacts') !== '' })
}

async function progressView(
  ctx: Context,
  code: string,
  meta: Meta,
  more: { done?: Act; returned?: Returned } = {},
): Promise<SiteView> {
  const found = await progressOf(ctx, code)
  const rights = citizenRights(ctx, found)
  const main = progressMain({ found, rights, code, today: dayOf(ctx.now), meta, ...more })
  return { title: complaintWords(meta.lang).viewTitle, main, invalid: more.returned !== undefined, choices }
}

function askView(typed: string, wrong: 'required' | 'unknown' | null, meta: Meta): SiteView {
  const title = complaintWords(meta.lang).title
  const back = { href: '/', label: commonWords(meta.lang).start }
  return { title, main: codeForm(typed, wrong, meta.lang), back, invalid: wrong !== null }
}

/** Between sending and opening inside. */
function sentView(sent: { caseNo: string; sentAt: string }, code: string, meta: Meta): SiteView {
  const words = complaintWords(meta.lang)
  const at = formatMoment(Temporal.Instant.from(sent.sentAt), meta.lang)
  const main = html`${notice({ lang: meta.lang, kind: 'info', title: words.sentTitle, body: words.sentBody(sent.caseNo, at) })}${samePage(code, meta.lang)}`
  return { title: words.viewTitle, main, choices }
}

const choices = { form: samePageId, action: '/complaint' }

function frame(ctx: Context, deps: SiteDeps, meta: Meta, view: SiteView): Promise<Html> {
  return siteFrame(ctx, deps, meta, { ...view, personal: true, leave: true })
}

const paperEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'POST',
    path: '/complaint/paper',
    side: 'public',
    summary: 'A notice on paper, for the complainant to whom it was issued',
    permission: 'anyone',
    audit: 'complaint.paper',
    perMinute: 20,
    repeatable: true,
    body: Type.Object({
      code: Type.Optional(Type.String({ maxLength: 200 })),
      notice: Type.Optional(Type.String({ maxLength: 40 })),
    }),
    async handle(ctx, { body }) {
      const code = body.code ?? ''
      const found = await progressOf(ctx, code)
      const issued = found.notices.find(({ id }) => id === body.notice)
      const paper = issued && noticePaper(issued.content, await ownNameByCode(ctx, code))
      if (!issued || !paper) throw notFound('complaint')
      const later = async (): Promise<Answer> => ({
        file: await deps.documents.render(paper.template, paper.data, Temporal.Instant.from(issued.at)),
        type: 'application/pdf',
        name: `${issued.no}.pdf`,
      })
      return { later, audit: seen(found, { notice: issued.no }) }
    },
  })

function seen(found: CaseProgress, data: Record<string, unknown>) {
  return { subjectKind: 'submission', subjectId: found.submissionId, data }
}
