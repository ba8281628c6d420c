import { type Alarm, alarmNames } from '#platform/alarms/read-alarms.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { formatCount, formatDay, formatDuration, formatMoment, type Lang } from '#platform/i18n.ts'
import { nextNight } from '#platform/nightly.ts'
import { linkButton } from '#platform/ui/form.ts'
import { notice, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { retentionRuleNames } from '#policy/retention/rules.ts'
import { stack } from './shared.ts'
import { type RecountState, type RetentionLine, recountStates, retentionLines } from './upkeep-state.ts'
import { upkeepWords } from './upkeep-words.ts'

type Words = ReturnType<typeof upkeepWords>

/** What is raised, in one box at the top of the page; nothing when all is well. */
export function alarmBox(alarms: readonly Alarm[], lang: Lang): Html | null {
  const w = upkeepWords(lang)
  const raised = alarms.filter((alarm) => alarm.raised).map((alarm) => w.alarmNames[alarm.name])
  return raised.length > 0
    ? notice({ lang, kind: 'error', title: w.alarmTitle(raised.join(lang === 'zh' ? '、' : ', ')) })
    : null
}

/** Alarms, the recount of figures, retention: what the nights did. */
export async function upkeepSections(ctx: Context, alarms: readonly Alarm[], lang: Lang): Promise<Html> {
  const w = upkeepWords(lang)
  const recounts = await recountStates(ctx)
  const lines = await retentionLines(ctx, retentionRuleNames)
  return stack(
    section({ title: w.alarms, body: alarmTable(alarms, lang, w) }),
    section({
      title: w.recount,
      body: html`<p>${w.recountWhy}</p>${recounts.map((state) => recountPart(state, lang, w))}`,
    }),
    section({
      title: w.retention,
      actions: linkButton({ href: '/console/system/retention', label: w.detail }),
      body: html`<p>${w.retentionWhy} ${w.next(formatMoment(nextNight(ctx.now), lang))}</p>${retentionTable(lines, lang)}`,
    }),
  )
}

function alarmTable(alarms: readonly Alarm[], lang: Lang, w: Words): Html {
  return table({
    caption: w.alarms,
    captionHidden: true,
    columns: [
      { key: 'what', label: w.alarm.what, kind: 'main' },
      { key: 'now', label: w.alarm.now },
      { key: 'limit', label: w.alarm.limit },
      { key: 'state', label: w.alarm.state },
    ],
    rows: alarmNames
      .flatMap((name) => alarms.filter((alarm) => alarm.name === name))
      .map((alarm) => ({
        tone: alarm.raised ? ('late' as const) : undefined,
        cells: {
          what: w.alarmNames[alarm.name],
          now: nowOf(alarm, lang, w),
          limit: alarm.name === 'figures' ? w.any : w.over(span(alarm.limit, lang)),
          state: statusBadge(alarm.raised ? 'late' : 'done', alarm.raised ? w.raised : w.ok),
        },
      })),
    empty: html``,
  })
}

function nowOf(alarm: Alarm, lang: Lang, w: Words): string {
  if (alarm.name === 'figures') return alarm.since ? w.differ(alarm.value) : w.notCounted
  if (alarm.name === 'backup') return alarm.since ? w.ago(span(alarm.value, lang)) : w.never
  return alarm.value > 0 ? w.waits(span(alarm.value, lang)) : w.none
}

function span(seconds: number, lang: Lang): string {
  return formatDuration(Temporal.Duration.from({ seconds }).round({ largestUnit: 'days' }), lang)
}

function recountPart(state: RecountState, lang: Lang, w: Words): Html {
  const last = Temporal.PlainDate.from(state.until).subtract({ days: 1 })
  const title = `${w.recountSpan(formatDay(Temporal.PlainDate.from(state.from), lang), formatDay(last, lang))} · ${w.recountAt(formatMoment(state.at, lang))}`
  if (state.differences.length === 0) return html`<p>${title}: ${w.recountSame}</p>`
  return table({
    caption: title,
    columns: [
      { key: 'unit', label: w.difference.unit, kind: 'main' },
      { key: 'measure', label: w.difference.measure },
      { key: 'counted', label: w.difference.counted, kind: 'number' },
      { key: 'recounted', label: w.difference.recounted, kind: 'number' },
    ],
    rows: state.differences.slice(0, 100).map((one) => ({
      tone: 'late' as const,
      cells: {
        unit: (lang === 'en' ? one.unitEn : one.unitZh) || one.unitId,
        measure: one.measure === 'callback' ? w.callbackClasses : html`<code>${one.measure}</code>`,
        counted: formatCount(one.counted, lang),
        recounted: formatCount(one.recounted, lang),
      },
    })),
    empty: html``,
  })
}

/** Per rule: the last round, what it removed and held back, and what is to come. */
export function retentionTable(lines: readonly RetentionLine[], lang: Lang): Html {
  const w = upkeepWords(lang)
  return table({
    caption: w.retention,
    captionHidden: true,
    columns: [
      { key: 'name', label: w.rule.name, kind: 'main' },
      { key: 'last', label: w.rule.last },
      { key: 'removed', label: w.rule.removed, kind: 'number' },
      { key: 'ever', label: w.rule.ever, kind: 'number' },
      { key: 'held', label: w.rule.held, kind: 'number' },
      { key: 'upcoming', label: w.rule.upcoming, kind: 'number' },
    ],
    rows: lines.map((line) => ({
      cells: {
        name: w.rules[line.rule],
        last: line.at && formatMoment(line.at, lang),
        removed: formatCount(line.removedLast, lang),
        ever: formatCount(line.removedEver, lang),
        held: formatCount(line.held, lang),
        upcoming: formatCount(line.upcoming, lang),
      },
    })),
    empty: html``,
  })
}
