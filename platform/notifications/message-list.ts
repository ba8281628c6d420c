import { sql } from 'kysely'
import { maskPhone } from '#policy/identity/phone.ts'
import { may } from '../actor.ts'
import type { Context } from '../context.ts'
import type { PlatformMessageState } from '../db/schema.ts'
import { Problem } from '../problem.ts'
import { phoneContext } from './enqueue-message.ts'

export type MessageRow = {
  id: string
  purpose: string
  state: PlatformMessageState
  /** 138****5678. The text of a message is shown to nobody here. */
  phone: string
  createdAt: Temporal.Instant
  nextTryAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  deliveredAt: Temporal.Instant | null
  failedAt: Temporal.Instant | null
  tries: number
  asks: number
  failure: string | null
}

export type MessageFilter = {
  state?: PlatformMessageState
  purpose?: string
  before?: { at: string; id: string }
  most?: number
}

type Row = Omit<MessageRow, 'phone'> & { phoneSealed: string; key: string }

/** The newest messages by state and purpose, for whoever looks after the gateway: what for and to which masked number. */
export async function listMessages(
  ctx: Context,
  filter: MessageFilter,
): Promise<{ rows: MessageRow[]; next: { at: string; id: string } | null }> {
  if (!may(ctx.actor, 'messages.read')) throw new Problem(403, 'not-permitted')
  const size = Math.min(filter.most ?? 50, 200)
  const { rows } = await sql<Row>`select id, purpose, state, phone_sealed as "phoneSealed", created_at as "createdAt",
      next_try_at as "nextTryAt", sent_at as "sentAt", delivered_at as "deliveredAt", failed_at as "failedAt", try as tries, asks,
      failure, created_at::text as key
    from platform.list_messages(${filter.state ?? null}, ${filter.purpose ?? null}, ${filter.before?.at ?? null}::timestamptz,
      ${filter.before?.id ?? null}::uuid, ${size + 1})`.execute(ctx.db)
  const last = rows[size - 1]
  return {
    rows: rows.slice(0, size).map(({ phoneSealed, key: _, ...row }) => ({
      ...row,
      phone: maskPhone(ctx.seal.open(phoneSealed, phoneContext(row.id))),
    })),
    next: rows.length > size && last ? { at: last.key, id: last.id } : null,
  }
}

/** Messages that failed in the last 24 hours. */
export async function failedToday(ctx: Context): Promise<number> {
  const since = ctx.now.subtract({ hours: 24 })
  const { rows } = await sql<{ n: number | null }>`select platform.failed_messages(${since}) as n`.execute(ctx.db)
  return rows[0]?.n ?? 0
}
