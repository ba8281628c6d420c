import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { Problem } from '#platform/problem.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { amendResponsibility, annulResponsibility } from './annul-responsibility.ts'
import { eligibility } from './check-eligibility.ts'
import { decideDeduction } from './decide-deduction.ts'
import { type ResponsibilityInput, recordResponsibility } from './record-responsibility.ts'
import { type StandingWorld, standingWorld } from './standing-testing.ts'

/** Same seed, same history. */
function dice(seed: number) {
  let state = seed * 2654435761 + 1
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  return { below, one: <T>(list: readonly T[]): T => list[below(list.length)] as T }
}
type Dice = ReturnType<typeof dice>

/** What should stand, kept by hand beside the database. */
type Known = { input: ResponsibilityInput; taskId: string | null; decided: number | null; ended: boolean }
type Act = () => Promise<unknown>

const officers: readonly (PersonKey | null)[] = ['officer', 'officer', 'officer2', 'westOfficer', null]
const unitOf = (who: PersonKey | null) => (who === 'westOfficer' ? ('westWindow' as const) : ('eastWindow' as const))
const headOf = (at: StandingWorld, input: ResponsibilityInput) =>
  input.unitId === at.bureau.units.westWindow ? 'westHead' : 'head'

function record(at: StandingWorld, known: Known[], { one, below }: Dice): Act {
  const who = one(officers)
  const caseId = known.length > 0 && below(5) === 0 ? one(known).input.caseId : undefined
  const input = at.finding({ who, unit: unitOf(who), severity: one(['minor', 'medium'] as const), caseId })
  const entry: Known = { input, taskId: null, decided: null, ended: false }
  known.push(entry)
  return async () => {
    const made = await at.be('leader', (ctx) => recordResponsibility(ctx, input))
    if (made.recorded) entry.taskId = made.taskId
  }
}

function decide(at: StandingWorld, known: Known): Act {
  const points = 1
  return async () => {
    const { taskId } = known
    if (!taskId) return
    await at.be(headOf(at, known.input), (ctx) =>
      decideDeduction(ctx, taskId, { version: 1, points, reason: '接待失当' }),
    )
    known.decided = points
  }
}

function annul(at: StandingWorld, known: Known): Act {
  return async () => {
    const about = { findingId: known.input.findingId, reason: '复核撤销', annulledOn: known.input.effectiveOn }
    const done = await at.be('leader2', (ctx) => annulResponsibility(ctx, about))
    if (done.annulled) known.ended = true
  }
}

function amend(at: StandingWorld, all: Known[], known: Known, { below }: Dice): Act {
  const words = below(2) === 0
  const becomes: ResponsibilityInput = {
    ...known.input,
    findingId: randomUUID(),
    factLine: '更正后的事实',
    severity: words ? known.input.severity : 'serious',
  }
  return async () => {
    const about = { findingId: known.input.findingId, reason: '复核变更', amendedOn: known.input.effectiveOn, becomes }
    const done = await at.be('leader2', (ctx) => amendResponsibility(ctx, about))
    if (!done.amended) return
    known.ended = true
    const same = words && known.decided !== null
    all.push({ input: becomes, taskId: done.taskId, decided: same ? known.decided : null, ended: false })
  }
}

/** A refusal is an answer too; anything else is a fault. A deadlock would be one. */
async function attempt(act: Act): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

async function holds(at: StandingWorld, known: readonly Known[], where: string): Promise<void> {
  const standing = await at.rows<{ finding_id: string; level: string; points: number }>(
    `select finding_id, level, points from standing.posting p where reverses is null
       and not exists (select from standing.posting b where b.reverses = p.id) order by finding_id, level`,
  )
  const expected = known
    .filter((one) => !one.ended)
    .flatMap(({ input, decided }) => [
      { finding_id: input.findingId, level: 'unit', points: { minor: 1, medium: 2, serious: 3 }[input.severity] },
      ...(decided === null ? [] : [{ finding_id: input.findingId, level: 'officer', points: decided }]),
    ])
    .sort((a, b) => (a.finding_id < b.finding_id ? -1 : a.finding_id > b.finding_id ? 1 : a.level === 'unit' ? -1 : 1))
  assert.deepEqual(standing, expected, `${where}: what stands is what should stand, and nothing twice`)
  const broken = await at.rows(`
    with live as (select p.* from standing.posting p where reverses is null and not exists (select from standing.posting b where b.reverses = p.id)),
    years as (select person_id, extract(year from effective_on)::int as year, count(distinct case_id) as n from live where level = 'officer' group by 1, 2)
    select 'officer without unit' as what from live o where level = 'officer' and not exists (select from live u where u.level = 'unit' and u.finding_id = o.finding_id)
    union all select 'deduction of an ended finding' from live l join standing.responsibility r using (finding_id) where r.ended_at is not null
    union all select 'two without restriction' from years y where n >= 2 and not exists (select from standing.restriction r where r.person_id = y.person_id and r.year = y.year and r.status <> 'withdrawn')
    union all select 'restriction without two' from standing.restriction r where status <> 'withdrawn' and coalesce((select n from years y where y.person_id = r.person_id and y.year = r.year), 0) < 2
    union all select 'wrong slips' from years y where n >= 3 and (select array_agg(nth order by nth) from standing.slip s where s.person_id = y.person_id and s.year = y.year and s.status <> 'withdrawn')
                is distinct from (select array_agg(g) from generate_series(3, n::int) g)
    union all select 'slip without three' from standing.slip s where status <> 'withdrawn' and nth > coalesce((select n from years y where y.person_id = s.person_id and y.year = s.year), 0)
    union all select 'ledger differs' from standing.posting p where not exists (select from standing.entry e where e.source_kind = 'posting' and e.source_id = coalesce(p.reverses, p.id) and (e.reverses is null) = (p.reverses is null))
    union all select 'unit below zero' from (select sum(case when reverses is null then points else -points end) as sum from standing.posting group by finding_id, level) b where sum < 0`)
  assert.deepEqual(broken, [], where)
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`whatever happens, in whatever order, repeated or at once, the ledger holds (history ${seed})`, async (t) => {
    const at = await standingWorld(t)
    const roll = dice(seed)
    const known: Known[] = []
    const done: Act[] = []
    for (let round = 0; round < 12; round++) {
      at.clock.set(at.clock.now().add({ hours: 7 }))
      const acts: Act[] = []
      for (let n = 1 + roll.below(4); n > 0; n--) {
        const what = roll.below(10)
        if (what < 4 || known.length === 0) acts.push(record(at, known, roll))
        else if (what < 7) acts.push(decide(at, roll.one(known)))
        else if (what === 7) acts.push(annul(at, roll.one(known)))
        else if (what === 8) acts.push(amend(at, known, roll.one(known), roll))
        else if (done.length > 0) acts.push(roll.one(done))
      }
      // Each of them once more at the same time: a retry meets the first attempt on its way.
      await Promise.all([...acts, ...acts.filter(() => roll.below(3) === 0)].map(attempt))
      done.push(...acts)
      await holds(at, known, `history ${seed}, round ${round}`)
    }
  })
}

test('an answer about honours, asked again later as of its moment, is the answer that was given', async (t) => {
  const at = await standingWorld(t)
  const roll = dice(9)
  const known: Known[] = []
  const given: { who: PersonKey; moment: Temporal.Instant; answer: unknown }[] = []
  const ask = (who: PersonKey, asOf?: Temporal.Instant) =>
    at.be('political', (ctx) =>
      eligibility(ctx, {
        personId: at.bureau.people[who].id,
        awardKind: 'merit_third',
        on: Temporal.PlainDate.from('2026-06-01'),
        asOf,
      }),
    )
  for (let round = 0; round < 40; round++) {
    at.clock.set(at.clock.now().add({ minutes: 90 }))
    const what = roll.below(6)
    if (what < 3 || known.length < 3) {
      await attempt(record(at, known, roll))
      await attempt(decide(at, known.at(-1) as Known))
    } else await attempt(annul(at, roll.one(known)))
    for (const who of ['officer', 'officer2'] as const)
      given.push({ who, moment: at.clock.now(), answer: await ask(who) })
  }
  const refused = given.filter(({ answer }) => !(answer as { eligible: boolean }).eligible).length
  assert.ok(refused > 5 && refused < given.length, `${refused} of ${given.length}`)
  at.clock.set('2026-12-01T02:00:00Z')
  for (const { who, moment, answer } of given) assert.deepEqual(await ask(who, moment), answer)
})
