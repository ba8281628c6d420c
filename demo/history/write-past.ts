import type { ClientBase } from 'pg'
import type { House } from '#platform/house.ts'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import type { Bureau } from '#platform/settings.ts'
import type { InventedBureau } from '../bureau.ts'
import type { Random } from '../random.ts'
import { arrivals, tellMatter } from './matters.ts'
import { createPast, type Past } from './past.ts'
import { dateOf, minute } from './time.ts'

/** In the order in which the tables refer to one another. Answers come after the questions: ratings follow by trigger. */
const tables = [
  'service_window.matter', 'service_window.visit', 'service_window.baton', 'service_window.material_check', 'service_window.notice',
  'service_window.notice_gap', 'service_window.extension', 'callback.callback', 'platform.inbound_message', 'callback.answer', 'callback.opt_out',
  'platform.outbound_message', 'platform.demo_phone', 'supervision.order', 'supervision.step', 'standing.entry', 'platform.figure', 'platform.number_series',
] as const

export type PastInput = { house: House; random: Random; bureau: InventedBureau; setting: Bureau; versions: readonly ItemVersionRow[]; now: Temporal.Instant }

/** The invented months up to `now`, in memory. Deterministic but for codes, tokens and seals. */
export function tellPast({ house, random, bureau, setting, versions, now }: PastInput): Past {
  const today = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const past = createPast({
    random, bureau, setting, versions, calendar: house.calendar, crypt: house, now: now.epochMilliseconds,
    firstDay: firstDayOf(today, versions),
  })
  const receptions = past.days.between(past.firstDay, today).flatMap((date) => bureau.windows.flatMap((window) => arrivals(past, window, date).map((at) => ({ window, at }))))
  // The last quarter of an hour is empty, so that nobody stands half received at a counter without an officer.
  const until = past.now - 15 * minute
  for (const { window, at } of receptions.sort((a, b) => a.at - b.at)) if (at < until) tellMatter(past, window, at)
  past.settle()
  return past
}

/** The first of the month five months ago: half a year with the one that runs, but not before the catalogue. */
function firstDayOf(today: Temporal.PlainDate, versions: readonly ItemVersionRow[]): Temporal.PlainDate {
  const wanted = today.subtract({ months: 5 }).with({ day: 1 })
  const catalogue = versions.map((version) => version.from).toSorted().at(-1)
  const earliest = Temporal.PlainDate.from(catalogue ?? wanted.toString())
  return Temporal.PlainDate.compare(wanted, earliest) < 0 ? earliest : wanted
}

/** Writes it in the caller's transaction, as the migrating login: history is not acted, it has happened. */
export async function writePast(client: ClientBase, past: Past): Promise<Record<string, number>> {
  await past.rows.write(client, tables)
  await client.query(`select setval('service_window.matter_no', greatest($1, 1))`, [past.rows.count('service_window.matter')])
  // Their consequences are told already; what is left here would be drawn a second time.
  await client.query('delete from callback.follow_up')
  await client.query('analyze')
  return Object.fromEntries(tables.map((table) => [table, past.rows.count(table)]))
}

export { dateOf }
