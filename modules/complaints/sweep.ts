import type { Context } from '#platform/context.ts'
import { sweepClosings } from './close-case.ts'
import { sweepOverdue, sweepReminders } from './sweep-cases.ts'
import { sweepStatements } from './sweep-statements.ts'

/** All that time does to complaint cases; each round is safe to repeat and to be killed in. Returns how much was done. */
export async function sweepComplaints(ctx: Context): Promise<number> {
  return (
    (await sweepStatements(ctx)) + (await sweepOverdue(ctx)) + (await sweepReminders(ctx)) + (await sweepClosings(ctx))
  )
}
