import { randomUUID } from 'node:crypto'
import { checkPhone } from '#policy/identity/phone.ts'
import type { Context } from '../context.ts'
import { sealContext } from '../crypto/provider.ts'
import type { Hours } from './timing.ts'

export type NewMessage = {
  /** What it is for; with `subjectId` it can be sent once and never again. */
  purpose: string
  subjectId: string
  /** A mainland mobile number (T5: no other is ever called). */
  phone: string
  body: string
  notBefore?: Temporal.Instant
  /** A message that has not left by then fails instead. */
  notAfter?: Temporal.Instant
  /** Hours of the day in which it may leave; none for an answer to a message just received. */
  hours?: Hours
}

/** Puts a message in line inside the caller's transaction. Returns its id, or null when this purpose had its message. */
export async function enqueueMessage(ctx: Context, message: NewMessage): Promise<string | null> {
  const read = checkPhone(message.phone)
  if ('refused' in read || read.kind !== 'mobile') throw new RangeError('a message goes to a mobile number')
  const id = randomUUID()
  // No RETURNING and no conflict target: both ask for the right to read the queue, which the sender need not have.
  const done = await ctx.db
    .insertInto('platform.outbound_message')
    .values({
      id,
      purpose: message.purpose,
      subject_id: message.subjectId,
      phone_sealed: ctx.seal.seal(read.phone, phoneContext(id)),
      phone_index: ctx.seal.blindIndex('phone', read.phone),
      body: message.body,
      next_try_at: message.notBefore ?? ctx.now,
      not_after: message.notAfter ?? null,
      daily_from: message.hours?.from ?? null,
      daily_until: message.hours?.to ?? null,
      created_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (done.numInsertedOrUpdatedRows === 0n) return null
  await ctx.queue.send('messages.deliver', { messageId: id })
  return id
}

/** Messages to these numbers that have not left yet do not leave. Returns how many. The system's own work. */
export async function cancelMessages(ctx: Context, phoneIndexes: string[], purposes: string[]): Promise<number> {
  const done = await ctx.db
    .updateTable('platform.outbound_message')
    .set({ state: 'cancelled' })
    .where('phone_index', 'in', phoneIndexes)
    .where('purpose', 'in', purposes)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

export function phoneContext(messageId: string): string {
  return sealContext('platform.outbound_message', 'phone', messageId)
}
