import type { Channel } from '#policy/complaints/lists.ts'
import type { InventedBureau, PersonRow, UnitRow } from '../bureau.ts'
import type { WorkingDays } from '../history/time.ts'
import type { Random } from '../random.ts'
import { channelsByWeight, type Scene, scenes } from './scenes.ts'

export type Fate =
  | 'responsible'
  | 'unfounded'
  | 'not_established'
  | 'suggestion'
  | 'elsewhere'
  | 'accusation'
  | 'unit_only'
export type Appealed = 'no' | 'upheld' | 'annulled'

/** What becomes of one complaint; the days are working days from the one on which it came in. */
export type CasePlan = {
  on: Temporal.PlainDate
  minute: number
  channel: Channel
  fate: Fate
  scene: Scene
  accused: PersonRow | null
  unit: UnitRow
  anonymous: boolean
  silent: boolean
  appealed: Appealed
  severity: 'minor' | 'medium' | 'serious'
  /** A second person tells of the same event: merged into this one. */
  twin: boolean
  extended: boolean
  rated: 1 | 2 | 3 | null
}

type Parts = {
  bureau: InventedBureau
  random: Random
  days: WorkingDays
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}

/**
 * About four a month, falling to three after the first year of the institution. A few officers come up more often than
 * chance would have it: one reaches the restriction, one the notice slip, one is cleared on appeal.
 */
export function planCases({ bureau, random, days, from, until }: Parts): CasePlan[] {
  const plans: CasePlan[] = []
  const repeat = marked(bureau)
  for (
    let month = from.with({ day: 1 });
    Temporal.PlainDate.compare(month, until) <= 0;
    month = month.add({ months: 1 })
  ) {
    const age = from.until(month, { largestUnit: 'months' }).months
    const count = random.int(3, 5) - (age > 12 ? 1 : 0)
    for (let n = 0; n < count; n++) {
      const on = days.after(month.add({ days: random.int(0, month.daysInMonth - 1) }), 0)
      if (Temporal.PlainDate.compare(on, until) > 0) continue
      plans.push(planOne(bureau, random, on))
    }
  }
  for (const { person, on, appealed } of repeat) {
    const day = days.after(Temporal.PlainDate.from(on), 0)
    if (Temporal.PlainDate.compare(day, until) <= 0)
      plans.push({
        ...planOne(bureau, random, day),
        fate: 'responsible',
        accused: person,
        unit: unitOf(bureau, person),
        appealed,
        anonymous: false,
        scene: random.pick(scenes),
      })
  }
  // What a visitor finds on the desks: one case at each stage of the last two weeks.
  for (const [place, ago] of [1, 2, 3, 5, 7, 9, 10, 12].entries()) {
    const fate = place % 3 === 1 ? 'unfounded' : 'responsible'
    const plan = planOne(bureau, random, days.before(until, ago))
    const window = random.pick(bureau.windows)
    plans.push({
      ...plan,
      fate,
      anonymous: false,
      silent: false,
      twin: false,
      unit: window.unit,
      accused: random.pick(window.officers),
    })
  }
  return plans.sort((a, b) => Temporal.PlainDate.compare(a.on, b.on) || a.minute - b.minute)
}

function marked(bureau: InventedBureau): { person: PersonRow; on: string; appealed: Appealed }[] {
  const of = (no: string) => bureau.people.find((person) => person.police_no === no) as PersonRow
  const [slip, restricted, cleared] = [of('990132'), of('990143'), of('990152')]
  return [
    { person: slip, on: '2026-02-03', appealed: 'no' },
    { person: slip, on: '2026-05-12', appealed: 'upheld' },
    { person: slip, on: '2026-08-18', appealed: 'no' },
    { person: restricted, on: '2026-03-10', appealed: 'no' },
    { person: restricted, on: '2026-07-07', appealed: 'no' },
    { person: cleared, on: '2026-04-14', appealed: 'no' },
    { person: cleared, on: '2026-06-16', appealed: 'annulled' },
  ]
}

function planOne(bureau: InventedBureau, random: Random, on: Temporal.PlainDate): CasePlan {
  const fate = random.weighted<Fate>([
    [34, 'responsible'],
    [26, 'unfounded'],
    [12, 'not_established'],
    [10, 'suggestion'],
    [9, 'elsewhere'],
    [4, 'accusation'],
    [5, 'unit_only'],
  ])
  const window = random.pick(bureau.windows)
  const accused =
    fate === 'suggestion' || fate === 'elsewhere' || fate === 'unit_only' ? null : random.pick(window.officers)
  return {
    on,
    minute: random.int(9 * 60, 16 * 60),
    channel: random.weighted(channelsByWeight),
    fate,
    scene: random.pick(scenes),
    accused,
    unit: window.unit,
    anonymous: fate !== 'suggestion' && random.chance(0.14),
    silent: random.chance(0.12),
    appealed: fate === 'responsible' && random.chance(0.12) ? (random.chance(0.4) ? 'annulled' : 'upheld') : 'no',
    severity: random.weighted([
      [70, 'minor' as const],
      [25, 'medium' as const],
      [5, 'serious' as const],
    ]),
    twin: random.chance(0.1),
    extended: random.chance(0.08),
    rated: random.weighted<CasePlan['rated']>([
      [45, null],
      [25, 1],
      [18, 2],
      [12, 3],
    ]),
  }
}

function unitOf(bureau: InventedBureau, person: PersonRow): UnitRow {
  return bureau.units.find((unit) => unit.id === person.unit_id) as UnitRow
}
