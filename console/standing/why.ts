import { type Html, html, nothing } from '#platform/html.ts'
import { dayOf, formatDay, formatMoment, type Lang } from '#platform/i18n.ts'
import { notice, section } from '#platform/ui/parts.ts'
import { basisText } from '#policy/sources.ts'
import { awardKind } from '#policy/standing/award-kinds.ts'
import type { CitedDeduction, Eligibility, Reason } from '#policy/standing/eligibility.ts'
import { type StandingWords, standingWords } from './standing-words.ts'

export function awardName(code: string, lang: Lang): string {
  const kind = awardKind(code)
  return kind ? kind[lang] : code
}

/** An answer in words, whole: the verdict, and each reason from the rule down to the case (b-7). */
export function verdict(answer: Eligibility, name: string, lang: Lang): Html {
  const words = standingWords(lang).check
  const award = awardName(answer.awardKind, lang)
  const asOf = formatMoment(Temporal.Instant.from(answer.asOf), lang)
  return html`${notice({
    lang,
    kind: answer.eligible ? 'success' : 'warning',
    title: answer.eligible ? words.eligible(name, award) : words.notEligible(name, award),
    body: html`<p>${words.year(String(answer.year), asOf)}</p>`,
  })}${why(answer, lang)}`
}

/** The chain alone: rule version ← restriction ← deductions ← findings ← cases. */
export function why(answer: Eligibility, lang: Lang): Html {
  const words = standingWords(lang)
  if (answer.reasons.length === 0) return html`<p>${words.check.noReason}</p>`
  return html`${answer.reasons.map((reason, index) =>
    section({
      title: words.check.reason(String(index + 1)),
      level: 3,
      body: chain(reason, words, lang),
    }),
  )}`
}

function chain(reason: Reason, words: StandingWords, lang: Lang): Html {
  const { restriction, rule, result } = reason
  const ruleLine =
    rule.needs === null
      ? words.check.ruleResult(basisText(rule.basis, lang))
      : words.check.rule(
          basisText(rule.basis, lang),
          formatDay(Temporal.PlainDate.from(rule.from), lang),
          String(rule.needs),
        )
  const since = formatDay(dayOf(Temporal.Instant.from(restriction.since)), lang)
  const state = words.restrictions.status[restriction.confirmed ? 'confirmed' : 'proposed']
  const line = words.check.restriction(String(restriction.year), scopeText(restriction, lang), since, state)
  return html`<ol class="why"><li>${ruleLine}</li><li>${line}<ul>${reason.deductions.map((one) => deductionLine(one, words, lang))}${
    result ? html`<li>${words.check.result(result.factLine)}</li>` : nothing
  }</ul></li></ol>`
}

export function scopeText(flags: { merit: boolean; decoration: boolean }, lang: Lang): string {
  const { scope } = standingWords(lang).restrictions
  return [flags.merit ? scope.merit : '', flags.decoration ? scope.decoration : '']
    .filter(Boolean)
    .join(lang === 'en' ? ' and ' : '、')
}

function deductionLine(one: CitedDeduction, words: StandingWords, lang: Lang): Html {
  const { check } = words
  const day = formatDay(Temporal.PlainDate.from(one.effectiveOn), lang)
  const about =
    one.caseNo === null ? check.caseHidden : check.caseLine(one.caseNo, one.factLine ?? '', one.clause ?? '')
  return html`<li>${check.deduction(day, String(one.points))}<ul><li>${check.finding(one.findingId.slice(0, 8).toUpperCase())}<ul><li>${about}</li></ul></li></ul></li>`
}
