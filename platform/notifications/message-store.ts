import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { phoneContext } from './enqueue-message.ts'
import type { OutgoingMessage } from './gateway.ts'
import { backOff, type DeliveryTiming, opensAt } from './timing.ts'

export type Claim = OutgoingMessage & { try: number }

const table = 'platform.outbound_message'

/** Takes a waiting message for one call of the gateway, or null when it is not its turn. Commit before calling. */
export async function claimMessage(ctx: Context, id: string): Promise<Claim | null> {
  const row = await ctx.db
    .selectFrom(table)
    .select(['phone_sealed', 'body', 'try', 'not_after', 'daily_from', 'daily_until'])
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('next_try_at', '<=', ctx.now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row) return null
  if (row.not_after && Temporal.Instant.compare(row.not_after, ctx.now) <= 0) {
    await recordFailed(ctx, id, 'expired')
    return null
  }
  const opens = opensAt(
    ctx.now,
    row.daily_from && row.daily_until ? { from: row.daily_from, to: row.daily_until } : null,
  )
  if (Temporal.Instant.compare(opens, ctx.now) > 0) {
    await ctx.db.updateTable(table).set({ next_try_at: opens }).where('id', '=', id).execute()
    return null
  }

  await ctx.db
    .updateTable(table)
    .set({ state: 'claimed', try: row.try + 1, claimed_at: ctx.now })
    .where('id', '=', id)
    .execute()
  return { id, phone: ctx.seal.open(row.phone_sealed, phoneContext(id)), body: row.body, try: row.try + 1 }
}

/** The gateway has it. True whichever try brought it there. */
export async function recordSent(ctx: Context, id: string, ref: string | null): Promise<void> {
  await ctx.db
    .updateTable(table)
    .set((eb) => ({
      state: 'sent',
      gateway_ref: ref ?? eb.ref('gateway_ref'),
      sent_at: eb.fn.coalesce('claimed_at', eb.val(ctx.now)),
      failure: null,
    }))
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'claimed', 'unknown'])
    .execute()
}

export async function recordDelivered(ctx: Context, id: string): Promise<void> {
  await ctx.db
    .updateTable(table)
    .set((eb) => ({
      state: 'delivered',
      sent_at: eb.fn.coalesce('sent_at', 'claimed_at', eb.val(ctx.now)),
      delivered_at: ctx.now,
      failed_at: null,
      failure: null,
    }))
    .where('id', '=', id)
    .where('state', '<>', 'delivered')
    .execute()
}

/** It will not arrive. A message that was delivered stays delivered, in whatever order the receipts come. */
export async function recordFailed(ctx: Context, id: string, failure: string): Promise<void> {
  await ctx.db
    .updateTable(table)
    .set({ state: 'failed', failure: failure.slice(0, 200), failed_at: ctx.now })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'claimed', 'sent', 'unknown'])
    .execute()
}

/** Nothing was taken: it waits, longer each time. */
export async function recordRefused(ctx: Context, claim: Claim, reason: string, timing: DeliveryTiming): Promise<void> {
  const seconds = backOff(timing.retrySeconds, timing.retryMaxSeconds, claim.try)
  await ctx.db
    .updateTable(table)
    .set({ state: 'waiting', failure: reason.slice(0, 200), next_try_at: ctx.now.add({ seconds }) })
    .where('id', '=', claim.id)
    .where('state', '=', 'claimed')
    .where('try', '=', claim.try)
    .execute()
}

/** Nobody knows whether it was taken: the gateway is asked before anything else is done with it. */
export async function recordUnknown(ctx: Context, claim: Claim, reason: string, timing: DeliveryTiming): Promise<void> {
  await ctx.db
    .updateTable(table)
    .set({ state: 'unknown', failure: reason.slice(0, 200), next_try_at: ctx.now.add({ seconds: timing.askSeconds }) })
    .where('id', '=', claim.id)
    .where('state', '=', 'claimed')
    .where('try', '=', claim.try)
    .execute()
}

/** Takes an unknown message for one question to the gateway; the next question comes later. */
export async function claimQuestion(ctx: Context, id: string, timing: DeliveryTiming): Promise<{ try: number } | null> {
  const row = await ctx.db
    .selectFrom(table)
    .select(['try', 'asks'])
    .where('id', '=', id)
    .where('state', '=', 'unknown')
    .where('next_try_at', '<=', ctx.now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row) return null
  const seconds = backOff(timing.askSeconds, timing.retryMaxSeconds, row.asks + 1)
  await ctx.db
    .updateTable(table)
    .set({ asks: row.asks + 1, next_try_at: ctx.now.add({ seconds }) })
    .where('id', '=', id)
    .execute()
  return { try: row.try }
}

/** The gateway never saw it: it may go out again. */
export async function recordNeverSeen(ctx: Context, id: string, tried: number): Promise<void> {
  await ctx.db
    .updateTable(table)
    .set({ state: 'waiting', next_try_at: ctx.now, failure: null })
    .where('id', '=', id)
    .where('state', '=', 'unknown')
    .where('try', '=', tried)
    .execute()
}

/** Claims of processes that are gone become questions; messages whose time is over have failed. */
export async function sweepStates(ctx: Context, timing: DeliveryTiming): Promise<void> {
  await ctx.db
    .updateTable(table)
    .set({ state: 'unknown', failure: 'claim lost', next_try_at: ctx.now })
    .where('state', '=', 'claimed')
    .where('claimed_at', '<', ctx.now.subtract({ seconds: timing.claimSeconds }))
    .execute()
  await ctx.db
    .updateTable(table)
    .set({ state: 'failed', failure: 'expired', failed_at: ctx.now })
    .where('state', '=', 'waiting')
    .where('not_after', '<=', ctx.now)
    .execute()
}

export async function dueMessages(ctx: Context, state: 'waiting' | 'unknown', limit: number): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom(table)
    .select('id')
    .where(sql<boolean>`state in ('waiting', 'claimed', 'unknown')`)
    .where('state', '=', state)
    .where('next_try_at', '<=', ctx.now)
    .orderBy('next_try_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}
