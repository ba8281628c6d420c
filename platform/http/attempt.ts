import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import type { Answer } from './endpoint.ts'

type Stored = { redirect?: string; json?: unknown; cookies?: never }

/**
 * Claims an attempt inside the transaction of its effect. Returns the stored answer when the same request was
 * carried out before: a double click, a retried request, two tabs. A second request with the same id but other
 * content is refused.
 */
export async function claimAttempt(
  ctx: Context,
  attempt: string,
  endpointName: string,
  body: unknown,
): Promise<Answer | null> {
  const actor = ctx.actor.personId ?? ctx.actor.kind
  const hash = createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('hex')
  const claimed = await sql`insert into platform.attempt (actor, attempt, endpoint, request_hash, at)
    values (${actor}, ${attempt}, ${endpointName}, ${hash}, ${ctx.now}) on conflict do nothing returning 1`.execute(
    ctx.db,
  )
  if (claimed.rows.length > 0) return null
  const found = await sql<{ endpoint: string; request_hash: string; reply: Stored }>`
    select endpoint, request_hash, reply from platform.attempt where actor = ${actor} and attempt = ${attempt}`.execute(
    ctx.db,
  )
  const row = found.rows[0]
  if (!row || row.endpoint !== endpointName || row.request_hash !== hash) throw new Problem(409, 'attempt-reused')
  // A replay must not be answered before the first commit is safe: one record of its own makes this commit wait, too.
  await sql`select pg_logical_emit_message(true, 'jingmin', 'replay')`.execute(ctx.db)
  if (row.reply?.redirect) return { redirect: row.reply.redirect }
  return { json: row.reply?.json ?? {} }
}

export function keepReply(ctx: Context, attempt: string, answer: Answer): void {
  const actor = ctx.actor.personId ?? ctx.actor.kind
  const reply: Stored =
    'redirect' in answer ? { redirect: answer.redirect } : 'json' in answer ? { json: answer.json } : {}
  ctx.put(
    sql`update platform.attempt set reply = ${JSON.stringify(reply)}::jsonb where actor = ${actor} and attempt = ${attempt}`,
  )
}
