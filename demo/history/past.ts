import type { ItemVersionRow } from '#modules/registration/index.ts'
import type { Measure } from '#modules/service-window/figure-count.ts'
import type { Context } from '#platform/context.ts'
import type { Bureau } from '#platform/settings.ts'
import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'
import { dueBy } from '#policy/service-window/limits.ts'
import { createRows, type Rows } from '../bulk.ts'
import type { InventedBureau } from '../bureau.ts'
import { type Citizen, createCitizens } from '../citizens.ts'
import { type Profiles, profilesOf } from '../profiles.ts'
import type { Random } from '../random.ts'
import { dateOf, dayText, iso, type WorkingDays, workingDaysOf } from './time.ts'

export type Version = ItemVersionRow & { profiles: Profiles }

/** What the invented past is made of and with; nothing here reaches the database before everything is there. */
export type Past = {
  random: Random
  rows: Rows
  now: number
  firstDay: Temporal.PlainDate
  calendar: WorkCalendar
  days: WorkingDays
  bureau: InventedBureau
  setting: Bureau
  crypt: Pick<Context, 'seal' | 'hashCode'>
  versionOn(itemCode: string, date: Temporal.PlainDate): Version | undefined
  citizenAt(moment: number): Citizen
  due(version: Version, date: Temporal.PlainDate): { day: string; provisional: boolean; basis: string }
  count(measure: Measure, about: { unitId: string; itemCode: string | null; at: number }): void
  fact(fact: Fact): void
  /** Numbers run in the order of time, so they are given when everything is known: `take` is called in that order. */
  number(series: string, at: number, take: (n: number) => void): void
  /** Gives out the numbers asked for so far, in the order of time. */
  settle(): void
  /** At the very end: what was counted, and where each series stands. */
  close(): void
}

export type Fact = {
  kind: string
  personId: string | null
  unitId: string
  sourceKind: string
  sourceId: string
  day: Temporal.PlainDate
  at: number
  basis: string
  detail: Record<string, unknown>
}

export type PastParts = Pick<Past, 'random' | 'now' | 'firstDay' | 'calendar' | 'bureau' | 'setting' | 'crypt'> & {
  versions: readonly ItemVersionRow[]
}

export function createPast(parts: PastParts): Past {
  const { random, calendar } = parts
  const rows = createRows()
  const days = workingDaysOf(calendar, parts.firstDay.subtract({ days: 10 }), dateOf(parts.now).add({ days: 90 }))
  const versions = parts.versions.map((version) => ({ ...version, profiles: profilesOf(version.content, random) }))
  let asked: Asked[] = []
  const last = new Map<string, number>()
  const figures = new Map<string, number>()
  return {
    ...parts,
    rows,
    days,
    citizenAt: createCitizens(random, dateOf(parts.now).year),
    versionOn: (code, date) =>
      versions.find(
        (v) => v.itemCode === code && v.from <= date.toString() && (v.until === null || date.toString() < v.until),
      ),
    due: rememberDue(calendar),
    count(measure, { unitId, itemCode, at }) {
      const key = `${measure}|${dayText(at)}|${unitId}|${itemCode ?? ''}`
      figures.set(key, (figures.get(key) ?? 0) + 1)
    },
    fact: (fact) => addFact(rows, random, fact),
    number: (series, at, take) => void asked.push({ series, at, take }),
    settle() {
      giveNumbers(last, asked)
      asked = []
    },
    close() {
      // Series without a dot are the past's own; matters are numbered by a sequence of the database.
      for (const [series, n] of last) if (series.includes('.')) rows.add('platform.number_series', { series, last: n })
      for (const [key, amount] of figures) {
        const [measure, date, unit_id, item_code] = key.split('|')
        rows.add('platform.figure', { day: date, unit_id, item_code, measure, amount })
      }
    },
  }
}

function rememberDue(calendar: WorkCalendar): Past['due'] {
  const known = new Map<string, ReturnType<Past['due']>>()
  return (version, date) => {
    const key = `${version.id} ${date}`
    const before = known.get(key)
    if (before) return before
    const due = dueBy(version.content.promisedLimit, date, calendar)
    if ('refused' in due) throw new Error(`no working-day table for ${due.year}`)
    const found = { day: due.day.toString(), provisional: due.provisional, basis: due.basis }
    known.set(key, found)
    return found
  }
}

function addFact(rows: Rows, random: Random, fact: Fact): void {
  rows.add('standing.entry', {
    id: random.uuid(),
    kind: fact.kind,
    person_id: fact.personId,
    unit_id: fact.unitId,
    source_kind: fact.sourceKind,
    source_id: fact.sourceId,
    occurred_on: fact.day.toString(),
    recorded_at: iso(fact.at),
    basis: fact.basis,
    detail: fact.detail,
  })
}

type Asked = { series: string; at: number; take: (n: number) => void }

function giveNumbers(last: Map<string, number>, asked: readonly Asked[]): void {
  for (const { series, take } of asked.toSorted((a, b) => a.at - b.at)) {
    const next = (last.get(series) ?? 0) + 1
    last.set(series, next)
    take(next)
  }
}
