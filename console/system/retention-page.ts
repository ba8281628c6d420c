import { frame } from '#console/frame.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatCount, type Lang } from '#platform/i18n.ts'
import { section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { valueOn } from '#policy/parameter.ts'
import {
  type KeptForGood,
  keptForGood,
  type RetentionRule,
  retentionRuleNames,
  retentionRules,
} from '#policy/retention/rules.ts'
import { basisText } from '#policy/sources.ts'
import { dayText, stack } from './shared.ts'
import { retentionTable } from './upkeep-part.ts'
import { openHolds, recentRemovals, retentionLines } from './upkeep-state.ts'
import { upkeepWords } from './upkeep-words.ts'
import { systemWords } from './words.ts'

/** The table of periods with their sources, what was removed when, and what stays for good. */
export async function retentionPage(ctx: Context, meta: Meta): Promise<Html> {
  const { lang } = meta
  const w = upkeepWords(lang)
  const removals = await recentRemovals(ctx)
  return frame(ctx, meta, {
    title: w.retention,
    current: '/console/system',
    breadcrumbs: [{ href: '/console/system', label: systemWords(lang).title }, { label: w.retention }],
    main: stack(
      html`<p>${w.retentionWhy} ${w.holds(await openHolds(ctx))}</p>`,
      section({ title: w.periods, body: periodTable(dayOf(ctx.now), lang) }),
      section({ title: w.rounds, body: retentionTable(await retentionLines(ctx, retentionRuleNames), lang) }),
      section({
        title: w.removals,
        body: table({
          caption: w.removals,
          captionHidden: true,
          columns: [
            { key: 'day', label: w.removal.day, kind: 'main' },
            { key: 'what', label: w.removal.what },
            { key: 'count', label: w.removal.count, kind: 'number' },
          ],
          rows: removals.map(({ day, rule, removed }) => ({
            cells: { day: dayText(day, lang), what: w.rules[rule], count: formatCount(removed, lang) },
          })),
          empty: html`<p>${w.noRemovals}</p>`,
        }),
      }),
      section({ title: w.kept, body: keptTable(dayOf(ctx.now), lang) }),
    ),
  })
}

function periodTable(today: Temporal.PlainDate, lang: Lang): Html {
  const w = upkeepWords(lang)
  const periodOf = (rule: RetentionRule) => {
    const { value } = valueOn(retentionRules[rule].period, today)
    return retentionRules[rule].period.unit === 'month' ? w.months(value) : w.days(value)
  }
  return table({
    caption: w.periods,
    captionHidden: true,
    columns: [
      { key: 'name', label: w.rule.name, kind: 'main' },
      { key: 'period', label: w.rule.period, kind: 'nowrap' },
      { key: 'basis', label: w.rule.basis },
    ],
    rows: retentionRuleNames.map((rule) => ({
      cells: {
        name: w.rules[rule],
        period: periodOf(rule),
        basis: basisText(valueOn(retentionRules[rule].period, today).basis, lang),
      },
    })),
    empty: html``,
  })
}

function keptTable(today: Temporal.PlainDate, lang: Lang): Html {
  const w = upkeepWords(lang)
  return table({
    caption: w.kept,
    captionHidden: true,
    columns: [
      { key: 'name', label: w.rule.name, kind: 'main' },
      { key: 'period', label: w.rule.period },
      { key: 'basis', label: w.rule.basis },
    ],
    rows: (Object.keys(keptForGood) as KeptForGood[]).map((name) => {
      const { floor, basis } = keptForGood[name]
      return {
        cells: {
          name: w.keptNames[name],
          period: floor ? w.floor(valueOn(floor, today).value) : name === 'optOut' ? w.asLong : w.forGood,
          basis: basisText(basis, lang),
        },
      }
    }),
    empty: html``,
  })
}
