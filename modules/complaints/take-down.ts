import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { type Department, oralChannels, usualDepartment } from '#policy/complaints/lists.ts'
import { deskOf } from './desks.ts'
import { type AccusedTyped, type Ambiguous, readAccused } from './name-accused.ts'
import type { SubmissionInput } from './submission-input.ts'
import { type OpenedSubmission, openSubmission } from './submission-open.ts'

export type TakeDownInput = Omit<SubmissionInput, 'department' | 'accused' | 'oral'> & {
  /** The desk at which it is taken down; left out, the clerk's own. */
  department?: Department
  accused?: AccusedTyped
  /** A letter handed over in person was not spoken. */
  spoken?: boolean
}

/** Which officer is meant has to be asked; `detail.ambiguous` holds the candidates. */
export function severalOfficers(ambiguous: readonly Ambiguous[]): Problem {
  return new Problem(422, 'invalid-input', { fields: { officers: 'several-officers' }, detail: { ambiguous } })
}

/** A complaint is taken down at a desk (R112–R117). It stands in the queue of the clerk's department. */
export async function takeDown(ctx: Context, input: TakeDownInput): Promise<OpenedSubmission> {
  if (!may(ctx.actor, 'complaint.intake')) throw new Problem(403, 'not-permitted')
  const { accused, spoken, ...rest } = input
  const department = ctx.actor.kind === 'system' ? usualDepartment[input.channel] : await deskOf(ctx, input.department)
  if (!(input.channel in usualDepartment)) throw invalid({ channel: 'choose-one' })
  const read = await readAccused(ctx, accused ?? {})
  if ('ambiguous' in read) throw severalOfficers(read.ambiguous)
  const oral = spoken ?? oralChannels.includes(input.channel)
  return openSubmission(ctx, { ...rest, department, accused: read.accused, oral })
}
