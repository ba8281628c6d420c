import { dayOf } from '../context.ts'
import { signedCookie } from './cookies.ts'
import type { AuthHouse } from './house.ts'
import { sessionTokenHash } from './session-token.ts'
import { instantOf } from './tables.ts'

export type Session = {
  sessionId: string
  userId: string
  personId: string
  policeNumber: string
  signedInAt: Temporal.Instant
  /** When the password was last proved in this session. */
  confirmedAt: Temporal.Instant
  secondFactorDone: boolean
  secondFactorEnrolled: boolean
  mustChangePassword: boolean
  /** Who this is and which duties hold today, read with the session (directory.actor_of); null when no longer active. */
  person: unknown
}

export type NextStep = 'done' | 'enrol-second-factor' | 'change-password'

/** What stands between this session and the house. While it is not 'done', only that one page may be served. */
export function nextStepOf(session: Session, needsSecondFactor: boolean): NextStep {
  if (needsSecondFactor && !session.secondFactorDone) return 'enrol-second-factor'
  return session.mustChangePassword ? 'change-password' : 'done'
}

export type Sessions = {
  /** To be asked before a session is begun: if the clock was turned back, every session there is ends. */
  checkClock(now: Temporal.Instant): Promise<void>
  of(cookieHeader: string | undefined): Promise<Session | null>
  end(sessionId: string): Promise<void>
  endAllOfUser(userId: string, except?: string): Promise<number>
  purge(now: Temporal.Instant): Promise<void>
}

/**
 * Every request passes here: one indexed read, nothing remembered between requests, so what was ended or disabled
 * is gone with the next one.
 */
export function createSessions(house: AuthHouse): Sessions {
  const checkClock = createClockGuard(house)
  return {
    checkClock,
    async of(cookieHeader) {
      const token = signedCookie(cookieHeader, house.names.session, house.secret)
      if (!token) return null
      const now = house.now()
      await checkClock(now)
      const row = await readSession(house, token, now)
      if (!row) return null
      const ended = endReason(row, now, house)
      if (ended) {
        await house.db.deleteFrom('auth.session').where('id', '=', row.sessionId).execute()
        await house.onEvent('session-ended', {
          at: now,
          personId: row.personId,
          sessionId: row.sessionId,
          reason: ended,
        })
        return null
      }
      await touch(house, row, now)
      const { lastSeenAt: _, passwordChangedAt, ...session } = row
      const old = isOlder(passwordChangedAt, now, house.parameters.passwordAge)
      return { ...session, mustChangePassword: session.mustChangePassword || old }
    },
    async end(sessionId) {
      await house.db.deleteFrom('auth.session').where('id', '=', sessionId).execute()
    },
    async endAllOfUser(userId, except) {
      // A sign-in that waits for its second factor is as good as half a session.
      await house.db.deleteFrom('auth.verification').where('value', '=', userId).execute()
      let query = house.db.deleteFrom('auth.session').where('user_id', '=', userId)
      if (except) query = query.where('id', '!=', except)
      const { numDeletedRows } = await query.executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
    async purge(now) {
      const { idle, absolute } = house.parameters
      await house.db
        .deleteFrom('auth.session')
        .where((e) =>
          e.or([
            e('last_seen_at', '<=', now.subtract(idle).toString()),
            e('signed_in_at', '<=', now.subtract(absolute).toString()),
          ]),
        )
        .execute()
    },
  }
}

type SessionRow = Session & { lastSeenAt: Temporal.Instant; passwordChangedAt: Temporal.Instant }

const sessionWithPerson = {
  name: 'session-with-person',
  text: `select s.id, s.user_id, s.signed_in_at, s.last_seen_at, s.second_factor_at, s.confirmed_at, u.person_id, u.police_no_shown,
      u.two_factor_enabled, u.must_change_password, u.password_changed_at, directory.actor_of(u.person_id, $2) as person
    from auth.session s join auth."user" u on u.id = s.user_id where s.token_hash = $1 and u.disabled_at is null`,
}

async function readSession({ pool }: AuthHouse, token: string, now: Temporal.Instant): Promise<SessionRow | null> {
  const values = [sessionTokenHash(token), dayOf(now).toString()]
  const row = (await pool.query({ ...sessionWithPerson, values })).rows[0]
  if (!row) return null
  return {
    sessionId: row.id,
    userId: row.user_id,
    personId: row.person_id,
    policeNumber: row.police_no_shown,
    signedInAt: instantOf(row.signed_in_at),
    lastSeenAt: instantOf(row.last_seen_at),
    confirmedAt: instantOf(row.confirmed_at),
    secondFactorDone: row.second_factor_at !== null,
    secondFactorEnrolled: row.two_factor_enabled,
    mustChangePassword: row.must_change_password,
    passwordChangedAt: instantOf(row.password_changed_at),
    person: row.person,
  }
}

/** Ended sessions are deleted when seen, so that no later movement of the clock brings one back. */
function endReason(row: SessionRow, now: Temporal.Instant, { parameters }: AuthHouse): string | null {
  if (isOlder(row.signedInAt, now, parameters.absolute)) return 'absolute'
  if (isOlder(row.lastSeenAt, now, parameters.idle)) return 'idle'
  return null
}

const isOlder = (then: Temporal.Instant, now: Temporal.Instant, age: Temporal.Duration) =>
  Temporal.Instant.compare(then.add(age), now) <= 0

async function touch(house: AuthHouse, row: SessionRow, now: Temporal.Instant): Promise<void> {
  if (!isOlder(row.lastSeenAt, now, house.parameters.touchEvery)) return
  const at = now.toString()
  await house.db
    .updateTable('auth.session')
    .set({ last_seen_at: at })
    .where('id', '=', row.sessionId)
    .where('last_seen_at', '<', at)
    .execute()
}

/**
 * A clock turned back would make ended sessions look alive. The latest moment this process or, at its start, any
 * session knew is the mark; if the clock falls behind it by more than a correction, every session ends.
 */
function createClockGuard(house: AuthHouse) {
  let mark: Temporal.Instant | null = null
  return async (now: Temporal.Instant) => {
    mark ??= (await latestSeen(house)) ?? now
    if (Temporal.Instant.compare(now.add(house.parameters.clockStep), mark) < 0) {
      await house.db.deleteFrom('auth.session').execute()
      mark = now
      await house.onEvent('clock-turned-back', { at: now, personId: null })
    } else if (Temporal.Instant.compare(now, mark) > 0) {
      mark = now
    }
  }
}

async function latestSeen(house: AuthHouse): Promise<Temporal.Instant | null> {
  const row = await house.db
    .selectFrom('auth.session')
    .select((e) => e.fn.max('last_seen_at').as('at'))
    .executeTakeFirst()
  return row?.at ? instantOf(row.at) : null
}
