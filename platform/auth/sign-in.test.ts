import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import test from 'node:test'
import { authOfOneOfficer, cookieAfterSignIn, NUMBER, PASSWORD, PERSON } from './auth-fixture.ts'
import type { ArgonCost } from './parameters.ts'
import { cookieHeaderOf } from './sign-in.ts'

const NOBODY = 'J999999'

test('the right number and password sign in, whatever the case of the number', async (t) => {
  const { auth, signIn, told } = await authOfOneOfficer(t)
  const result = await signIn(PASSWORD, ` ${NUMBER.toLowerCase()} `)
  assert.ok('ok' in result)
  assert.equal(result.next, 'done')
  const session = await auth.sessionOf(cookieHeaderOf(result.setCookies))
  assert.equal(session?.personId, PERSON)
  assert.equal(session.policeNumber, NUMBER)
  assert.deepEqual([session.secondFactorDone, session.mustChangePassword], [false, false])
  assert.deepEqual(
    told.map(({ event, data }) => [event, data.personId, data.ip, data.sessionId]),
    [['signed-in', PERSON, '10.0.0.7', session.sessionId]],
  )
})

test('the session cookie is bound to the host, secure, hidden from scripts and not sent along from other sites', async (t) => {
  const { signIn } = await authOfOneOfficer(t)
  const result = await signIn()
  assert.ok('ok' in result)
  assert.equal(result.setCookies.length, 1)
  const [pair, ...flags] = result.setCookies[0]!.split('; ')
  assert.match(pair!, /^__Host-jingmin\.session_token=[\w-]{43}\./)
  assert.deepEqual(flags.map((flag) => flag.toLowerCase()).sort(), [
    'httponly',
    'max-age=28800',
    'path=/',
    'samesite=lax',
    'secure',
  ])
})

test('over http the cookie has a plain name, since a browser would refuse the other one', async (t) => {
  const { auth, signIn } = await authOfOneOfficer(t, { secure: false })
  const result = await signIn()
  assert.ok('ok' in result)
  assert.match(result.setCookies[0]!, /^jingmin\.session_token=/)
  assert.doesNotMatch(result.setCookies[0]!, /secure/i)
  assert.ok(await auth.sessionOf(cookieHeaderOf(result.setCookies)))
})

test('a wrong password is refused and told to the ledger with the person', async (t) => {
  const { signIn, told } = await authOfOneOfficer(t)
  assert.deepEqual(await signIn('Falsch-wort-1'), { refused: 'wrong' })
  assert.deepEqual(
    told.map(({ event, data }) => [event, data.personId, data.reason]),
    [['sign-in-failed', PERSON, 'wrong']],
  )
})

test('an unknown number is answered like a wrong password: same answers, same lock, one derivation each', async (t) => {
  const officer = await authOfOneOfficer(t)
  const derivations = t.mock.method(crypto, 'argon2')
  syncBuiltinESMExports()
  t.after(syncBuiltinESMExports)
  const costOf = async (number: string) => {
    const before = derivations.mock.callCount()
    const answer = await officer.signIn('Falsch-wort-1', number)
    const { memory, passes, parallelism } = (
      derivations.mock.calls.at(-1)!.arguments as unknown as [string, ArgonCost]
    )[1]
    return { answer, derivations: derivations.mock.callCount() - before, memory, passes, parallelism }
  }
  const [known, unknown] = [[] as unknown[], [] as unknown[]]
  for (let i = 0; i < 6; i++) {
    known.push(await costOf(NUMBER))
    unknown.push(await costOf(NOBODY))
  }
  assert.deepEqual(unknown, known)
  assert.equal(derivations.mock.callCount(), 10)
  const { rows } = await officer.admin.query('select failures, locked_until from auth.lockout')
  assert.equal(rows.length, 2)
  assert.deepEqual(rows[0], rows[1])
})

test('after five failures the number is locked, the right password included, and free again after 15 minutes', async (t) => {
  const { signIn, after, clock, told } = await authOfOneOfficer(t)
  for (let i = 0; i < 4; i++) assert.deepEqual(await signIn('Falsch-wort-1'), { refused: 'wrong' })
  const until = clock.now().add({ minutes: 15 })
  assert.deepEqual(await signIn('Falsch-wort-1'), { refused: 'locked', until })
  assert.equal(told.at(-1)?.event, 'locked')
  after('PT14M59S')
  assert.deepEqual(await signIn(), { refused: 'locked', until })
  after('PT1S')
  assert.ok('ok' in (await signIn()))
})

test('the failure after a lock has run out is the first of a new count', async (t) => {
  const { signIn, after } = await authOfOneOfficer(t)
  for (let i = 0; i < 5; i++) await signIn('Falsch-wort-1')
  after('PT15M')
  assert.deepEqual(await signIn('Falsch-wort-1'), { refused: 'wrong' })
  assert.ok('ok' in (await signIn()))
})

test('a right password sets the count back', async (t) => {
  const { signIn } = await authOfOneOfficer(t)
  for (let i = 0; i < 4; i++) await signIn('Falsch-wort-1')
  assert.ok('ok' in (await signIn()))
  for (let i = 0; i < 4; i++) assert.deepEqual(await signIn('Falsch-wort-1'), { refused: 'wrong' })
})

test('attempts made at the same moment do not get past the limit', async (t) => {
  const { signIn } = await authOfOneOfficer(t)
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn('Falsch-wort-1')))
  const count = (refused: string) => answers.filter((one) => 'refused' in one && one.refused === refused).length
  assert.deepEqual([count('wrong'), count('locked')], [4, 8])
})

test('a lock can be taken off, and the ledger is told', async (t) => {
  const { auth, signIn, told } = await authOfOneOfficer(t)
  for (let i = 0; i < 5; i++) await signIn('Falsch-wort-1')
  await auth.unlock(NUMBER)
  assert.deepEqual([told.at(-1)?.event, told.at(-1)?.data.personId], ['unlocked', PERSON])
  assert.ok('ok' in (await signIn()))
})

test('what is typed as a number reaches the database only as a keyed hash', async (t) => {
  const { signIn, admin } = await authOfOneOfficer(t)
  await signIn('whatever', PASSWORD)
  const { rows } = await admin.query('select number_hash from auth.lockout')
  assert.match(rows[0].number_hash, /^[\w-]{43}$/)
})

test('a disabled account is answered like a wrong password, leaves no session, and works again when enabled', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  assert.equal(await officer.auth.disableUser(PERSON), true)
  assert.equal(await officer.auth.sessionOf(cookie), null)
  assert.deepEqual(await officer.signIn(), { refused: 'wrong' })
  assert.equal((await officer.admin.query('select from auth.session')).rowCount, 0)
  await officer.auth.enableUser(PERSON)
  assert.ok('ok' in (await officer.signIn()))
})

test('when too many wait for a derivation the next is told to come back, and is not counted as a failure', async (t) => {
  const { signIn, admin } = await authOfOneOfficer(t, { parameters: { argonWaiting: 0 } })
  assert.deepEqual(await signIn(), { refused: 'busy' })
  assert.equal((await admin.query('select from auth.lockout')).rowCount, 0)
})

test('a broken database is an error, not a wrong password, and locks nobody out', async (t) => {
  const { signIn, admin } = await authOfOneOfficer(t)
  await signIn('Falsch-wort-1')
  await admin.query('alter table auth.account rename to account_gone')
  for (let i = 0; i < 5; i++) await assert.rejects(signIn())
  await admin.query('alter table auth.account_gone rename to account')
  const { rows } = await admin.query('select failures, locked_until from auth.lockout')
  assert.deepEqual(rows, [{ failures: 1, locked_until: null }])
})

test('the serving role can neither move an account to another person nor delete it; the public role sees nothing', async (t) => {
  const { pool, admin } = await authOfOneOfficer(t)
  const denied = { code: '42501' }
  await assert.rejects(pool.query('update auth."user" set person_id = gen_random_uuid()'), denied)
  await assert.rejects(pool.query(`update auth."user" set police_no = 'x'`), denied)
  await assert.rejects(pool.query('delete from auth."user"'), denied)
  await assert.rejects(pool.query('delete from auth.account'), denied)
  const { rows } = await admin.query(`select has_schema_privilege('jingmin_public', 'auth', 'usage') as can`)
  assert.equal(rows[0].can, false)
})
