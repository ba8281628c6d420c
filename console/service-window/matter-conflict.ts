import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { conflictPage, type Difference } from '#platform/ui/conflict.ts'
import { form } from '#platform/ui/form.ts'
import { answersThatCount } from '#policy/registration/circumstances.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import type { MatterData } from './matter-data.ts'
import { pageWords } from './matter-words.ts'
import { matterPath, said, typed } from './shared.ts'
import { stepWords } from './step-words.ts'
import { matterWords } from './words.ts'

/** Somebody saved meanwhile: their state and what was typed here, field by field, and both ways on. Nothing was overwritten. */
export function conflictSection(data: MatterData, meta: Meta): Html {
  const back = data.returned
  if (back?.problem.code !== 'changed-meanwhile') return nothing
  const { lang } = meta
  const w = pageWords(lang).conflict
  const { matter } = data.view
  const changedAt = (matter.changed_at ?? matter.received_at) as Temporal.Instant
  return conflictPage({
    lang,
    by: data.changedBy ? `${data.changedBy.name} ${data.changedBy.policeNo}` : w.system,
    at: formatMoment(changedAt, lang),
    differences:
      back.form === 'check' ? checkDifferences(data, lang) : [stateNow(data, lang), ...typedFields(data, lang)],
    choices: html`${form({
      action: matterPath(matter.id, `/${back.form}`),
      csrf: meta.csrf,
      version: matter.version,
      swap: true,
      inline: true,
      hidden: kept(back.body),
      submit: { label: w.keep },
    })}<a class="button button-plain" href="${matterPath(matter.id)}" data-swap>${w.drop}</a>`,
  })
}

/** All that was typed goes along once more; what belongs to one sending only does not. */
function kept(body: Record<string, unknown>): Record<string, string> {
  const own = ['_csrf', 'attempt', 'version']
  return Object.fromEntries(
    Object.keys(body)
      .filter((name) => !own.includes(name))
      .map((name) => [name, typed(body, name) ?? '']),
  )
}

function stateNow(data: MatterData, lang: Lang): Difference {
  const { matter, holder } = data.view
  const status = matterWords(lang).status[matter.status]
  const item = data.version ? said(data.version.content.name, lang) : ''
  return {
    label: pageWords(lang).conflict.before,
    theirs: [status, holder?.name, item].filter(Boolean).join(' · '),
    yours: '',
    clash: false,
  }
}

function typedFields(data: MatterData, lang: Lang): Difference[] {
  const body = data.returned?.body ?? {}
  const labels = fieldLabels(data, lang)
  return Object.entries(kept(body)).flatMap(([name, value]) =>
    value && labels[name]
      ? [{ label: labels[name], theirs: '', yours: shown(data, name, value, lang), clash: false }]
      : [],
  )
}

function shown(data: MatterData, name: string, value: string, lang: Lang): string {
  const words = matterWords(lang)
  if (name === 'toPersonId') return data.receivers.find((person) => person.id === value)?.name ?? value
  if (name === 'itemCode')
    return said(data.items.find((item) => item.itemCode === value)?.content.name ?? { zh: value, en: value }, lang)
  if (name === 'cause')
    return ({ ...words.causes, ...words.supplementCauses } as Record<string, string>)[value] ?? value
  return value
}

function fieldLabels(data: MatterData, lang: Lang): Record<string, string> {
  const w = stepWords(lang)
  const reasons: Record<string, string> = {
    refuse: w.refuse.reason,
    transfer: w.transfer.reason,
    withdraw: w.withdraw.reason,
    'hand-over': w.handOver.reason,
    take: w.take.reason,
    extension: w.extension.reason,
  }
  return {
    reason: reasons[data.returned?.form ?? ''] ?? pageWords(lang).facts.reason,
    canDo: w.refuse.canDo,
    itemCode: pageWords(lang).facts.item,
    cause: w.second.cause,
    note: w.second.note,
    toPersonId: w.handOver.to,
    days: w.extension.days,
    receiverName: w.transfer.name,
    receiverPhone: w.transfer.phone,
    receiverReceipt: w.transfer.receipt,
  }
}

/** Each question and paper on which the saved and the typed differ. */
function checkDifferences(data: MatterData, lang: Lang): Difference[] {
  const content = data.version?.content
  if (!content) return [stateNow(data, lang)]
  const mine = answersThatCount(content, data.answers)
  const answers = content.questions.map((question) => {
    const label = (code: string | undefined) =>
      question.options
        .filter((option) => option.code === code)
        .map((option) => said(option.label, lang))
        .join('')
    return {
      label: said(question.text, lang),
      theirs: label(data.saved.answers[question.code]),
      yours: label(mine[question.code]),
    }
  })
  const papers = content.materials.map((material) => ({
    label: said(material.name, lang),
    theirs: finding(data.saved.checks, material.code, lang),
    yours: finding(data.checks, material.code, lang),
  }))
  const differing = [...answers, ...papers]
    .filter((row) => row.theirs !== row.yours)
    .map((row) => ({ ...row, clash: row.theirs !== '' }))
  return [stateNow(data, lang), ...differing]
}

function finding(checks: readonly MaterialCheck[], code: string, lang: Lang): string {
  const check = checks.find((candidate) => candidate.code === code)
  if (!check) return ''
  return [matterWords(lang).verdicts[check.verdict], check.defect, check.mended && pageWords(lang).mended]
    .filter(Boolean)
    .join(lang === 'en' ? ', ' : '，')
}
