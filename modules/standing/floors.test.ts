import assert from 'node:assert/strict'
import { test } from 'node:test'
import { informFrom, restrictionFrom, slipFrom } from '#policy/standing/parameters.ts'
import { type SlipStatus, slipLifecycle, slipStatuses } from '#policy/standing/slip-lifecycle.ts'
import { standingWorld } from './standing-testing.ts'

test('the numbers that the database holds are those of the policy, in every version of it', async (t) => {
  const at = await standingWorld(t)
  const [{ proposes, drafts }] = (await at.rows<{ proposes: string; drafts: string }>(
    `select pg_get_functiondef('standing.propose_restriction'::regproc) as proposes, pg_get_functiondef('standing.draft_slip'::regproc) as drafts`,
  )) as [{ proposes: string; drafts: string }]
  assert.match(proposes, /deducted_cases\(person, in_year\) < 2/)
  assert.match(drafts, /which < 3/)
  assert.match(drafts, /which > 3/)
  assert.deepEqual(
    [restrictionFrom, slipFrom, informFrom].map(({ values }) => values.map(({ value }) => value)),
    [[2], [3], [4]],
  )
})

test('the steps of a slip that the database lets pass are those of the lifecycle', async (t) => {
  const at = await standingWorld(t)
  const [{ guard }] = (await at.rows<{ guard: string }>(
    `select pg_get_functiondef('standing.keep_slip'::regproc) as guard`,
  )) as [{ guard: string }]
  const inDatabase = /'\{([a-z>,]+)\}'/.exec(guard)?.[1]?.split(',').sort()
  const inPolicy = slipStatuses.flatMap((from: SlipStatus) =>
    Object.values(slipLifecycle[from]).flatMap(({ to }) => (to === from ? [] : [`${from}>${to}`])),
  )
  assert.deepEqual(inDatabase, [...new Set(inPolicy)].sort())
})
