import type { ColumnType, Generated, Kysely } from 'kysely'

/** Read as whatever the pool's type parsers make of it (see `instantOf`), written as an ISO string. */
type Moment = ColumnType<unknown, string, string>
type OptionalMoment = ColumnType<unknown, string | null | undefined, string | null>

export type AuthTables = {
  'auth.user': {
    id: Generated<string>
    person_id: string
    police_no: string
    police_no_shown: string
    name: string
    email: string
    two_factor_enabled: Generated<boolean>
    must_change_password: Generated<boolean>
    password_changed_at: Moment
    disabled_at: OptionalMoment
  }
  'auth.session': {
    id: Generated<string>
    user_id: string
    token_hash: string
    signed_in_at: Moment
    last_seen_at: Moment
    second_factor_at: OptionalMoment
    confirmed_at: Moment
  }
  'auth.account': {
    id: Generated<string>
    user_id: string
    provider_id: string
    account_id: string
    password: string | null
    updated_at: ColumnType<unknown, string | undefined, string>
  }
  'auth.verification': { id: string; identifier: string; value: string; expires_at: Moment }
  'auth.two_factor': { id: string; user_id: string; verified: boolean }
  'auth.spent_code': { user_id: string; code_hash: string; spent_at: Moment }
  'auth.lockout': { number_hash: string; failures: number; last_failed_at: Moment; locked_until: OptionalMoment }
  'auth.password_history': { user_id: string; password: string; set_at: Moment }
}

export type AuthDb = Kysely<AuthTables>

/** A timestamptz as an instant, whether the pool reads it as Date, as Temporal.Instant or as text. */
export function instantOf(value: unknown): Temporal.Instant {
  if (value instanceof Temporal.Instant) return value
  if (value instanceof Date) return Temporal.Instant.fromEpochMilliseconds(value.getTime())
  return Temporal.Instant.from(String(value))
}
