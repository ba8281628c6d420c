import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { openCitizenNo, openPhone } from './contact.ts'
import { findMatter } from './matter-store.ts'

export const revealReasons = ['contact-applicant', 'verify-identity', 'correct-entry', 'lawful-request'] as const

/** Phone and citizen number in full, for a stated reason; the asking itself is the audit entry (PL02). */
export async function revealContact(
  ctx: Context,
  id: string,
  reason: string,
): Promise<{ no: string; unitId: string; phone: string | null; citizenNo: string | null }> {
  const matter = await findMatter(ctx, id)
  if (!may(ctx.actor, 'matter.reveal', matter.handling_unit_id) && !may(ctx.actor, 'matter.reveal', matter.unit_id))
    throw new Problem(403, 'not-permitted')
  if (!(revealReasons as readonly string[]).includes(reason)) throw invalid({ reason: 'choose-one' })
  return { no: matter.no, unitId: matter.unit_id, phone: openPhone(ctx, matter), citizenNo: openCitizenNo(ctx, matter) }
}
