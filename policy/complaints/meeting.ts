/** Who has to be there: the leadership team and the head of each unit (R120). `personId` null: the post is vacant. */
export type Required = { personId: string | null; role: 'leadership' | 'unit_head'; unitId: string | null }

/** What the minutes say of a person. Leave counts when the chair gave it; the chair cannot give it to himself. */
export type Attended = { personId: string; kind: 'present' } | { personId: string; kind: 'leave'; grantedBy: string }

/** Somebody who came in the place of a head: noted, and not counted as the head. */
export type Deputy = { unitId: string; personId: string }

export type AttendanceState = 'present' | 'leave' | 'absent' | 'vacant'

export type AttendanceRow = Required & { state: AttendanceState; deputyId: string | null }

export type Attendance = { rows: AttendanceRow[]; required: number; present: number; leave: number; absent: number }

/**
 * Attendance of a meeting. A deputy is not the head, and absence needs leave from the chair (R120). Whoever is required
 * twice, as a leader and as a head, is counted once. A vacant post is shown and counted as absent.
 */
export function attendance(
  required: readonly Required[],
  attended: readonly Attended[],
  deputies: readonly Deputy[],
  chairId: string,
): Attendance {
  const rows = withoutRepetition(required).map((one) => ({
    ...one,
    state: stateOf(one, attended, chairId),
    deputyId:
      one.role === 'unit_head' ? (deputies.find(({ unitId }) => unitId === one.unitId)?.personId ?? null) : null,
  }))
  const count = (...states: AttendanceState[]) => rows.filter(({ state }) => states.includes(state)).length
  return {
    rows,
    required: rows.length,
    present: count('present'),
    leave: count('leave'),
    absent: count('absent', 'vacant'),
  }
}

function withoutRepetition(required: readonly Required[]): Required[] {
  return required.filter(
    ({ personId }, place) => personId === null || required.findIndex((other) => other.personId === personId) === place,
  )
}

function stateOf({ personId }: Required, attended: readonly Attended[], chairId: string): AttendanceState {
  if (personId === null) return 'vacant'
  const own = attended.filter((one) => one.personId === personId)
  if (own.some(({ kind }) => kind === 'present')) return 'present'
  const excused = own.some((one) => one.kind === 'leave' && one.grantedBy === chairId && chairId !== personId)
  return excused ? 'leave' : 'absent'
}

/** The agenda of every meeting, in this order: first what the last one left open (R121, R122, R126, R135). */
export const agenda = [
  'open_measures',
  'month_figures',
  'cases_and_causes',
  'early_warnings',
  'deductions_not_done',
  'new_measures',
] as const
export type AgendaItem = (typeof agenda)[number]

/** A measure stays on the agenda until it was evaluated; that its date has passed or that it was done is not enough. */
export function carriedOver<T extends { evaluatedOn: Temporal.PlainDate | null }>(measures: readonly T[]): T[] {
  return measures.filter(({ evaluatedOn }) => evaluatedOn === null)
}
