import type { Context } from '#platform/context.ts'
import { cancelMessages, enqueueMessage } from '#platform/notifications/enqueue-message.ts'
import { messageText } from '#policy/callback/texts.ts'
import { optOutContext } from './link.ts'
import { messageValues } from './texts.ts'

/**
 * The number gets no more questions: open ones end as opted out, messages still in line do not leave. It is confirmed
 * once; a second opt-out is not answered.
 */
export async function optOut(ctx: Context, inbound: { id: string; phone: string; indexes: string[] }): Promise<void> {
  const added = await ctx.db
    .insertInto('callback.opt_out')
    .values({
      phone_index: ctx.seal.blindIndex('phone', inbound.phone),
      phone_sealed: ctx.seal.seal(inbound.phone, optOutContext(inbound.id)),
      at: ctx.now,
      inbound_id: inbound.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  await ctx.db
    .updateTable('callback.callback')
    .set({ state: 'opted_out', closed_at: ctx.now })
    .where('phone_index', 'in', inbound.indexes)
    .where('state', 'in', ['scheduled', 'sent', 'delivered', 'unclear'])
    .execute()
  await cancelMessages(ctx, inbound.indexes, [
    'callback.first',
    'callback.reminder',
    'callback.clarify',
    'callback.consent',
  ])
  if (added.numInsertedOrUpdatedRows === 0n) return
  const body = messageText('optedOut', { ...(await messageValues(ctx)), link: '' })
  await enqueueMessage(ctx, { purpose: 'callback.opted_out', subjectId: inbound.id, phone: inbound.phone, body })
}
