import type { AuthHouse } from './house.ts'
import { normalNumber } from './lockout.ts'
import { type PasswordRefusal, passwordRefusal } from './password-policy.ts'
import type { Sessions } from './sessions.ts'

export type NewAccount = {
  personId: string
  number: string
  password: string
  /** Default true: the one who made the account knows its password. */
  mustChangePassword?: boolean
}

/** Accounts and what an administrator does to them. Who may do so is decided by the caller. */
export function createAccounts(house: AuthHouse, sessions: Sessions) {
  const userOf = (personId: string) =>
    house.db.selectFrom('auth.user').select(['id', 'police_no']).where('person_id', '=', personId).executeTakeFirst()

  async function setDisabled(personId: string, disabled: boolean): Promise<boolean> {
    const user = await userOf(personId)
    if (!user) return false
    const at = house.now()
    const disabledAt = disabled ? at.toString() : null
    await house.db.updateTable('auth.user').set({ disabled_at: disabledAt }).where('id', '=', user.id).execute()
    if (disabled) await sessions.endAllOfUser(user.id)
    await house.onEvent(disabled ? 'account-disabled' : 'account-enabled', { at, personId })
    return true
  }

  return {
    addUser: (account: NewAccount) => addUser(house, account),

    /** Somebody has left or is suspended: no sign-in, no session, from the next request on. False: no account. */
    disableUser: (personId: string) => setDisabled(personId, true),
    enableUser: (personId: string) => setDisabled(personId, false),

    /** Ends every session of a person. Returns how many there were. */
    async signOutEverywhere(personId: string): Promise<number> {
      const user = await userOf(personId)
      const count = user ? await sessions.endAllOfUser(user.id) : 0
      await house.onEvent('signed-out-everywhere', { at: house.now(), personId })
      return count
    },

    /** For a lost phone. Ends all sessions; whoever needs a second factor enrols anew at the next sign-in. */
    async resetSecondFactor(personId: string): Promise<boolean> {
      const user = await userOf(personId)
      if (!user) return false
      await house.db.transaction().execute(async (trx) => {
        await trx.deleteFrom('auth.two_factor').where('user_id', '=', user.id).execute()
        await trx.updateTable('auth.user').set({ two_factor_enabled: false }).where('id', '=', user.id).execute()
      })
      await sessions.endAllOfUser(user.id)
      await house.onEvent('second-factor-reset', { at: house.now(), personId })
      return true
    },

    /** Takes a lock off before its time. */
    async unlock(number: string): Promise<void> {
      await house.lockout.clear(number)
      const user = await house.db
        .selectFrom('auth.user')
        .select('person_id')
        .where('police_no', '=', normalNumber(number))
        .executeTakeFirst()
      await house.onEvent('unlocked', { at: house.now(), personId: user?.person_id ?? null })
    },
  }
}

async function addUser(
  house: AuthHouse,
  { personId, number, password, mustChangePassword = true }: NewAccount,
): Promise<{ ok: true; userId: string } | { refused: PasswordRefusal | 'number-taken' }> {
  const refusal = passwordRefusal(password, number)
  if (refusal) return { refused: refusal }
  const hash = await house.hasher.hash(password)
  const at = house.now()
  const policeNo = normalNumber(number)
  const userId = await house.db.transaction().execute(async (trx) => {
    const user = await trx
      .insertInto('auth.user')
      .values({
        person_id: personId,
        police_no: policeNo,
        police_no_shown: number.trim(),
        name: number.trim(),
        email: policeNo,
        must_change_password: mustChangePassword,
        password_changed_at: at.toString(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!user) return null
    const credential = { user_id: user.id, provider_id: 'credential', account_id: user.id, password: hash }
    await trx.insertInto('auth.account').values(credential).execute()
    const first = { user_id: user.id, password: hash, set_at: at.toString() }
    await trx.insertInto('auth.password_history').values(first).execute()
    return user.id
  })
  if (!userId) return { refused: 'number-taken' }
  await house.onEvent('account-added', { at, personId })
  return { ok: true, userId }
}
