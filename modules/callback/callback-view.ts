import type { Context } from '#platform/context.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { phoneContext } from './link.ts'

/** An answer that nobody could read yet, as the desk sees it: the words, not whose they are. */
export type UnclearAnswer = {
  answerId: string
  callbackId: string
  unitId: string
  itemCode: string | null
  raw: string
  why: string | null
  receivedAt: Temporal.Instant
  answerBy: Temporal.Instant | null
  /** Questions of the same number that were open; above 1 it was guessed which one was answered. */
  openAtOnce: number
}

/** The desk's list, the oldest reply first: the latest words of each open unclear answer. Own units are never in it. */
export async function listUnclear(ctx: Context, limit = 50): Promise<UnclearAnswer[]> {
  const rows = await ctx.db
    .selectFrom('callback.callback as c')
    .innerJoin('callback.answer as a', 'a.callback_id', 'c.id')
    .distinctOn('c.id')
    .select([
      'a.id',
      'c.id as callback_id',
      'c.unit_id',
      'c.item_code',
      'a.raw',
      'a.reading',
      'a.received_at',
      'c.answer_by',
    ])
    .where('c.state', '=', 'unclear')
    .where('c.closed_at', 'is', null)
    .where('a.channel', '=', 'sms')
    .where('a.level', 'is', null)
    .orderBy('c.id')
    .orderBy('a.received_at', 'desc')
    .limit(500)
    .execute()
  return rows
    .map((row) => {
      const reading = row.reading as { why?: string; openAtOnce?: number }
      return {
        answerId: row.id,
        callbackId: row.callback_id,
        unitId: row.unit_id,
        itemCode: row.item_code,
        raw: row.raw,
        why: reading.why ?? null,
        receivedAt: row.received_at,
        answerBy: row.answer_by,
        openAtOnce: reading.openAtOnce ?? 1,
      }
    })
    .sort((a, b) => Temporal.Instant.compare(a.receivedAt, b.receivedAt))
    .slice(0, limit)
}

export type CallbackForDesk = {
  id: string
  purpose: 'satisfaction' | 'second_opinion'
  state: string
  unitId: string
  itemCode: string | null
  finishedAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  deliveredAt: Temporal.Instant | null
  remindedAt: Temporal.Instant | null
  answerBy: Temporal.Instant | null
  contactConsent: boolean | null
  level: number | null
  answers: {
    id: string
    channel: string
    raw: string
    comment: string | null
    level: number | null
    receivedAt: Temporal.Instant
  }[]
}

/** One question with everything that was said to it, for the desk: the source of an order. 404 for own units. */
export async function readCallback(ctx: Context, id: string): Promise<CallbackForDesk> {
  const row = await ctx.db
    .selectFrom('callback.callback as c')
    .leftJoin('callback.rating as r', 'r.callback_id', 'c.id')
    .selectAll('c')
    .select('r.level')
    .where('c.id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('callback')
  const answers = await ctx.db
    .selectFrom('callback.answer')
    .select(['id', 'channel', 'raw', 'comment', 'level', 'received_at'])
    .where('callback_id', '=', id)
    .orderBy('received_at')
    .execute()
  return {
    id: row.id,
    purpose: row.purpose,
    state: row.state,
    unitId: row.unit_id,
    itemCode: row.item_code,
    finishedAt: row.finished_at,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
    remindedAt: row.reminded_at,
    answerBy: row.answer_by,
    contactConsent: row.contact_consent,
    level: row.level,
    answers: answers.map(({ received_at, ...answer }) => ({ ...answer, receivedAt: received_at })),
  }
}

/** The telephone of the citizen behind a question, for the desk and only with the citizen's consent (b-24). The caller logs it. */
export async function citizenBehind(ctx: Context, about: { sourceId: string }): Promise<{ phone: string | null }> {
  const row = await ctx.db
    .selectFrom('callback.callback')
    .select(['phone_sealed', 'contact_consent'])
    .where('id', '=', about.sourceId)
    .executeTakeFirst()
  if (!row) throw notFound('callback')
  if (row.contact_consent !== true) throw new Problem(403, 'no-consent')
  return { phone: row.phone_sealed && ctx.seal.open(row.phone_sealed, phoneContext(about.sourceId)) }
}

/** Who gave a reply, for a complaint that he agreed to make of it (A29). The system's own work. */
export async function citizenOfReply(
  ctx: Context,
  about: { sourceId: string },
): Promise<{ name: string; phone: string | null; matterNo: string }> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const row = await ctx.db
    .selectFrom('callback.callback')
    .innerJoin('service_window.matter', 'service_window.matter.id', 'callback.callback.matter_id')
    .select(['applicant_name', 'no', 'callback.callback.phone_sealed as reply_phone'])
    .where('callback.callback.id', '=', about.sourceId)
    .executeTakeFirst()
  if (!row) throw notFound('callback')
  const phone = row.reply_phone && ctx.seal.open(row.reply_phone, phoneContext(about.sourceId))
  return { name: row.applicant_name, phone, matterNo: row.no }
}
