import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { findCase } from './case-store.ts'
import { type Identity, openIdentity } from './identity.ts'

/**
 * Who complained, one submission at a time and for a reason. The look stands on the case's page, and the complainant
 * reads it on his own (T8).
 */
export async function revealComplainant(
  ctx: Context,
  caseId: string,
  input: { submissionId: string; reason: string },
): Promise<Identity> {
  const found = await findCase(ctx, caseId)
  if (!may(ctx.actor, 'complaint.identity')) throw new Problem(403, 'not-permitted')
  const why = words('reason', input.reason, 500)
  const submission = await ctx.db
    .selectFrom('complaints.submission')
    .select('id')
    .where('id', '=', input.submissionId)
    .where('case_id', '=', found.id)
    .executeTakeFirst()
  if (!submission) throw notFound('case')
  const { rows } = await sql<{
    found: Record<'name' | 'phone' | 'citizenNo' | 'address', string | null> | null
  }>`select complaints.reveal(${submission.id}, ${why}, ${ctx.now}) as found`.execute(ctx.db)
  const sealed = rows[0]?.found
  if (!sealed) throw notFound('case')
  return openIdentity(ctx, {
    submission_id: submission.id,
    name_sealed: sealed.name,
    phone_sealed: sealed.phone,
    citizen_no_sealed: sealed.citizenNo,
    address_sealed: sealed.address,
  })
}
