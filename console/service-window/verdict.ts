import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { formatDay, type Lang } from '#platform/i18n.ts'
import { notice } from '#platform/ui/parts.ts'
import { dueBy } from '#policy/service-window/limits.ts'
import type { MatterData } from './matter-data.ts'
import { pageWords } from './matter-words.ts'
import { said } from './shared.ts'
import { matterWords } from './words.ts'

/** The three-way verdict in words (R47): refuse with what can be done, every gap at once, or accept with its day. */
export function verdictOf(ctx: Context, data: MatterData, lang: Lang): Html {
  const { assessment } = data
  const w = pageWords(lang).verdict
  if (!assessment) return nothing
  if (assessment.branch === 'refuse') return refusal(data, lang)
  if (assessment.branch === 'supplement') {
    return notice({
      lang,
      kind: 'warning',
      title: w.supplement(assessment.gaps.length),
      body: html`<ol>${assessment.gaps.map((gap) => html`<li>${gapLine(gap, lang)}</li>`)}</ol>`,
    })
  }
  if (assessment.branch === 'accept')
    return notice({ lang, kind: 'success', title: w.accept, body: dueLine(ctx, data, lang) })
  return notice({
    lang,
    kind: 'info',
    title: w.open,
    body: html`<ul>${openParts(data, lang).map((part) => html`<li>${part}</li>`)}</ul>`,
  })
}

export function gapLine(
  gap: { name: { zh: string; en: string }; problem: 'missing' | 'defective'; defect?: string },
  lang: Lang,
): string {
  const problem = matterWords(lang).problems[gap.problem]
  const colon = lang === 'en' ? ': ' : '：'
  return `${said(gap.name, lang)}${colon}${gap.defect ? `${problem}${lang === 'en' ? ', ' : '，'}${gap.defect}` : problem}`
}

function refusal(data: MatterData, lang: Lang): Html {
  const w = pageWords(lang).verdict
  const policy = data.assessment?.policy
  const reasons = policy && !policy.met ? policy.reasons : []
  return notice({
    lang,
    kind: 'error',
    title: w.refuse,
    body: html`<ul>${reasons.map((reason) => html`<li>${said(reason.reason, lang)}<br>${w.canDo}${said(reason.canDo, lang)}</li>`)}</ul>`,
  })
}

function dueLine(ctx: Context, data: MatterData, lang: Lang): string {
  const limit = data.version?.content.promisedLimit
  const due = limit && dueBy(limit, dayOf(ctx.now), ctx.calendar)
  if (!limit || !due || 'refused' in due) return ''
  const provisional = due.provisional ? `（${matterWords(lang).provisional}）` : ''
  return pageWords(lang).verdict.acceptDue(formatDay(due.day, lang), said(limit.text, lang)) + provisional
}

/** What is still open before anything can be said, by name. */
function openParts(data: MatterData, lang: Lang): string[] {
  const w = pageWords(lang).verdict
  const colon = lang === 'en' ? ': ' : '：'
  const content = data.version?.content
  const unanswered = (data.assessment?.unanswered ?? []).map((code) =>
    said(content?.questions.find((question) => question.code === code)?.text ?? { zh: code, en: code }, lang),
  )
  const materials = data.assessment?.materials
  const unchecked =
    materials && 'refused' in materials
      ? materials.codes.map((code) =>
          said(content?.materials.find((material) => material.code === code)?.name ?? { zh: code, en: code }, lang),
        )
      : []
  return [
    ...unanswered.map((name) => w.unanswered + colon + name),
    ...unchecked.map((name) => w.unchecked + colon + name),
  ]
}
