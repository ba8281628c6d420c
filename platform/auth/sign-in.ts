import { isAPIError } from 'better-auth/api'
import type { Origin } from './events.ts'
import type { AuthHouse } from './house.ts'
import { IP_HEADER } from './library.ts'
import { normalNumber } from './lockout.ts'
import type { NextStep, Sessions } from './sessions.ts'
import { nextStepOf } from './sessions.ts'

export type SignInResult =
  | { ok: true; setCookies: string[]; next: NextStep | 'second-factor' }
  | { refused: 'wrong' }
  | { refused: 'locked'; until: Temporal.Instant }
  | { refused: 'busy' }

export type SignInInput = { number: string; password: string } & Origin

/** Police number and password. Unknown, disabled and wrong give one answer after the same work. */
export function createSignIn(house: AuthHouse, sessions: Sessions) {
  return async (input: SignInInput): Promise<SignInResult> => {
    if (house.hasher.full()) return { refused: 'busy' }
    const at = house.now()
    await sessions.checkClock(at)
    const account = await findAccount(house, input.number)
    const told = { at, personId: account?.person_id ?? null, ip: input.ip, userAgent: input.userAgent }
    const attempt = await house.lockout.begin(input.number, at)
    if (attempt.locked) {
      await house.onEvent('sign-in-failed', { ...told, reason: 'locked' })
      return { refused: 'locked', until: attempt.until }
    }
    const answer = await askLibrary(house, input)
    if (!answer || !account || account.disabled_at !== null) {
      if (answer && account) await sessions.endAllOfUser(account.id)
      return refuse(house, attempt.until, told)
    }
    await house.lockout.clear(input.number)
    if (answer.waits) return { ok: true, setCookies: answer.setCookies, next: 'second-factor' }
    return { ok: true, setCookies: answer.setCookies, next: await begin(house, sessions, answer.setCookies, told) }
  }
}

type Told = { at: Temporal.Instant; personId: string | null } & Origin

async function refuse(house: AuthHouse, until: Temporal.Instant | null, told: Told): Promise<SignInResult> {
  await house.onEvent('sign-in-failed', { ...told, reason: 'wrong' })
  if (!until) return { refused: 'wrong' }
  await house.onEvent('locked', told)
  return { refused: 'locked', until }
}

/** Tells the ledger of a new session and says what its first page is. */
export async function begin(house: AuthHouse, sessions: Sessions, setCookies: string[], told: Told): Promise<NextStep> {
  const session = await sessions.of(cookieHeaderOf(setCookies))
  if (!session) throw new Error('a session just begun cannot be read')
  await house.onEvent('signed-in', { ...told, personId: session.personId, sessionId: session.sessionId })
  return nextStepOf(session, await house.needsSecondFactor(session.personId))
}

/** The Cookie header a browser would send after these Set-Cookie lines. */
export function cookieHeaderOf(setCookies: string[]): string {
  const pairs = setCookies.filter((line) => !/max-age=0/i.test(line)).map((line) => line.split(';')[0])
  return pairs.join('; ')
}

async function askLibrary(house: AuthHouse, input: SignInInput) {
  const body = { username: input.number, password: input.password }
  try {
    const { headers, response } = await house.library.api.signInUsername({
      body,
      headers: libraryHeaders(input),
      returnHeaders: true,
    })
    return { setCookies: headers.getSetCookie(), waits: 'twoFactorRedirect' in response }
  } catch (error) {
    return isRefusal(error) ? null : await unjudged(house, input.number, error)
  }
}

/** Nobody is locked out for a failure of ours. */
export async function unjudged(house: AuthHouse, number: string, error: unknown): Promise<never> {
  // If this fails too, the database is away, and the first error says it better.
  await house.lockout.forgive(number).catch(() => {})
  throw error
}

/** True for what the library says to a person who may not; false for what is broken. */
export const isRefusal = (error: unknown): boolean => isAPIError(error) && error.statusCode < 500

/** The code the library gives with a refusal, e.g. INVALID_CODE. */
export const refusalCode = (error: unknown): string =>
  isAPIError(error) ? String((error.body as { code?: unknown } | undefined)?.code ?? '') : ''

export function libraryHeaders(origin: Origin, cookie = ''): Headers {
  const headers = new Headers()
  if (cookie) headers.set('cookie', cookie)
  if (origin.ip) headers.set(IP_HEADER, origin.ip)
  // A header holds Latin-1 only; whatever else a browser sends is not worth refusing it.
  if (origin.userAgent) headers.set('user-agent', origin.userAgent.replace(/[^\x20-\x7e]/g, '?').slice(0, 400))
  return headers
}

function findAccount(house: AuthHouse, number: string) {
  return house.db
    .selectFrom('auth.user')
    .select(['id', 'person_id', 'disabled_at'])
    .where('police_no', '=', normalNumber(number))
    .executeTakeFirst()
}
