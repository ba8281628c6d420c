import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actor } from '#platform/actor.ts'
import { intervalText, percentText } from '#policy/statistics/percent.ts'
import { type CallbackWorld, callbackWorld, insertMatter, people, units } from './callback-fixture.ts'
import { funnelOf } from './callback-funnel.ts'
import { callbackFunnel } from './index.ts'

type Kind = { level?: number; state: string; sent: boolean }

/** Questions as they stand at the end, put in behind the triggers: ratings need no story here. */
async function fill(
  world: CallbackWorld,
  unitId: string,
  officer: Actor,
  on: string,
  kinds: [number, Kind][],
): Promise<void> {
  const matter = await insertMatter(world.admin, officer, world.clock.now())
  const client = await world.admin.connect()
  await client.query('set session_replication_role = replica')
  for (const [n, { level, state, sent }] of kinds) {
    await client.query(
      `with c as (
         insert into callback.callback (id, purpose, subject_id, matter_id, officer_id, unit_id, finished_at, phone_sealed, phone_index, token_hash, token_sealed,
           state, send_after, sent_at, delivered_at)
         select gen_random_uuid(), 'satisfaction', gen_random_uuid(), $2, $3, $4, $5, 'x', 'x', gen_random_uuid()::text, 'x',
           $6::callback.state, $5, case when $7 then $5::timestamptz end, case when $7 and $6 <> 'failed' then $5::timestamptz end
         from generate_series(1, $1) returning id)
       insert into callback.rating (callback_id, answer_id, level, purpose, officer_id, unit_id, rated_at)
       select id, gen_random_uuid(), $8::int, 'satisfaction', $3, $4, $5 from c where $8::int is not null`,
      [n, matter, officer.personId, unitId, on, state, sent, level ?? null],
    )
  }
  await client.query('set session_replication_role = origin')
  client.release()
}

const answered = (level: number): Kind => ({ level, state: 'answered', sent: true })
const silent: Kind = { state: 'no_answer', sent: true }
const day = (text: string) => Temporal.PlainDate.from(text)
const september = { from: day('2026-09-01'), until: day('2026-10-01') }
const inSeptember = '2026-09-10T02:00:00Z'

const funnel = (
  world: CallbackWorld,
  who: Actor,
  period: { from: Temporal.PlainDate; until: Temporal.PlainDate },
  unitIds = [units.stationA, units.stationB],
) => world.as(who, (ctx) => callbackFunnel(ctx, { ...period, unitIds }))

test('68,780 messages, 16,466 answers and 99 % satisfied say 23.9 % response and 23.7–99.8 %', async (t) => {
  const world = await callbackWorld(t)
  const satisfied = Math.round(16_466 * 0.99)
  await fill(world, units.stationA, people.officer, inSeptember, [
    [satisfied, answered(5)],
    [16_466 - satisfied, answered(1)],
    [68_780 - 16_466, silent],
  ])
  const { total } = await funnel(world, people.leader, september)
  assert.deepEqual([total.sent, total.answered, total.noAnswer, total.withheld], [68_780, 16_466, 52_314, null])
  const said = total.satisfaction!
  assert.equal(percentText(total.response!, 1), '23.9')
  assert.equal(percentText(said.nonResponse.amongAnswered.share!, 0), '99')
  assert.equal(intervalText(said.nonResponse.bounds!, 1), '23.7–99.8')
  assert.ok(said.interval!.low > 0.988 && said.interval!.high < 0.992)
})

test('each step of the way is counted, by unit and in sum; an answer by the link without a message counts as asked', async (t) => {
  const world = await callbackWorld(t)
  await fill(world, units.stationA, people.officer, inSeptember, [
    [3, answered(4)],
    [2, answered(3)],
    [1, answered(2)],
    [4, silent],
    [2, { state: 'failed', sent: true }],
    [1, { state: 'no_phone', sent: false }],
    [1, { state: 'opted_out', sent: true }],
    [1, { level: 5, state: 'answered', sent: false }],
  ])
  await fill(world, units.stationB, people.officerB, inSeptember, [
    [5, answered(5)],
    [1, { state: 'unclear', sent: true }],
  ])
  await fill(world, units.stationB, people.officerB, '2026-09-30T16:00:00Z', [[7, answered(1)]])
  const { units: rows, total } = await funnel(world, people.leader, september)
  const a = rows.find((row) => row.unitId === units.stationA)!
  const { satisfaction, ...counts } = a
  assert.deepEqual(counts, {
    unitId: units.stationA,
    due: 15,
    sent: 13,
    delivered: 11,
    failed: 2,
    noPhone: 1,
    optedOut: 1,
    noAnswer: 4,
    unclear: 0,
    open: 0,
    asked: 14,
    answered: 7,
    response: 0.5,
    withheld: null,
  })
  assert.deepEqual(satisfaction!.levels, { 1: 0, 2: 1, 3: 2, 4: 3, 5: 1 })
  assert.deepEqual([satisfaction!.satisfied, satisfaction!.bad], [6, 1])
  assert.deepEqual([total.due, total.answered, total.open, total.satisfaction!.satisfied], [21, 12, 1, 11])
})

test('a unit gets no levels that tell on somebody: few answers, part of a month, or answers still open', async (t) => {
  const world = await callbackWorld(t)
  await fill(world, units.stationA, people.officer, inSeptember, [
    [4, answered(1)],
    [3, silent],
  ])
  await fill(world, units.stationA, people.officer, '2026-10-10T02:00:00Z', [
    [5, answered(1)],
    [3, answered(5)],
  ])
  await fill(world, units.stationA, people.officer, '2026-11-10T02:00:00Z', [[9, answered(1)]])
  const october = { from: day('2026-10-01'), until: day('2026-11-01') }
  const why = async (period: typeof september) => (await funnel(world, people.head, period)).total.withheld
  const few = await funnel(world, people.head, september)
  assert.deepEqual([few.total.answered, few.total.withheld, few.total.satisfaction], [4, 'few-answers', null])
  assert.deepEqual((await funnel(world, people.chief, october)).total.satisfaction!.levels, {
    1: 5,
    2: 0,
    3: 0,
    4: 0,
    5: 3,
  })
  assert.equal(
    await why({ from: september.from, until: october.until }),
    'few-answers',
    'no two periods differ by a small month',
  )
  assert.equal(await why({ from: day('2026-10-02'), until: day('2026-11-01') }), 'whole-months-only')
  assert.equal(await why({ from: day('2026-11-01'), until: day('2026-12-01') }), 'answers-still-open')
  await fill(world, units.stationA, people.officer, '2026-10-31T02:00:00Z', [[1, { state: 'delivered', sent: true }]])
  assert.equal(await why(october), 'answers-still-open')
  assert.equal((await funnel(world, people.leader, september)).total.satisfaction!.bad, 4)
  assert.deepEqual(
    (await funnel(world, people.head, october, [units.stationB])).units,
    [],
    'another unit is not theirs to see',
  )
  assert.deepEqual((await funnel(world, people.officer, october)).units, [])
})

test('nothing asked is no figure, not zero per cent', () => {
  const none = {
    due: 0,
    sent: 0,
    delivered: 0,
    failed: 0,
    noPhone: 0,
    optedOut: 0,
    noAnswer: 0,
    unclear: 0,
    open: 0,
    asked: 0,
    answered: 0,
  }
  const { response, satisfaction } = funnelOf(none, { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }, null)
  assert.deepEqual([response, satisfaction!.interval, satisfaction!.nonResponse.bounds], [null, null, null])
})
