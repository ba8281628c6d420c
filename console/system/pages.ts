import { frame } from '#console/frame.ts'
import { rulesWords } from '#console/rules/words.ts'
import { listRules } from '#modules/rules/index.ts'
import type { Alarm } from '#platform/alarms/read-alarms.ts'
import type { Context } from '#platform/context.ts'
import { dayOf } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatMoment, type Lang } from '#platform/i18n.ts'
import { type GatewayHealth, gatewayHealth } from '#platform/notifications/gateway-health.ts'
import type { Problem } from '#platform/problem.ts'
import { type Bureau, bureauOf } from '#platform/settings.ts'
import { field } from '#platform/ui/field.ts'
import { form, linkButton } from '#platform/ui/form.ts'
import { factList, notice, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { errorsIn, problemBox, stack, typed } from './shared.ts'
import { databaseState, type QueueState, queueState } from './state.ts'
import { alarmBox, upkeepSections } from './upkeep-part.ts'
import { upkeepWords } from './upkeep-words.ts'
import { systemWords } from './words.ts'

/** What an operator looks at in the morning: database, jobs, gateway, calendar, the bureau's own data. */
export async function systemPage(ctx: Context, meta: Meta, alarms: readonly Alarm[], done?: string): Promise<Html> {
  const { lang } = meta
  const w = systemWords(lang)
  const database = await databaseState(ctx)
  const queues = await queueState(ctx)
  const health = await gatewayHealth(ctx)
  const bureau = await bureauOf(ctx)
  const rulesDue = (await listRules(ctx)).filter(({ due }) => due).length
  return frame(ctx, meta, {
    title: w.title,
    current: '/console/system',
    status: done === 'saved' ? w.saved : undefined,
    main: stack(
      alarmBox(alarms, lang),
      calendarAlarm(ctx, lang),
      health.late > 0 && notice({ lang, kind: 'error', title: w.gatewayBad }),
      await upkeepSections(ctx, alarms, lang),
      section({
        title: w.database,
        body: factList([
          { label: w.db.version, value: `PostgreSQL ${database.version}` },
          { label: w.db.size, value: `${formatCount(Math.round(database.bytes / 1_048_576), lang)} MB` },
          { label: w.db.connections, value: `${database.connections} / ${database.maxConnections}` },
          {
            label: w.db.schema,
            value: `${database.lastMigration} · ${w.db.at(formatMoment(database.lastMigrationAt, lang))}`,
          },
        ]),
      }),
      section({ title: w.queues, body: queueTable(queues, lang) }),
      section({ title: w.gateway, body: gatewayFacts(health, lang) }),
      section({
        title: w.calendar,
        actions: linkButton({ href: '/console/system/calendar', label: w.manage }),
        body: yearLine(ctx, lang),
      }),
      section({
        title: upkeepWords(lang).reviews,
        actions: linkButton({ href: '/console/rules', label: rulesWords(lang).title }),
        body: html`<p>${upkeepWords(lang).reviewsDue(rulesDue)}</p>`,
      }),
      section({
        title: w.bureau,
        actions: linkButton({ href: '/console/system/bureau', label: w.edit }),
        body: bureauFacts(bureau, lang),
      }),
    ),
  })
}

/** The alarm that goes off 60 days before the last official year ends; nothing otherwise. */
export function calendarAlarm(ctx: Context, lang: Lang): Html | null {
  const alarm = ctx.calendar.calendarAlarm(dayOf(ctx.now))
  return (
    alarm &&
    notice({
      lang,
      kind: alarm.daysLeft < 0 ? 'error' : 'warning',
      title: systemWords(lang).calendarAlarm(alarm.lastOfficialYear, alarm.daysLeft),
    })
  )
}

function yearLine(ctx: Context, lang: Lang): Html {
  const w = systemWords(lang)
  const recent = ctx.calendar.years.filter(({ year }) => year >= dayOf(ctx.now).year)
  return factList(
    recent.map(({ year, status, source }) => ({ label: String(year), value: `${w.status[status]} · ${source.title}` })),
  )
}

function queueTable(queues: readonly QueueState[], lang: Lang): Html {
  const w = systemWords(lang).queue
  return table({
    caption: systemWords(lang).queues,
    captionHidden: true,
    columns: [
      { key: 'name', label: w.name, kind: 'main' },
      { key: 'waiting', label: w.waiting, kind: 'number' },
      { key: 'active', label: w.active, kind: 'number' },
      { key: 'retry', label: w.retry, kind: 'number' },
      { key: 'failed', label: w.failed, kind: 'number' },
      { key: 'oldest', label: w.oldest },
    ],
    rows: queues.map((queue) => ({
      tone: queue.failed > 0 ? 'late' : undefined,
      cells: {
        name: queue.name,
        waiting: String(queue.waiting),
        active: String(queue.active),
        retry: String(queue.retry),
        failed: String(queue.failed),
        oldest: queue.oldest && formatMoment(queue.oldest, lang),
      },
    })),
    empty: html`<p>–</p>`,
  })
}

function gatewayFacts(health: GatewayHealth, lang: Lang): Html {
  const w = systemWords(lang).gw
  const count = (n: number) => formatCount(n, lang)
  return factList([
    { label: w.waiting, value: count(health.waiting) },
    { label: w.late, value: count(health.late) },
    { label: w.unknown, value: count(health.unknown) },
    { label: w.failed, value: count(health.failedInWeek) },
    { label: w.sent, value: count(health.sentInWeek) },
    { label: w.oldest, value: health.oldest && formatMoment(health.oldest, lang) },
  ])
}

export const bureauFields = [
  'nameZh',
  'nameEn',
  'phones.bureau',
  'phones.960111',
  'phones.12389',
  'phones.12345',
  'footer.siteCode',
  'footer.icp',
  'footer.policeRecord',
  'footer.address',
] as const

function lineOf(bureau: Bureau, name: (typeof bureauFields)[number]): string {
  const [group, key] = name.split('.') as [keyof Bureau, string | undefined]
  const value = bureau[group]
  return typeof value === 'string' ? value : ((value as Record<string, string>)[key ?? ''] ?? '')
}

function bureauFacts(bureau: Bureau, lang: Lang): Html {
  const w = systemWords(lang)
  return factList([
    ...bureauFields.map((name) => ({ label: w.bureauForm[name], value: lineOf(bureau, name) })),
    { label: w.siteUrl, value: bureau.siteUrl },
  ])
}

export async function bureauPage(
  ctx: Context,
  meta: Meta,
  body?: Record<string, unknown>,
  problem?: Problem,
): Promise<Html> {
  const { lang } = meta
  const w = systemWords(lang)
  const bureau = await bureauOf(ctx)
  const errors = errorsIn(problem, lang)
  return frame(ctx, meta, {
    title: w.bureau,
    current: '/console/system',
    breadcrumbs: [{ href: '/console/system', label: w.title }, { label: w.bureau }],
    invalid: problem !== undefined,
    main: html`<p>${w.bureauWhy}</p>${problemBox(problem, lang, bureauFields)}${form({
      action: '/console/system/bureau',
      csrf: meta.csrf,
      submit: { label: w.save, key: true },
      body: html`${bureauFields.map((name) => field({ lang, kind: 'text', name, label: w.bureauForm[name], value: body ? typed(body, name) : lineOf(bureau, name), error: errors.find((error) => error.name === name)?.message, optional: !name.startsWith('name'), maxlength: 100 }))}`,
    })}`,
  })
}
