import { type Html, html, nothing } from '#platform/html.ts'
import { dayOf, formatDay, formatMoment, type Lang } from '#platform/i18n.ts'
import { factList, notice, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { basisText } from '#policy/sources.ts'
import { awardKind } from '#policy/standing/award-kinds.ts'
import type { CitedDeduction, Eligibility, Reason } from '#policy/standing/eligibility.ts'
import { type StandingWords, standingWords } from './standing-words.ts'

export function awardName(code: string, lang: Lang): string {
  const kind = awardKind(code)
  return kind ? kind[lang] : code
}

/** An answer in words, whole: the verdict, and each reason from the rule down to the case (b-7). */
export function verdict(answer: Eligibility, name: string, lang: Lang, level: 2 | 3 = 3): Html {
  const words = standingWords(lang).check
  const award = awardName(answer.awardKind, lang)
  const asOf = formatMoment(Temporal.Instant.from(answer.asOf), lang)
  return html`${notice({
    lang,
    kind: answer.eligible ? 'success' : 'warning',
    title: answer.eligible ? words.eligible(name, award) : words.notEligible(name, award),
    body: html`<p>${words.year(String(answer.year), asOf)}</p>`,
  })}${why(answer, lang, level)}`
}

/** The chain alone: rule version ← restriction ← deductions ← findings ← cases. */
function why(answer: Eligibility, lang: Lang, level: 2 | 3): Html {
  const words = standingWords(lang)
  if (answer.reasons.length === 0) return html`<p>${words.check.noReason}</p>`
  return html`${answer.reasons.map((reason, index) =>
    section({
      title: words.check.reason(String(index + 1)),
      level,
      body: chain(reason, words, lang),
    }),
  )}`
}

function chain(reason: Reason, words: StandingWords, lang: Lang): Html {
  const { restriction, rule, result } = reason
  const { check } = words
  const ruleLine =
    rule.needs === null
      ? check.ruleResult(basisText(rule.basis, lang))
      : check.rule(basisText(rule.basis, lang), formatDay(Temporal.PlainDate.from(rule.from), lang), String(rule.needs))
  const since = formatDay(dayOf(Temporal.Instant.from(restriction.since)), lang)
  const state = words.restrictions.status[restriction.confirmed ? 'confirmed' : 'proposed']
  return html`${factList([
    { label: words.restrictions.rule, value: ruleLine },
    {
      label: words.restrictions.title,
      value: check.restriction(String(restriction.year), scopeText(restriction, lang), since, state),
    },
    result ? { label: check.resultLabel, value: result.factLine } : null,
  ])}${reason.deductions.length > 0 ? deductionTable(reason.deductions, words, lang) : nothing}`
}

export function scopeText(flags: { merit: boolean; decoration: boolean }, lang: Lang): string {
  const { scope } = standingWords(lang).restrictions
  return [flags.merit ? scope.merit : '', flags.decoration ? scope.decoration : '']
    .filter(Boolean)
    .join(lang === 'en' ? ' and ' : '、')
}

/** Each of them is needed: without one the restriction falls. */
function deductionTable(deductions: readonly CitedDeduction[], words: StandingWords, lang: Lang): Html {
  const c = words.columns
  return table({
    caption: words.check.because,
    columns: [
      { key: 'case', label: c.case, kind: 'main' },
      { key: 'fact', label: c.fact },
      { key: 'clause', label: c.clause },
      { key: 'finding', label: c.finding, kind: 'nowrap' },
      { key: 'on', label: c.on, kind: 'nowrap' },
      { key: 'points', label: c.points, kind: 'nowrap' },
    ],
    rows: deductions.map((one) => ({
      cells: {
        case: one.caseNo ?? words.check.caseHidden,
        fact: one.factLine,
        clause: one.clause,
        finding: one.findingId.slice(0, 8).toUpperCase(),
        on: formatDay(Temporal.PlainDate.from(one.effectiveOn), lang),
        points: words.points(String(one.points)),
      },
    })),
    empty: nothing,
  })
}
