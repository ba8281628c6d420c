import { randomUUID } from 'node:crypto'
import { checkPhone } from '#policy/identity/phone.ts'
import type { Context } from '../context.ts'
import { sealContext } from '../crypto/provider.ts'
import type { Receipt } from './gateway.ts'
import { recordDelivered, recordFailed } from './message-store.ts'
import { refusalOf, type Signed } from './signature.ts'

/** A text message from a citizen. `ref` is the gateway's own id of it, `proof` the signature of the call that brought it. */
export type InboundPayload = { ref: string; phone: string; text: string; proof?: Signed }

/**
 * Keeps what a citizen wrote and puts its reading in line, in one transaction. A second delivery of the same `ref`
 * changes nothing. Only the system actor may: the caller has verified the gateway's signature.
 */
export async function acceptInbound(
  ctx: Context,
  payload: InboundPayload,
): Promise<{ id: string | null; repeated: boolean }> {
  const id = randomUUID()
  const phone = normalised(payload.phone)
  const kept = await ctx.db
    .insertInto('platform.inbound_message')
    .values({
      id,
      gateway_ref: payload.ref,
      phone_sealed: ctx.seal.seal(phone, inboundPhoneContext(id)),
      phone_index: ctx.seal.blindIndex('phone', phone),
      body: storable(payload.text),
      received_at: ctx.now,
      proof_sealed: payload.proof ? ctx.seal.seal(JSON.stringify(payload), proofContext(id)) : null,
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

/** Whether the gateway signed the call that brought this message, and the message is still what it brought (b-6). */
export function isGatewaySigned(
  ctx: Context,
  inbound: { id: string; gateway_ref: string; phone_index: string; body: string; proof_sealed: string | null },
  secrets: readonly string[],
): boolean {
  if (!inbound.proof_sealed) return false
  const { ref, phone, text, proof } = JSON.parse(
    ctx.seal.open(inbound.proof_sealed, proofContext(inbound.id)),
  ) as InboundPayload
  if (!proof || ref !== inbound.gateway_ref || storable(text) !== inbound.body) return false
  if (!ctx.seal.blindIndexes('phone', normalised(phone)).includes(inbound.phone_index)) return false
  const signedAt = Temporal.Instant.fromEpochMilliseconds(proof.timestamp * 1000)
  return refusalOf(secrets, 'inbound', proof, [ref, phone, text], signedAt) === null
}

export function proofContext(inboundId: string): string {
  return sealContext('platform.inbound_message', 'proof', inboundId)
}

/** A number that cannot be read as one stays as the gateway wrote it. */
function normalised(phone: string): string {
  const read = checkPhone(phone)
  return 'refused' in read ? phone : read.phone
}

export function inboundPhoneContext(inboundId: string): string {
  return sealContext('platform.inbound_message', 'phone', inboundId)
}

/** PostgreSQL stores neither NUL nor half a character; everything else stays as it was written. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}
