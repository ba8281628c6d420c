import assert from 'node:assert/strict'
import test from 'node:test'
import type { PoolClient } from 'pg'
import { authOfOneOfficer, cookieAfterSignIn, PERSON, SECRET } from './auth-fixture.ts'
import { rawCookie, signedCookie } from './cookies.ts'
import { sessionTokenHash } from './session-token.ts'

test('a session ends after 20 idle minutes and does not come back', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  officer.after('PT19M59S')
  assert.ok(await officer.auth.sessionOf(cookie))
  officer.after('PT20M')
  assert.equal(await officer.auth.sessionOf(cookie), null)
  assert.deepEqual([officer.told.at(-1)?.event, officer.told.at(-1)?.data.reason], ['session-ended', 'idle'])
  officer.after('-PT1M')
  assert.equal(await officer.auth.sessionOf(cookie), null)
})

test('a session in use ends eight hours after sign-in', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  for (let i = 0; i < 31; i++) {
    officer.after('PT15M')
    assert.ok(await officer.auth.sessionOf(cookie), `after ${i + 1} quarters of an hour`)
  }
  officer.after('PT15M')
  assert.equal(await officer.auth.sessionOf(cookie), null)
  assert.equal(officer.told.at(-1)?.data.reason, 'absolute')
})

test('use is written down at most once a minute', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  const version = async () => (await officer.admin.query('select xmin::text as v from auth.session')).rows[0].v
  const first = await version()
  officer.after('PT59S')
  await officer.auth.sessionOf(cookie)
  assert.equal(await version(), first)
  officer.after('PT1S')
  await officer.auth.sessionOf(cookie)
  assert.notEqual(await version(), first)
})

test('a clock that jumped ahead ends a session for good', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  officer.after('PT9H')
  assert.equal(await officer.auth.sessionOf(cookie), null)
  officer.after('-PT9H')
  assert.equal(await officer.auth.sessionOf(cookie), null)
})

test('a clock turned back ends every session, those nobody had asked for included', async (t) => {
  const officer = await authOfOneOfficer(t)
  const forgotten = await cookieAfterSignIn(officer)
  officer.after('PT30M')
  const inUse = await cookieAfterSignIn(officer)
  officer.after('-PT25M')
  assert.equal(await officer.auth.sessionOf(inUse), null)
  assert.equal(await officer.auth.sessionOf(forgotten), null)
  assert.equal(officer.told.at(-1)?.event, 'clock-turned-back')
  assert.ok('ok' in (await officer.signIn()))
})

test('somebody who signs in first after the clock was turned back gets a session, and only he has one', async (t) => {
  const officer = await authOfOneOfficer(t)
  const before = await cookieAfterSignIn(officer)
  officer.after('-PT1H')
  const own = await cookieAfterSignIn(officer)
  assert.equal(await officer.auth.sessionOf(before), null)
  assert.ok(await officer.auth.sessionOf(own))
})

test('after a restart the sessions themselves tell how late it was', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  officer.after('-PT10M')
  const restarted = officer.again()
  assert.equal(await restarted.sessionOf(cookie), null)
})

test('a small correction of the clock ends nothing', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  officer.after('-PT1M')
  assert.ok(await officer.auth.sessionOf(cookie))
})

test('sign-out ends the session on the server and clears the cookie', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  const { setCookies } = await officer.auth.signOut(cookie)
  assert.equal(await officer.auth.sessionOf(cookie), null)
  const cleared = setCookies.find((line) => line.startsWith('__Host-jingmin.session_token='))
  assert.match(cleared ?? '', /^__Host-jingmin\.session_token=;.*Max-Age=0/)
  assert.match(cleared ?? '', /Secure/)
  assert.equal(officer.told.at(-1)?.event, 'signed-out')
})

test('signing out everywhere ends all sessions of that person', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookies = [await cookieAfterSignIn(officer), await cookieAfterSignIn(officer)]
  assert.equal(await officer.auth.signOutEverywhere(PERSON), 2)
  for (const cookie of cookies) assert.equal(await officer.auth.sessionOf(cookie), null)
})

test('a cookie whose signature is not ours is not even looked up', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  const [name] = cookie.split('=')
  for (const forged of ['', 'x', 'x.y', '%', `${name}=abc.def`, cookie.slice(0, -6)]) {
    assert.equal(await officer.auth.sessionOf(forged), null)
  }
  assert.equal(await officer.auth.sessionOf(undefined), null)
})

test('the database, dumped, holds no token: only its hash, which opens nothing', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  const token = signedCookie(cookie, officer.auth.cookies.session, SECRET)
  assert.equal(Buffer.from(token!, 'base64url').length, 32)
  const dump = await everyRow(officer.admin)
  assert.ok(!dump.includes(token!))
  assert.ok(!dump.includes(rawCookie(cookie, officer.auth.cookies.session)!))
  assert.ok(dump.includes(sessionTokenHash(token!)))
  const stolen = `${officer.auth.cookies.session}=${sessionTokenHash(token!)}`
  assert.equal(await officer.auth.sessionOf(stolen), null)
  await assert.rejects(officer.admin.query('update auth.session set token_hash = $1', [token]), { code: '23514' })
})

test('finding a session is one statement that reads by index', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  await officer.auth.sessionOf(cookie)
  const seen: string[] = []
  const { pool } = officer
  const connect = pool.connect.bind(pool) as (told: (error: Error | undefined, client: PoolClient) => void) => void
  t.mock.method(pool, 'connect', ((told: (error: Error | undefined, client: PoolClient, done: unknown) => void) =>
    connect((error, client) => {
      const query = client.query.bind(client) as (config: { text: string }, ...rest: unknown[]) => unknown
      const mocked = t.mock.method(client, 'query', ((config: { text: string }, ...rest: unknown[]) => {
        seen.push(config.text)
        return query(config, ...rest)
      }) as never)
      const release = client.release.bind(client)
      const done = (lost?: Error) => {
        mocked.mock.restore()
        release(lost)
      }
      told(error, client, done)
    })) as never)
  assert.ok(await officer.auth.sessionOf(cookie))
  assert.equal(seen.length, 1)
  const client = await officer.admin.connect()
  try {
    await client.query('set enable_seqscan = off')
    const { rows } = await client.query(`explain ${seen[0]}`.replace('$1', `'x'`).replace('$2', `'2026-11-23'`))
    assert.match(JSON.stringify(rows), /Index Scan using session_token_hash_key/)
  } finally {
    client.release()
  }
})

test('ended sessions can be swept away', async (t) => {
  const officer = await authOfOneOfficer(t)
  await cookieAfterSignIn(officer)
  officer.after('PT10M')
  const alive = await cookieAfterSignIn(officer)
  officer.after('PT10M')
  await officer.auth.purge()
  assert.equal((await officer.admin.query('select from auth.session')).rowCount, 1)
  assert.ok(await officer.auth.sessionOf(alive))
})

test('an answer of the ledger that never comes keeps the cookie back', async (t) => {
  const officer = await authOfOneOfficer(t)
  officer.told.push = () => {
    throw new Error('ledger full')
  }
  await assert.rejects(officer.signIn(), /ledger full/)
})

async function everyRow(admin: { query(sql: string): Promise<{ rows: unknown[] }> }): Promise<string> {
  const { rows } = await admin.query(`select table_schema || '."' || table_name || '"' as name
    from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')`)
  let text = ''
  for (const { name } of rows as { name: string }[]) {
    text += JSON.stringify((await admin.query(`select t::text from ${name} as t`)).rows)
  }
  return text
}
