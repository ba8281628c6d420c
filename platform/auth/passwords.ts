import type { AuthHouse } from './house.ts'
import { type PasswordRefusal, passwordRefusal } from './password-policy.ts'
import { type ProofRefusal, withPassword } from './password-proof.ts'
import type { Sessions } from './sessions.ts'

export type NewPasswordRefusal = { refused: PasswordRefusal | 'password-used-before' }

/** Changing a password oneself, and setting it for somebody who lost his. */
export function createPasswords(house: AuthHouse, sessions: Sessions) {
  return {
    /** Ends all other sessions of the same person; the one in use goes on. */
    async changePassword(
      cookieHeader: string | undefined,
      passwords: { current: string; next: string },
    ): Promise<{ ok: true } | ProofRefusal | NewPasswordRefusal> {
      return withPassword<{ ok: true } | NewPasswordRefusal>(
        house,
        sessions,
        cookieHeader,
        async (session, headers) => {
          await house.library.api.verifyPassword({ body: { password: passwords.current }, headers })
          const refusal = await refusalOf(house, session.userId, session.policeNumber, passwords.next)
          if (refusal) return { refused: refusal }
          const at = await store(house, session.userId, passwords.next, false)
          await sessions.endAllOfUser(session.userId, session.sessionId)
          await house.onEvent('password-changed', { at, personId: session.personId, sessionId: session.sessionId })
          return { ok: true }
        },
      )
    },

    /** By an administrator. Ends all sessions and any lock; the owner has to choose his own at the next sign-in. */
    async setPassword(
      personId: string,
      password: string,
    ): Promise<{ ok: true } | NewPasswordRefusal | { refused: 'no-account' }> {
      const user = await house.db
        .selectFrom('auth.user')
        .select(['id', 'police_no'])
        .where('person_id', '=', personId)
        .executeTakeFirst()
      if (!user) return { refused: 'no-account' }
      const refusal = await refusalOf(house, user.id, user.police_no, password)
      if (refusal) return { refused: refusal }
      const at = await store(house, user.id, password, true)
      await sessions.endAllOfUser(user.id)
      await house.lockout.clear(user.police_no)
      await house.onEvent('password-set', { at, personId })
      return { ok: true }
    },
  }
}

async function refusalOf(house: AuthHouse, userId: string, number: string, password: string) {
  const refusal = passwordRefusal(password, number)
  if (refusal) return refusal
  const former = await house.db
    .selectFrom('auth.password_history')
    .select('password')
    .where('user_id', '=', userId)
    .orderBy('set_at', 'desc')
    .limit(house.parameters.passwordHistory)
    .execute()
  for (const { password: stored } of former) {
    if (await house.hasher.verify(stored, password)) return 'password-used-before' as const
  }
  return null
}

async function store(house: AuthHouse, userId: string, password: string, mustChange: boolean) {
  const hash = await house.hasher.hash(password)
  const now = house.now()
  const at = now.toString()
  await house.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('auth.account')
      .set({ password: hash, updated_at: at })
      .where('user_id', '=', userId)
      .where('provider_id', '=', 'credential')
      .execute()
    await trx
      .updateTable('auth.user')
      .set({ password_changed_at: at, must_change_password: mustChange })
      .where('id', '=', userId)
      .execute()
    await trx
      .insertInto('auth.password_history')
      .values({ user_id: userId, password: hash, set_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
  return now
}
