import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { sealContext } from '#platform/crypto/provider.ts'
import { signFields } from '#platform/notifications/signature.ts'

export type UnprovenRating = {
  callbackId: string
  why:
    | 'answer-differs'
    | 'attribution-differs'
    | 'no-message'
    | 'not-the-asked-number'
    | 'message-not-signed'
    | 'no-page-key'
    | 'nothing-was-read'
    | 'state-differs'
}

type Row = {
  callback_id: string
  why: UnprovenRating['why'] | null
  inbound_id: string | null
  gateway_ref: string | null
  phone_sealed: string | null
  body: string | null
  proof: { timestamp: number; nonce: string; signature: string } | null
}

/**
 * Ratings without proof from the citizen's side (b-6): what a database administrator put in behind the triggers. With
 * the gateway's secrets the signature of each message is recomputed, too; leave them out for the simulated gateway.
 * Also names call-backs that say "answered" without a rating. For the system actor.
 */
export async function auditRatings(ctx: Context, gatewaySecrets?: readonly string[]): Promise<UnprovenRating[]> {
  const { rows } = await sql<Row>`
    select r.callback_id, i.id as inbound_id, i.gateway_ref, i.phone_sealed, i.body, i.proof, case
      when a.id is null or a.callback_id <> r.callback_id or a.level is distinct from r.level or a.received_at <> r.rated_at then 'answer-differs'
      when r.officer_id <> c.officer_id or r.unit_id <> c.unit_id or r.purpose <> c.purpose then 'attribution-differs'
      when a.channel = 'page' and encode(sha256(convert_to(a.page_key, 'UTF8')), 'hex') <> c.token_hash then 'no-page-key'
      when a.channel = 'desk_reading' and (b.id is null or b.callback_id <> r.callback_id or b.raw <> a.raw) then 'nothing-was-read'
      when a.channel <> 'page' and (i.id is null or i.body <> a.raw) then 'no-message'
      when a.channel <> 'page' and i.phone_index is distinct from c.phone_index then 'not-the-asked-number'
    end as why
    from callback.rating r
    join callback.callback c on c.id = r.callback_id
    left join callback.answer a on a.id = r.answer_id
    left join callback.answer b on b.id = a.reads_answer_id
    left join platform.inbound_message i on i.id = coalesce(a.inbound_id, b.inbound_id)
    union all
    select c.id, null, null, null, null, null, 'state-differs' from callback.callback c
    where c.state = 'answered' and not exists (select from callback.rating r where r.callback_id = c.id)`.execute(
    ctx.db,
  )
  return rows.flatMap((row) => {
    const why =
      row.why ?? (gatewaySecrets && row.inbound_id && !isSigned(ctx, row, gatewaySecrets) ? 'message-not-signed' : null)
    return why ? [{ callbackId: row.callback_id, why }] : []
  })
}

function isSigned(ctx: Context, row: Row, secrets: readonly string[]): boolean {
  if (!row.proof) return false
  const { timestamp, nonce, signature, phone } = row.proof as Row['proof'] & { phone?: string }
  const plain = ctx.seal.open(row.phone_sealed!, sealContext('platform.inbound_message', 'phone', row.inbound_id!))
  return secrets.some(
    (secret) =>
      signFields(secret, 'inbound', timestamp, nonce, [row.gateway_ref!, phone ?? plain, row.body!]) === signature,
  )
}
