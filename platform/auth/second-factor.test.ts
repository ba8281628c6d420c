import assert from 'node:assert/strict'
import test from 'node:test'
import {
  authOfOneOfficer,
  codeOf,
  cookieAfterSignIn,
  type Officer,
  PASSWORD,
  PERSON,
  wrongCodeFor,
} from './auth-fixture.ts'
import { nextStepOf } from './sessions.ts'
import { cookieHeaderOf } from './sign-in.ts'

/** Enrols with the code before the current one, so that the current and the next are unspent. */
async function enrolled(officer: Officer) {
  const cookie = await cookieAfterSignIn(officer)
  const made = await officer.auth.enrolSecondFactor(cookie, PASSWORD)
  assert.ok('ok' in made)
  const confirmed = await officer.auth.confirmEnrolment(cookie, codeOf(made.totpURI))
  assert.ok('ok' in confirmed)
  return { ...made, old: cookie, cookie: cookieHeaderOf(confirmed.setCookies), next: confirmed.next }
}

async function waiting(officer: Officer): Promise<string> {
  const result = await officer.signIn()
  assert.ok('ok' in result)
  assert.equal(result.next, 'second-factor')
  return cookieHeaderOf(result.setCookies)
}

test('whoever needs a second factor and has none is sent to enrol, and is through with the first code', async (t) => {
  const officer = await authOfOneOfficer(t, { needs: true })
  const result = await officer.signIn()
  assert.ok('ok' in result)
  assert.equal(result.next, 'enrol-second-factor')
  const before = await officer.auth.sessionOf(cookieHeaderOf(result.setCookies))
  assert.deepEqual([before?.secondFactorDone, nextStepOf(before!, true)], [false, 'enrol-second-factor'])
  const { old, cookie, next } = await enrolled(officer)
  assert.equal(next, 'done')
  const session = await officer.auth.sessionOf(cookie)
  assert.deepEqual([session?.secondFactorDone, session?.secondFactorEnrolled], [true, true])
  assert.equal(await officer.auth.sessionOf(old), null, 'the token is another one after enrolment')
})

test('a session renewed by enrolment still ends eight hours after sign-in', async (t) => {
  const officer = await authOfOneOfficer(t)
  const signedInAt = officer.clock.now()
  const first = await cookieAfterSignIn(officer)
  officer.after('PT15M')
  const made = await officer.auth.enrolSecondFactor(first, PASSWORD)
  assert.ok('ok' in made)
  const confirmed = await officer.auth.confirmEnrolment(first, codeOf(made.totpURI))
  assert.ok('ok' in confirmed)
  const session = await officer.auth.sessionOf(cookieHeaderOf(confirmed.setCookies))
  assert.equal(session?.signedInAt.toString(), signedInAt.toString())
})

test('password alone opens nothing once a second factor is enrolled; the right code completes the sign-in', async (t) => {
  const officer = await authOfOneOfficer(t)
  const { totpURI } = await enrolled(officer)
  const cookie = await waiting(officer)
  assert.equal(await officer.auth.sessionOf(cookie), null)
  const done = await officer.auth.verifySecondFactor(cookie, codeOf(totpURI, 1), { ip: '10.0.0.9' })
  assert.ok('ok' in done)
  assert.equal(done.next, 'done')
  const session = await officer.auth.sessionOf(cookieHeaderOf(done.setCookies))
  assert.deepEqual([session?.personId, session?.secondFactorDone], [PERSON, true])
  assert.deepEqual([officer.told.at(-1)?.event, officer.told.at(-1)?.data.ip], ['signed-in', '10.0.0.9'])
  for (const line of done.setCookies) assert.match(line, /^__Host-jingmin\.[\w.]+=.*Path=\/.*Secure/)
})

test('a wrong code is refused and the sign-in goes on waiting', async (t) => {
  const officer = await authOfOneOfficer(t)
  const { totpURI } = await enrolled(officer)
  const cookie = await waiting(officer)
  assert.deepEqual(await officer.auth.verifySecondFactor(cookie, wrongCodeFor(totpURI)), { refused: 'wrong' })
  assert.deepEqual([officer.told.at(-1)?.event, officer.told.at(-1)?.data.personId], ['second-factor-failed', PERSON])
  assert.ok('ok' in (await officer.auth.verifySecondFactor(cookie, codeOf(totpURI, 1))))
})

test('a code that was used once is refused, though it is still current', async (t) => {
  const officer = await authOfOneOfficer(t)
  const { totpURI } = await enrolled(officer)
  const code = codeOf(totpURI, 1)
  assert.ok('ok' in (await officer.auth.verifySecondFactor(await waiting(officer), code)))
  assert.deepEqual(await officer.auth.verifySecondFactor(await waiting(officer), code), { refused: 'wrong' })
  assert.equal(officer.told.at(-1)?.data.reason, 'replayed')
})

test('of two requests with the same code at the same moment one gets a session', async (t) => {
  const officer = await authOfOneOfficer(t)
  const { totpURI } = await enrolled(officer)
  await officer.auth.signOutEverywhere(PERSON)
  const cookies = [await waiting(officer), await waiting(officer)]
  const code = codeOf(totpURI, 1)
  const answers = await Promise.all(cookies.map((cookie) => officer.auth.verifySecondFactor(cookie, code)))
  assert.equal(answers.filter((one) => 'ok' in one).length, 1)
  assert.equal((await officer.admin.query('select from auth.session')).rowCount, 1)
})

test('five wrong codes lock the second factor also for a fresh sign-in with the right code', async (t) => {
  const officer = await authOfOneOfficer(t)
  const { totpURI } = await enrolled(officer)
  const cookie = await waiting(officer)
  const wrong = wrongCodeFor(totpURI)
  for (let i = 0; i < 5; i++)
    assert.deepEqual(await officer.auth.verifySecondFactor(cookie, wrong), { refused: 'wrong' })
  const fresh = await waiting(officer)
  assert.deepEqual(await officer.auth.verifySecondFactor(fresh, codeOf(totpURI, 1)), { refused: 'locked' })
})

test('a backup code works once', async (t) => {
  const officer = await authOfOneOfficer(t)
  const { backupCodes } = await enrolled(officer)
  const code = backupCodes[0]!
  assert.ok('ok' in (await officer.auth.verifySecondFactor(await waiting(officer), code)))
  assert.deepEqual(await officer.auth.verifySecondFactor(await waiting(officer), code), { refused: 'wrong' })
})

test('without a sign-in that waits there is nothing to verify', async (t) => {
  const officer = await authOfOneOfficer(t)
  const { totpURI, cookie } = await enrolled(officer)
  assert.deepEqual(await officer.auth.verifySecondFactor(undefined, codeOf(totpURI, 1)), { refused: 'expired' })
  assert.deepEqual(await officer.auth.verifySecondFactor(cookie, codeOf(totpURI, 1)), { refused: 'expired' })
})

test('signing out everywhere also ends a sign-in that waits for its code', async (t) => {
  const officer = await authOfOneOfficer(t)
  const { totpURI } = await enrolled(officer)
  const cookie = await waiting(officer)
  await officer.auth.signOutEverywhere(PERSON)
  assert.deepEqual(await officer.auth.verifySecondFactor(cookie, codeOf(totpURI, 1)), { refused: 'expired' })
})

test('enrolment asks for the password, and is not done twice', async (t) => {
  const officer = await authOfOneOfficer(t)
  const plain = await cookieAfterSignIn(officer)
  assert.deepEqual(await officer.auth.enrolSecondFactor(plain, 'Falsch-wort-1'), { refused: 'wrong' })
  assert.deepEqual(await officer.auth.enrolSecondFactor(undefined, PASSWORD), { refused: 'signed-out' })
  const { cookie, totpURI } = await enrolled(officer)
  assert.deepEqual(await officer.auth.enrolSecondFactor(cookie, PASSWORD), { refused: 'already-enrolled' })
  assert.deepEqual(await officer.auth.confirmEnrolment(cookie, codeOf(totpURI, 1)), { refused: 'already-enrolled' })
})

test('neither the secret nor a backup code can be read in the database', async (t) => {
  const officer = await authOfOneOfficer(t)
  const { totpURI, backupCodes } = await enrolled(officer)
  const { rows } = await officer.admin.query('select secret, backup_codes from auth.two_factor')
  const secret = new URL(totpURI).searchParams.get('secret')!
  assert.ok(!rows[0].secret.includes(secret))
  for (const code of backupCodes) assert.ok(!rows[0].backup_codes.includes(code))
})

test('after a lost phone the second factor is taken off and enrolled anew', async (t) => {
  const officer = await authOfOneOfficer(t, { needs: true })
  const { cookie } = await enrolled(officer)
  assert.equal(await officer.auth.resetSecondFactor(PERSON), true)
  assert.equal(await officer.auth.sessionOf(cookie), null)
  const result = await officer.signIn()
  assert.ok('ok' in result)
  assert.equal(result.next, 'enrol-second-factor')
})
