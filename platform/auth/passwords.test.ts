import assert from 'node:assert/strict'
import test from 'node:test'
import { createPasswordHasher } from './argon.ts'
import { authOfOneOfficer, cookieAfterSignIn, NUMBER, PASSWORD, PERSON } from './auth-fixture.ts'
import { ARGON_FLOOR } from './parameters.ts'
import { passwordRefusal } from './password-policy.ts'
import { cookieHeaderOf } from './sign-in.ts'

const NEXT = 'Heping-Dajie-88'

test('the password policy names what is missing', () => {
  const cases: [string, ReturnType<typeof passwordRefusal>][] = [
    ['Abcdef-12', 'password-too-short'],
    ['Abcdef-123', null],
    ['abcdefgh12', 'password-too-simple'],
    ['ABCDEFGH-12', null],
    ['警民桥连心桥警民桥12', 'password-too-simple'],
    ['Ab-j012345-cd', 'password-contains-number'],
    [`Aa1-${'x'.repeat(125)}`, 'password-too-long'],
  ]
  for (const [password, expected] of cases) assert.equal(passwordRefusal(password, NUMBER), expected, password)
})

test('a hash names its cost, differs each time, and matches only its password in any Unicode form', async () => {
  const hasher = createPasswordHasher(ARGON_FLOOR, 2, 10)
  const [one, two] = [await hasher.hash('Pässword-1'), await hasher.hash('Pässword-1')]
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.notEqual(one, two)
  assert.equal(await hasher.verify(one, 'Pässword-1'.normalize('NFD')), true)
  assert.equal(await hasher.verify(one, 'Passwort-1'), false)
  assert.equal(await hasher.verify('$argon2id$broken', 'Pässword-1'), false)
})

test('derivations beyond the limit wait their turn, and all come to an end', async () => {
  const hasher = createPasswordHasher(ARGON_FLOOR, 2, 3)
  const all = Array.from({ length: 5 }, () => hasher.hash('x'))
  assert.equal(hasher.full(), true)
  assert.equal(new Set(await Promise.all(all)).size, 5)
  assert.equal(hasher.full(), false)
})

test('changing the password asks for the old one and ends the other sessions', async (t) => {
  const officer = await authOfOneOfficer(t)
  const other = await cookieAfterSignIn(officer)
  const own = await cookieAfterSignIn(officer)
  const wrong = { current: 'Falsch-wort-1', next: NEXT }
  assert.deepEqual(await officer.auth.changePassword(own, wrong), { refused: 'wrong' })
  assert.deepEqual(await officer.auth.changePassword(own, { current: PASSWORD, next: NEXT }), { ok: true })
  assert.ok(await officer.auth.sessionOf(own))
  assert.equal(await officer.auth.sessionOf(other), null)
  assert.deepEqual(await officer.signIn(PASSWORD), { refused: 'wrong' })
  assert.ok('ok' in (await officer.signIn(NEXT)))
})

test('a weak or recently used password is refused', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  const change = (current: string, next: string) => {
    officer.after('PT1S')
    return officer.auth.changePassword(cookie, { current, next })
  }
  assert.deepEqual(await change(PASSWORD, 'short'), { refused: 'password-too-short' })
  assert.deepEqual(await change(PASSWORD, PASSWORD), { refused: 'password-used-before' })
  const later = [1, 2, 3, 4, 5].map((n) => `Another-word-${n}`)
  let current = PASSWORD
  for (const next of later) {
    assert.deepEqual(await change(current, next), { ok: true })
    current = next
  }
  assert.deepEqual(await change(current, later[0]!), { refused: 'password-used-before' })
  assert.deepEqual(await change(current, PASSWORD), { ok: true }, 'the sixth before counts no longer')
})

test('guessing the old password from inside a session locks like guessing at the door', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  const guess = () => officer.auth.confirmPassword(cookie, 'Falsch-wort-1')
  for (let i = 0; i < 4; i++) assert.deepEqual(await guess(), { refused: 'wrong' })
  const until = officer.clock.now().add({ minutes: 15 })
  assert.deepEqual(await guess(), { refused: 'locked', until })
  assert.deepEqual(await officer.auth.confirmPassword(cookie, PASSWORD), { refused: 'locked', until })
})

test('proving the password again moves the moment of confirmation', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  const start = officer.clock.now()
  officer.after('PT10M')
  assert.equal((await officer.auth.sessionOf(cookie))?.confirmedAt.toString(), start.toString())
  assert.deepEqual(await officer.auth.confirmPassword(cookie, PASSWORD), { ok: true })
  assert.equal((await officer.auth.sessionOf(cookie))?.confirmedAt.toString(), officer.clock.now().toString())
})

test('a password set by an administrator ends all sessions and any lock, and has to be changed', async (t) => {
  const officer = await authOfOneOfficer(t)
  const cookie = await cookieAfterSignIn(officer)
  for (let i = 0; i < 5; i++) await officer.signIn('Falsch-wort-1')
  assert.deepEqual(await officer.auth.setPassword(PERSON, 'short'), { refused: 'password-too-short' })
  assert.deepEqual(await officer.auth.setPassword(PERSON, NEXT), { ok: true })
  assert.equal(await officer.auth.sessionOf(cookie), null)
  const result = await officer.signIn(NEXT)
  assert.ok('ok' in result)
  assert.equal(result.next, 'change-password')
  const own = cookieHeaderOf(result.setCookies)
  officer.after('PT1S')
  assert.deepEqual(await officer.auth.changePassword(own, { current: NEXT, next: 'Own-choice-2026' }), { ok: true })
  assert.equal((await officer.auth.sessionOf(own))?.mustChangePassword, false)
})

test('a password of 90 days has to be changed', async (t) => {
  const officer = await authOfOneOfficer(t)
  officer.after('PT2159H')
  const result = await officer.signIn()
  assert.ok('ok' in result)
  assert.equal(result.next, 'done')
  officer.after('PT1H')
  const late = await officer.signIn()
  assert.ok('ok' in late)
  assert.equal(late.next, 'change-password')
})

test('one person and one number have one account', async (t) => {
  const { auth } = await authOfOneOfficer(t)
  const account = { personId: PERSON, number: NUMBER.toLowerCase(), password: NEXT }
  assert.deepEqual(await auth.addUser(account), { refused: 'number-taken' })
  assert.deepEqual(await auth.addUser({ ...account, password: 'short' }), { refused: 'password-too-short' })
})

test('the database holds passwords as argon2id and refuses anything else', async (t) => {
  const { admin } = await authOfOneOfficer(t)
  const { rows } = await admin.query('select password from auth.account')
  assert.match(rows[0].password, /^\$argon2id\$v=19\$/)
  await assert.rejects(admin.query('update auth.account set password = $1', [PASSWORD]), { code: '23514' })
})
