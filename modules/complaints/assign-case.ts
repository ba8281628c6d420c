import type { Context } from '#platform/context.ts'
import { invalid } from '#platform/problem.ts'
import { addStep, lockCase, nextStatus, saveCase } from './case-store.ts'
import { handlersFor } from './handlers.ts'

/** Gives a case to its handler, the first reviewer, after the recusal check (art. 28). */
export async function assignCase(
  ctx: Context,
  id: string,
  input: { version: number; handlerId: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const handler = (await handlersFor(ctx, found)).find((person) => person.id === input.handlerId)
  if (!handler) throw invalid({ handlerId: 'choose-one' })
  if (handler.barred) throw invalid({ handlerId: `barred-${handler.barred}` })
  const status = nextStatus(ctx, found, 'assign', ['not-concerned'])

  await saveCase(ctx, found, { status, handler_id: handler.id })
  await addStep(ctx, found, 'assigned', { detail: { to: handler.id, before: found.handler_id } })
}
