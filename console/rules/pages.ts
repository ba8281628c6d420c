import { frame } from '#console/frame.ts'
import { dayText, errorsIn, problemBox, said, stack, typed } from '#console/system/shared.ts'
import { listRules, type ReviewedRule, readRule } from '#modules/rules/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { dayOf, formatDay, formatMoment, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { form } from '#platform/ui/form.ts'
import { factList, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { basisText } from '#policy/sources.ts'
import { rulesWords } from './words.ts'

export const rulesPath = '/console/rules'
const rulePath = (rule: string) => `${rulesPath}/${encodeURIComponent(rule)}`

/** Every rule in force by area, with who looked at it last and when it is due (R133). */
export async function rulesPage(ctx: Context, meta: Meta): Promise<Html> {
  const { lang } = meta
  const w = rulesWords(lang)
  const rules = await listRules(ctx)
  const areas = Map.groupBy(rules, ({ area }) => area)
  return frame(ctx, meta, {
    title: w.title,
    current: '/console/catalogue',
    main: stack(
      html`<p>${w.why}</p><p>${w.counts(rules.filter(({ due }) => due).length, rules.length)}</p>`,
      ...[...areas].map(([area, own]) => section({ title: areaName(area, lang), body: ruleTable(own, area, lang) })),
    ),
  })
}

function areaName(area: string, lang: Lang): string {
  return rulesWords(lang).areas[area] ?? area
}

function ruleTable(rules: readonly ReviewedRule[], area: string, lang: Lang): Html {
  const w = rulesWords(lang)
  return table({
    caption: areaName(area, lang),
    captionHidden: true,
    swap: true,
    columns: [
      { key: 'rule', label: w.rule, kind: 'main' },
      { key: 'value', label: w.value },
      { key: 'since', label: w.since, kind: 'nowrap' },
      { key: 'reviewed', label: w.reviewed },
      { key: 'next', label: w.next },
    ],
    rows: rules.map((rule) => ({
      href: rulePath(rule.rule),
      tone: rule.due ? ('due' as const) : undefined,
      cells: {
        rule: said(rule.title, lang),
        value: shortValue(rule),
        since: dayText(rule.from, lang),
        reviewed: reviewText(rule, lang),
        next: rule.due ? statusBadge('due', w.due) : formatDay(rule.dueOn, lang),
      },
    })),
    empty: html``,
  })
}

function reviewText({ lastReview }: ReviewedRule, lang: Lang): string {
  const w = rulesWords(lang)
  return lastReview ? w.by(lastReview.person, formatDay(dayOf(lastReview.at), lang)) : w.never
}

const longest = 60

/** A number with its unit; anything larger as it is written, cut. */
function shortValue({ value, version }: ReviewedRule): Html {
  if (!value) return html`${version}`
  const text = typeof value.value === 'string' ? value.value : JSON.stringify(value.value)
  return html`<code>${text.length > longest ? `${text.slice(0, longest)}…` : text}</code> <span class="hint">${value.unit}</span>`
}

/** One rule: what holds, since when, by what, who reviewed it; and the form to say that it still holds. */
export async function rulePage(
  ctx: Context,
  meta: Meta,
  name: string,
  shown: { done?: string; body?: Record<string, unknown>; problem?: Problem } = {},
): Promise<Html> {
  const { lang } = meta
  const w = rulesWords(lang)
  const { rule, reviews } = await readRule(ctx, name)
  const errors = errorsIn(shown.problem, lang)
  return frame(ctx, meta, {
    title: said(rule.title, lang),
    current: '/console/catalogue',
    breadcrumbs: [{ href: rulesPath, label: w.title }, { label: said(rule.title, lang) }],
    status: shown.done === 'reviewed' ? w.saved : undefined,
    invalid: shown.problem !== undefined,
    main: stack(
      problemBox(shown.problem, lang, ['note']),
      section({ title: w.inForce, body: ruleFacts(rule, lang) }),
      may(ctx.actor, 'catalogue.publish') &&
        section({
          title: w.reviewTitle,
          body: html`<p>${w.reviewWhy}</p>${form({
            action: `${rulePath(name)}/reviews`,
            csrf: meta.csrf,
            hidden: { ruleVersion: rule.version },
            submit: { label: w.confirm, key: true },
            body: field({
              lang,
              kind: 'text',
              name: 'note',
              label: w.note,
              value: typed(shown.body, 'note'),
              error: errors.find((error) => error.name === 'note')?.message,
              optional: true,
              maxlength: 500,
            }),
          })}`,
        }),
      section({
        title: w.history,
        body: table({
          caption: w.history,
          captionHidden: true,
          columns: [
            { key: 'at', label: w.columns.at, kind: 'main' },
            { key: 'person', label: w.columns.person },
            { key: 'version', label: w.columns.version },
            { key: 'note', label: w.columns.note },
          ],
          rows: reviews.map((review) => ({
            cells: {
              at: formatMoment(review.at, lang),
              person: review.person,
              version: review.version,
              note: review.note,
            },
          })),
          empty: html`<p>${w.noHistory}</p>`,
        }),
      }),
    ),
  })
}

function ruleFacts(rule: ReviewedRule, lang: Lang): Html {
  const w = rulesWords(lang)
  return html`${factList([
    { label: w.value, value: rule.value ? html`<code>${JSON.stringify(rule.value.value)}</code>` : rule.version },
    { label: w.unit, value: rule.value?.unit },
    { label: w.basis, value: rule.value && basisText(rule.value.basis, lang) },
    { label: w.since, value: dayText(rule.from, lang) },
    { label: w.reviewed, value: reviewText(rule, lang) },
    { label: w.next, value: rule.due ? statusBadge('due', w.due) : formatDay(rule.dueOn, lang) },
  ])}${rule.value?.example ? html`<p>${statusBadge('open', w.example)}</p>` : nothing}`
}
