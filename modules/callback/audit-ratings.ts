import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { SealError } from '#platform/crypto/provider.ts'
import { isGatewaySigned } from '#platform/notifications/receive.ts'
import { keyHash, pageKey, tokenContext } from './link.ts'

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
  link: { token_hash: string; token_sealed: string } | null
  inbound: { id: string; gateway_ref: string; phone_index: string; body: string; proof_sealed: string | null } | null
}

/**
 * Ratings without proof from the citizen's side (b-6): what a database administrator put in behind the triggers. With
 * the gateway's secrets the signature of each message is recomputed, too; leave them out for the simulated gateway.
 * Also names call-backs that say "answered" without a rating. An answer whose words were removed when their time was
 * over (policy/retention) is compared by level and attribution alone. For the system actor.
 */
export async function auditRatings(ctx: Context, gatewaySecrets?: readonly string[]): Promise<UnprovenRating[]> {
  const { rows } = await sql<Row>`
    select r.callback_id, case when i.id is not null and i.erased_at is null then to_jsonb(i) end as inbound,
      case when a.channel = 'page' and a.erased_at is null then jsonb_build_object('token_hash', c.token_hash, 'token_sealed', c.token_sealed) end as link, case
      when a.id is null or a.callback_id <> r.callback_id or a.level is distinct from r.level or a.received_at <> r.rated_at then 'answer-differs'
      when r.officer_id <> c.officer_id or r.unit_id <> c.unit_id or r.purpose <> c.purpose then 'attribution-differs'
      when a.erased_at is not null then null
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
    select c.id, null, null, 'state-differs' from callback.callback c
    where c.state = 'answered' and not exists (select from callback.rating r where r.callback_id = c.id)`.execute(
    ctx.db,
  )
  return rows.flatMap((row) => {
    const why = row.why ?? linkDoubt(ctx, row) ?? messageDoubt(ctx, row, gatewaySecrets)
    return why ? [{ callbackId: row.callback_id, why }] : []
  })
}

/** The key must be that of the link that was sealed when the question was made: both columns changed together do not help. */
function linkDoubt(ctx: Context, { callback_id, link }: Row): 'no-page-key' | null {
  if (!link) return null
  try {
    const token = ctx.seal.open(link.token_sealed, tokenContext(callback_id))
    return keyHash(pageKey(ctx, token)) === link.token_hash ? null : 'no-page-key'
  } catch (error) {
    if (error instanceof SealError) return 'no-page-key'
    throw error
  }
}

function messageDoubt(ctx: Context, { inbound }: Row, secrets?: readonly string[]): 'message-not-signed' | null {
  return secrets && inbound && !isGatewaySigned(ctx, inbound, secrets) ? 'message-not-signed' : null
}
