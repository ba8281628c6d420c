import type { ClientBase } from 'pg'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import type { House } from '#platform/house.ts'
import type { Bureau } from '#platform/settings.ts'
import { fill, prepareFilling, withoutIndexes } from '../bulk.ts'
import type { InventedBureau, Window } from '../bureau.ts'
import type { Random } from '../random.ts'
import { arrivals } from './arrivals.ts'
import { tellMatter } from './matters.ts'
import { createPast, type Past } from './past.ts'
import { minute } from './time.ts'

/** In the order in which the tables refer to one another. Answers come after the questions: ratings follow by trigger. */
const tables = [
  'service_window.matter',
  'service_window.visit',
  'service_window.baton',
  'service_window.material_check',
  'service_window.notice',
  'service_window.notice_gap',
  'service_window.extension',
  'callback.callback',
  'platform.inbound_message',
  'callback.answer',
  'callback.opt_out',
  'platform.outbound_message',
  'platform.demo_phone',
  'supervision.order',
  'supervision.step',
  'standing.entry',
  'platform.figure',
  'platform.number_series',
] as const

export type PastInput = {
  house: House
  random: Random
  bureau: InventedBureau
  setting: Bureau
  versions: readonly ItemVersionRow[]
  now: Temporal.Instant
}

type Chapter = { window: Window; at: number }[]
/** Working days that are told and written together: large enough for the database, small enough to overlap. */
const chapterDays = 9

/**
 * Writes the invented months up to `now` in the caller's transaction, as the migrating login: history is not acted, it has
 * happened. Deterministic but for codes, tokens and seals. While the database takes in one chapter, the next is told.
 * Returns how many rows each table got.
 */
export async function writePast(client: ClientBase, input: PastInput): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  const { past, chapters } = planPast(input)
  // Triggers plan their statements when the tables they look into are still empty; without this they would read them whole ever after.
  await client.query('set local enable_seqscan = off; set local jit = off; set local default_statistics_target = 20')
  await prepareFilling(client)
  const filled = [...tables, 'callback.rating', 'callback.follow_up', 'platform.figure_delta']
  await withoutIndexes(client, filled, async () => {
    let writing: Promise<void> = Promise.resolve()
    for (const chapter of [...chapters, null]) {
      if (chapter) for (const { window, at } of chapter) tellMatter(past, window, at)
      else past.close()
      past.settle()
      const taken = past.rows.take()
      for (const [table, rows] of taken) counts[table] = (counts[table] ?? 0) + rows.length
      await writing
      writing = fill(client, tables, taken)
      // Awaited above or below; until then nobody else hears of a failure.
      writing.catch(() => {})
    }
    await writing
    // Their consequences are told already; what is left here would be drawn a second time.
    await client.query('delete from callback.follow_up')
  })
  await client.query(`select setval('service_window.matter_no', greatest($1, 1))`, [
    counts['service_window.matter'] ?? 0,
  ])
  await client.query(`analyze ${[...tables, 'callback.rating'].join(', ')}`)
  return counts
}

function planPast({ house, random, bureau, setting, versions, now }: PastInput): { past: Past; chapters: Chapter[] } {
  const today = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const past = createPast({
    random,
    bureau,
    setting,
    versions,
    calendar: house.calendar,
    crypt: house,
    now: now.epochMilliseconds,
    firstDay: firstDayOf(today, versions),
  })
  // The last quarter of an hour is empty, so that nobody stands half received at a counter without an officer.
  const until = past.now - 15 * minute
  const days = past.days
    .between(past.firstDay, today)
    .map((date) => bureau.windows.flatMap((window) => arrivals(past, window, date).map((at) => ({ window, at }))))
  const chapters: Chapter[] = []
  for (let from = 0; from < days.length; from += chapterDays) {
    const chapter = days.slice(from, from + chapterDays).flat()
    chapters.push(chapter.filter(({ at }) => at < until).sort((a, b) => a.at - b.at))
  }
  return { past, chapters }
}

/** The first of the month five months ago: half a year with the one that runs, but not before the catalogue. */
function firstDayOf(today: Temporal.PlainDate, versions: readonly ItemVersionRow[]): Temporal.PlainDate {
  const wanted = today.subtract({ months: 5 }).with({ day: 1 })
  const catalogue = versions
    .map((version) => version.from)
    .toSorted()
    .at(-1)
  const earliest = Temporal.PlainDate.from(catalogue ?? wanted.toString())
  return Temporal.PlainDate.compare(wanted, earliest) < 0 ? earliest : wanted
}
