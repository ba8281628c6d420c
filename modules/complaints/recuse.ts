import type { Context } from '#platform/context.ts'
import { words } from '#platform/typed.ts'
import { addStep, lockCase, saveCase } from './case-store.ts'

/**
 * Somebody takes himself off a case (petition-regulations:28). From here on it does not exist for him; a case he was
 * handling waits to be assigned anew. Why is read by those who still see the case.
 */
export async function recuse(ctx: Context, id: string, input: { version: number; reason: string }): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const reason = words('reason', input.reason, 500)
  const me = ctx.actor.personId as string
  const handling = found.handler_id === me && found.status === 'investigating'
  await saveCase(ctx, found, handling ? { status: 'accepted', handler_id: null } : {})
  await addStep(ctx, found, 'recused', { text: reason })
  await ctx.db
    .insertInto('complaints.recusal')
    .values({ case_id: id, person_id: me, reason, declared_by: me, declared_at: ctx.now })
    .execute()
}
