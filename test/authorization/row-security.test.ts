import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import pg from 'pg'
import { type Actor, actorToken, anonymousActor } from '#platform/actor.ts'
import { type FreshDatabase, freshDatabase, testSecrets } from '#platform/db/fresh-database.ts'
import { aBureau, type BureauFixture, type PersonKey } from '#test/fixtures/bureau.ts'
import { blindWrites, everybody, probes, wholeProbes, writeProbes } from './expected-rows.ts'
import { type Rows, rowsOfBothStations } from './rows-fixture.ts'

type Setting = { db: FreshDatabase; bureau: BureauFixture; rows: Rows; client: pg.Client }

async function setting(t: TestContext): Promise<Setting> {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  const rows = await rowsOfBothStations(db, bureau)
  const client = new pg.Client({ connectionString: db.appUrl })
  await client.connect()
  client.on('error', () => {})
  t.after(() => client.end())
  return { db, bureau, rows, client }
}

/** Runs plain SQL as an injected statement would: on the serving login, with the actor's own token. */
async function as<T>({ client }: Setting, actor: Actor, work: () => Promise<T>): Promise<T> {
  const pid = (client as pg.Client & { processID: number }).processID
  const token = actorToken(actor, testSecrets.actorKey, pid, Math.floor(Date.now() / 1000) + 60)
  await client.query(`begin; set local "jingmin.actor" = '${token}'`)
  try {
    return await work()
  } finally {
    await client.query('rollback')
  }
}

const expected = (who: readonly PersonKey[], key: PersonKey) => who.includes(key)

/** Everything that differs from the oracle, as sentences. */
async function differences(s: Setting, firstOnly = false): Promise<string[]> {
  const found: string[] = []
  for (const key of everybody) {
    if (firstOnly && found.length > 0) return found
    await as(s, s.bureau.actors[key], async () => {
      for (const probe of probes) {
        const marks = probe.marks.replace(':eastWindow', `'${s.bureau.units.eastWindow}'`)
        const seen = (await s.client.query(`select distinct ${marks} as mark from ${probe.table}`)).rows.map(
          (row) => row.mark,
        )
        for (const side of ['east', 'west'] as const) {
          if (seen.includes(side) !== expected(probe[side], key))
            found.push(`${key} ${seen.includes(side) ? 'sees' : 'misses'} ${side} in ${probe.table}`)
        }
      }
      for (const probe of wholeProbes) {
        const seen = ((await s.client.query(probe.sql)).rowCount ?? 0) > 0
        if (seen !== expected(probe.seenBy, key)) found.push(`${key} ${seen ? 'sees' : 'misses'} ${probe.sql}`)
      }
    })
    for (const probe of blindWrites) {
      const done = await as(
        s,
        s.bureau.actors[key],
        async () => (await s.client.query(probe.sql).catch(() => ({ rowCount: 0 }))).rowCount ?? 0,
      )
      if (done !== probe.rows(key)) found.push(`${key} touches ${done} rows by ${probe.sql}`)
    }
    for (const probe of writeProbes) {
      const done = await as(
        s,
        s.bureau.actors[key],
        async () => (await s.client.query(probe.sql).catch(() => ({ rowCount: 0 }))).rowCount ?? 0,
      )
      if (done > 0 !== expected(probe.allowed, key)) found.push(`${key} ${done > 0 ? 'can' : 'cannot'} ${probe.name}`)
    }
  }
  const offeredTo = await as(
    s,
    s.bureau.actors.westOfficer2,
    async () => (await s.client.query(`select 1 from service_window.matter where id = $1`, [s.rows.offered])).rowCount,
  )
  if (offeredTo !== 1) found.push('the receiver of an offer cannot look at it')
  const offeredElse = await as(
    s,
    s.bureau.actors.westOfficer,
    async () => (await s.client.query(`select 1 from service_window.matter where id = $1`, [s.rows.offered])).rowCount,
  )
  if (offeredElse !== 0) found.push('somebody else of the receiving unit sees an offer')
  const offers = await as(
    s,
    s.bureau.actors.westOfficer2,
    async () => (await s.client.query(`select 1 from service_window.baton`)).rowCount,
  )
  if (offers !== 1) found.push('the receiver of an offer cannot see the offer')
  return found
}

test('each actor sees exactly the rows the oracle names, and every right does work', async (t) => {
  assert.deepEqual(await differences(await setting(t)), [])
})

test('without a token, with a forged, a copied or an expired one, nothing is seen', async (t) => {
  const s = await setting(t)
  const pid = (s.client as pg.Client & { processID: number }).processID
  const later = Math.floor(Date.now() / 1000) + 60
  const actor = s.bureau.actors.officer
  const tokens = {
    none: '',
    forged: actorToken(actor, Buffer.alloc(32, 1), pid, later),
    copied: actorToken(actor, testSecrets.actorKey, pid + 1, later),
    expired: actorToken(actor, testSecrets.actorKey, pid, later - 600),
    bare: Buffer.from(JSON.stringify({ k: 'system', d: pid, x: later })).toString('base64'),
    cut: actorToken(actor, testSecrets.actorKey, pid, later).slice(0, -1),
  }
  for (const [name, token] of Object.entries(tokens)) {
    await s.client.query(`begin; set local "jingmin.actor" = '${token}'`)
    const seen = await s.client.query(
      'select 1 from service_window.matter union all select 1 from callback.callback union all select 1 from supervision.order',
    )
    await s.client.query('rollback')
    assert.equal(seen.rowCount, 0, name)
  }
  assert.equal(
    await as(s, anonymousActor, async () => (await s.client.query('select 1 from service_window.matter')).rowCount),
    0,
  )
})

/** Each policy broken on purpose: opened to all, and closed to all. Each breach must be noticed, or the test above proves little. */
async function everyBreach(
  t: TestContext,
  where: string,
  more: (mutate: (name: string, breakIt: string, mendIt: string) => Promise<void>) => Promise<void> = async () => {},
): Promise<void> {
  const s = await setting(t)
  const { admin } = s.db
  const policies = (
    await admin.query<{
      schemaname: string
      tablename: string
      policyname: string
      qual: string | null
      with_check: string | null
      cmd: string
    }>(
      `select schemaname, tablename, policyname, qual, with_check, cmd from pg_policies where ${where} and 'jingmin_public' <> all (roles)`,
    )
  ).rows
  const unnoticed: string[] = []
  let broken = 0
  const mutate = async (name: string, breakIt: string, mendIt: string) => {
    await admin.query(breakIt)
    broken += 1
    if ((await differences(s, true)).length === 0) unnoticed.push(name)
    await admin.query(mendIt)
  }
  for (const p of policies) {
    const on = `on ${p.schemaname}.${JSON.stringify(p.tablename)}`
    const both = p.with_check && p.with_check !== 'true'
    if (p.qual && p.qual !== 'true')
      await mutate(
        `${p.tablename}.${p.policyname} opened`,
        `alter policy ${p.policyname} ${on} using (true)${both ? ' with check (true)' : ''}`,
        `alter policy ${p.policyname} ${on} using (${p.qual})${both ? ` with check (${p.with_check})` : ''}`,
      )
    if (p.qual === 'true')
      await mutate(
        `${p.tablename}.${p.policyname} closed`,
        `alter policy ${p.policyname} ${on} using (false)`,
        `alter policy ${p.policyname} ${on} using (true)`,
      )
  }
  const tables = [...new Set(policies.map((p) => `${p.schemaname}.${JSON.stringify(p.tablename)}`))].filter(
    (name) => !/directory\.|service_item|_move/.test(name),
  )
  for (const table of tables)
    await mutate(
      `${table} without row security`,
      `alter table ${table} disable row level security`,
      `alter table ${table} enable row level security`,
    )
  await more(mutate)
  t.diagnostic(`${broken} breaches, ${broken - unnoticed.length} noticed`)
  assert.deepEqual(unnoticed, [])
  assert.deepEqual(await differences(s), [], 'everything was mended')
}

test('every broken policy, switched-off table and loose grant is noticed', (t) =>
  everyBreach(
    t,
    `schemaname in ('service_window', 'callback', 'supervision', 'standing', 'directory', 'registration')`,
    async (mutate) => {
      await mutate(
        'grant on ratings',
        'grant insert on callback.rating to jingmin_app; create policy loose on callback.rating for insert with check (true); alter table callback.rating drop constraint rating_pkey, drop constraint rating_answer_id_key',
        'revoke insert on callback.rating from jingmin_app; drop policy loose on callback.rating; alter table callback.rating add primary key (callback_id), add unique (answer_id)',
      )
      await mutate(
        'grant on the actor key',
        'grant select on platform.secret to jingmin_app',
        'revoke select on platform.secret from jingmin_app',
      )
    },
  ))

/** The register of complaints; the month's own tables are seen by whole duties and have no sides. */
const register = [
  'desk',
  'case',
  'case_move',
  'finding_move',
  'submission',
  'complainant',
  'identity_view',
  'accused',
  'relation',
  'recusal',
  'coding',
  'file',
  'step',
  'extension',
  'pause',
  'statement',
  'finding',
  'appeal',
  'clarification',
  'citizen_notice',
  'review',
  'rating',
  'merge',
  'wish',
  'retaliation_flag',
  'online',
  'online_file',
  'published_month',
]

test('every broken policy and switched-off table of the register of complaints is noticed', (t) =>
  everyBreach(t, `schemaname = 'complaints' and tablename in (${register.map((name) => `'${name}'`).join(', ')})`))
