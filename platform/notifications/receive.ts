import { randomUUID } from 'node:crypto'
import { checkPhone } from '#policy/identity/phone.ts'
import type { Context } from '../context.ts'
import { sealContext } from '../crypto/provider.ts'
import type { Receipt } from './gateway.ts'
import { recordDelivered, recordFailed } from './message-store.ts'

/** A text message from a citizen. `ref` is the gateway's own id of it, `proof` what the gateway signed. */
export type InboundPayload = { ref: string; phone: string; text: string; proof?: Record<string, unknown> }

/**
 * Keeps what a citizen wrote and puts its reading in line, in one transaction. A second delivery of the same `ref`
 * changes nothing. Only the system actor may: the caller has verified the gateway's signature.
 */
export async function acceptInbound(
  ctx: Context,
  payload: InboundPayload,
): Promise<{ id: string | null; repeated: boolean }> {
  const id = randomUUID()
  const read = checkPhone(payload.phone)
  const phone = 'refused' in read ? payload.phone : read.phone
  const kept = await ctx.db
    .insertInto('platform.inbound_message')
    .values({
      id,
      gateway_ref: payload.ref,
      phone_sealed: ctx.seal.seal(phone, inboundPhoneContext(id)),
      phone_index: ctx.seal.blindIndex('phone', phone),
      body: storable(payload.text),
      received_at: ctx.now,
      proof: payload.proof ? JSON.stringify(payload.proof) : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows === 0n) return { id: null, repeated: true }
  await ctx.queue.send('callback.follow', { inboundId: id })
  return { id, repeated: false }
}

/** A receipt for one of our messages. Receipts come twice, late and in any order; 'delivered' is final. */
export async function acceptDelivery(ctx: Context, receipt: Receipt): Promise<void> {
  if (receipt.state === 'delivered') await recordDelivered(ctx, receipt.id)
  else await recordFailed(ctx, receipt.id, receipt.reason ?? 'gateway: failed')
}

export function inboundPhoneContext(inboundId: string): string {
  return sealContext('platform.inbound_message', 'phone', inboundId)
}

/** PostgreSQL stores neither NUL nor half a character; everything else stays as it was written. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}
