import { createHmac } from 'node:crypto'
import { onlyCookie, signedCookie } from './cookies.ts'
import type { Origin } from './events.ts'
import type { AuthHouse } from './house.ts'
import { type ProofRefusal, withPassword } from './password-proof.ts'
import type { NextStep, Sessions } from './sessions.ts'
import { begin, cookieHeaderOf, isRefusal, libraryHeaders, refusalCode } from './sign-in.ts'

export type SecondFactorResult =
  | { ok: true; setCookies: string[]; next: NextStep }
  | { refused: 'wrong' | 'locked' | 'expired' | 'signed-out' | 'already-enrolled' }

export type EnrolmentResult =
  | { ok: true; totpURI: string; backupCodes: string[] }
  | ProofRefusal
  | { refused: 'already-enrolled' }

const TOTP = /^\d{6}$/
/** The library accepts a code for 90 seconds; after a day the same six digits are another code. */
const SPENT_MEMORY = Temporal.Duration.from('PT24H')

/** Enrolment and use of the authenticator app. The codes themselves are the library's business. */
export function createSecondFactor(house: AuthHouse, sessions: Sessions) {
  return {
    /** The second step of a sign-in: a code of the app, or one of the backup codes. */
    async verifySecondFactor(cookieHeader: string | undefined, code: string, origin: Origin = {}) {
      const userId = await waitingUser(house, cookieHeader)
      if (!userId) return { refused: 'expired' } satisfies SecondFactorResult
      return judge(house, sessions, { userId, code: code.trim(), cookie: house.names.challenge, cookieHeader, origin })
    },

    /** Makes a secret, once the password is proved. It counts only after `confirmEnrolment`. */
    async enrolSecondFactor(cookieHeader: string | undefined, password: string): Promise<EnrolmentResult> {
      return withPassword<EnrolmentResult>(house, sessions, cookieHeader, async (session, headers) => {
        if (session.secondFactorEnrolled) return { refused: 'already-enrolled' }
        const made = await house.library.api.enableTwoFactor({ body: { password, method: 'totp' }, headers })
        if (made.method !== 'totp') throw new Error('the library gave no secret')
        return { ok: true, totpURI: made.totpURI, backupCodes: made.backupCodes }
      })
    },

    /** The first code of the app. The session gets a new token and is done with the second factor. */
    async confirmEnrolment(cookieHeader: string | undefined, code: string): Promise<SecondFactorResult> {
      const session = await sessions.of(cookieHeader)
      if (!session) return { refused: 'signed-out' }
      // For an enrolled user this would be a place to guess codes without a limit.
      if (session.secondFactorEnrolled) return { refused: 'already-enrolled' }
      const { userId } = session
      if (!TOTP.test(code.trim())) return { refused: 'wrong' }
      return judge(house, sessions, {
        userId,
        code: code.trim(),
        cookie: house.names.session,
        cookieHeader,
        origin: {},
      })
    },
  }
}

type Judged = { userId: string; code: string; cookie: string; cookieHeader: string | undefined; origin: Origin }

async function judge(house: AuthHouse, sessions: Sessions, input: Judged): Promise<SecondFactorResult> {
  const told = { at: house.now(), personId: await personOf(house, input.userId), ...input.origin }
  const refuse = async (refused: 'wrong' | 'locked' | 'expired', reason: string) => {
    await house.onEvent('second-factor-failed', { ...told, reason })
    return { refused }
  }
  await sessions.checkClock(told.at)
  if (await isSpent(house, input)) return refuse('wrong', 'replayed')
  const answer = await askLibrary(house, input)
  if (!answer.ok) {
    if (answer.code === 'ACCOUNT_TEMPORARILY_LOCKED') return refuse('locked', 'locked')
    const over = ['INVALID_TWO_FACTOR_COOKIE', 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE'].includes(answer.code)
    return over ? refuse('expired', 'expired') : refuse('wrong', 'wrong')
  }
  if (!(await spend(house, input, told.at))) {
    // Two requests with the same code at the same moment: the second one's session is taken back.
    const session = await sessions.of(cookieHeaderOf(answer.setCookies))
    if (session) await sessions.end(session.sessionId)
    return refuse('wrong', 'replayed')
  }
  const enrolled = input.cookie === house.names.session
  if (enrolled) await house.onEvent('second-factor-enrolled', told)
  return { ok: true, setCookies: answer.setCookies, next: await begin(house, sessions, answer.setCookies, told) }
}

type Judgement = { ok: true; setCookies: string[] } | { ok: false; code: string }

async function askLibrary(house: AuthHouse, { code, cookie, cookieHeader, origin }: Judged): Promise<Judgement> {
  const headers = libraryHeaders(origin, onlyCookie(cookieHeader, cookie))
  const call = { body: { code }, headers, returnHeaders: true as const }
  const { api } = house.library
  try {
    const done = TOTP.test(code) ? await api.verifyTOTP(call) : await api.verifyBackupCode(call)
    return { ok: true, setCookies: done.headers.getSetCookie() }
  } catch (error) {
    if (isRefusal(error)) return { ok: false, code: refusalCode(error) }
    throw error
  }
}

/** Whose sign-in this cookie continues, or null if there is none or it is over. */
async function waitingUser(house: AuthHouse, cookieHeader: string | undefined): Promise<string | null> {
  const challenge = signedCookie(cookieHeader, house.names.challenge, house.secret)
  if (!challenge) return null
  const { internalAdapter } = await house.library.$context
  const waiting = await internalAdapter.findVerificationValue(challenge)
  if (!waiting) return null
  const user = await house.db
    .selectFrom('auth.user')
    .select('id')
    .where('id', '=', waiting.value)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return user?.id ?? null
}

async function personOf(house: AuthHouse, userId: string): Promise<string | null> {
  const row = await house.db.selectFrom('auth.user').select('person_id').where('id', '=', userId).executeTakeFirst()
  return row?.person_id ?? null
}

const codeHash = (house: AuthHouse, { userId, code }: Judged) =>
  createHmac('sha256', house.secret).update(`spent:${userId}:${code}`).digest('base64url')

async function isSpent(house: AuthHouse, input: Judged): Promise<boolean> {
  const row = await house.db
    .selectFrom('auth.spent_code')
    .select('spent_at')
    .where('user_id', '=', input.userId)
    .where('code_hash', '=', codeHash(house, input))
    .executeTakeFirst()
  return row !== undefined
}

/** Marks the code as used; false if somebody was first. */
async function spend(house: AuthHouse, input: Judged, at: Temporal.Instant): Promise<boolean> {
  const old = at.subtract(SPENT_MEMORY).toString()
  await house.db.deleteFrom('auth.spent_code').where('user_id', '=', input.userId).where('spent_at', '<', old).execute()
  const row = await house.db
    .insertInto('auth.spent_code')
    .values({ user_id: input.userId, code_hash: codeHash(house, input), spent_at: at.toString() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}
