import { onlyCookie } from './cookies.ts'
import type { AuthHouse } from './house.ts'
import type { Session, Sessions } from './sessions.ts'
import { isRefusal, libraryHeaders, unjudged } from './sign-in.ts'

export type ProofRefusal =
  | { refused: 'signed-out' }
  | { refused: 'wrong' }
  | { refused: 'locked'; until: Temporal.Instant }
  | { refused: 'busy' }

/**
 * Asks a signed-in person for the password again, under the same lockout as sign-in, so that a stolen session
 * cannot be used to guess it. `accept` runs the library's call; its refusal counts as a wrong password.
 */
export async function withPassword<T>(
  house: AuthHouse,
  sessions: Sessions,
  cookieHeader: string | undefined,
  accept: (session: Session, headers: Headers) => Promise<T>,
): Promise<T | ProofRefusal> {
  const session = await sessions.of(cookieHeader)
  if (!session) return { refused: 'signed-out' }
  if (house.hasher.full()) return { refused: 'busy' }
  const at = house.now()
  const told = { at, personId: session.personId, sessionId: session.sessionId }
  const attempt = await house.lockout.begin(session.policeNumber, at)
  if (attempt.locked) return { refused: 'locked', until: attempt.until }
  try {
    const answer = await accept(session, libraryHeaders({}, onlyCookie(cookieHeader, house.names.session)))
    await house.lockout.clear(session.policeNumber)
    return answer
  } catch (error) {
    if (!isRefusal(error)) return await unjudged(house, session.policeNumber, error)
    await house.onEvent('sign-in-failed', { ...told, reason: 'password-proof' })
    if (!attempt.until) return { refused: 'wrong' }
    await house.onEvent('locked', told)
    return { refused: 'locked', until: attempt.until }
  }
}

/** Proves the password once more; `confirmedAt` of the session moves to now. */
export function createConfirmPassword(house: AuthHouse, sessions: Sessions) {
  return (cookieHeader: string | undefined, password: string): Promise<{ ok: true } | ProofRefusal> =>
    withPassword(house, sessions, cookieHeader, async (session, headers) => {
      await house.library.api.verifyPassword({ body: { password }, headers })
      const at = house.now()
      await house.db
        .updateTable('auth.session')
        .set({ confirmed_at: at.toString() })
        .where('id', '=', session.sessionId)
        .execute()
      await house.onEvent('password-confirmed', { at, personId: session.personId, sessionId: session.sessionId })
      return { ok: true as const }
    })
}
