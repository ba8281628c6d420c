import type { Context } from '#platform/context.ts'
import { enqueueMessage } from '#platform/notifications/enqueue-message.ts'
import { nextAllowedMoment, reminderMoment, replyDeadline } from '#policy/callback/schedule.ts'
import { messageText } from '#policy/callback/texts.ts'
import { phoneContext, tokenContext } from './link.ts'
import { invitation, linkOf, messageValues, sendHours } from './texts.ts'

const batch = 200
const columns = ['id', 'purpose', 'phone_sealed', 'token_sealed', 'answer_by'] as const

type Asked = { id: string; phone_sealed: string | null; token_sealed: string }

/** Puts the message of every question that is due in line. 'sent' follows when the gateway has taken it. */
export async function sendDue(ctx: Context): Promise<number> {
  const due = await ctx.db
    .selectFrom('callback.callback')
    .select(columns)
    .where('state', '=', 'scheduled')
    .where('queued_at', 'is', null)
    .where('send_after', '<=', ctx.now)
    .orderBy('send_after')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  if (due.length === 0) return 0

  const stopped = await optedOut(ctx, due)
  const values = await messageValues(ctx)
  for (const one of due) {
    if (stopped.has(one.id)) {
      await update(ctx, one.id, { state: 'opted_out', closed_at: ctx.now })
      continue
    }
    const { phone, link } = opened(ctx, one, values.siteUrl)
    const body = invitation(one.purpose, { ...values, link })
    const notAfter = replyDeadline(nextAllowedMoment(ctx.now))
    await enqueueMessage(ctx, {
      purpose: 'callback.first',
      subjectId: one.id,
      phone,
      body,
      notAfter,
      hours: sendHours(ctx),
    })
    await update(ctx, one.id, { queued_at: ctx.now })
  }
  return due.length
}

/** Once the gateway has taken a message the days of its answer and of its reminder are fixed by the rules. */
export async function settleSent(ctx: Context): Promise<number> {
  const sent = await ctx.db
    .selectFrom('callback.callback')
    .select(['id', 'sent_at'])
    .where('sent_at', 'is not', null)
    .where('answer_by', 'is', null)
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { id, sent_at } of sent) {
    await update(ctx, id, { answer_by: replyDeadline(sent_at!), remind_after: reminderMoment(sent_at!) })
  }
  return sent.length
}

/** Reminds the silent, once (R52). */
export async function remindDue(ctx: Context): Promise<number> {
  const due = await ctx.db
    .selectFrom('callback.callback')
    .select(columns)
    .where('state', 'in', ['sent', 'delivered'])
    .where('reminded_at', 'is', null)
    .where('remind_after', '<=', ctx.now)
    .where('answer_by', '>', ctx.now)
    .orderBy('remind_after')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  const values = await messageValues(ctx)
  for (const one of due) {
    const { phone, link } = opened(ctx, one, values.siteUrl)
    const body = messageText('reminder', { ...values, link })
    const notAfter = one.answer_by ?? undefined
    await enqueueMessage(ctx, {
      purpose: 'callback.reminder',
      subjectId: one.id,
      phone,
      body,
      notAfter,
      hours: sendHours(ctx),
    })
    await update(ctx, one.id, { reminded_at: ctx.now })
  }
  return due.length
}

/** The time for an answer is over: silence is a state of its own and never satisfaction (R52). Unclear answers stay with the desk. */
export async function closeDue(ctx: Context): Promise<number> {
  const silent = await ctx.db
    .selectFrom('callback.callback')
    .select('id')
    .where('state', 'in', ['sent', 'delivered'])
    .where('answer_by', '<=', ctx.now)
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { id } of silent) await update(ctx, id, { state: 'no_answer', closed_at: ctx.now })
  return silent.length
}

type Change = {
  state?: 'opted_out' | 'no_answer'
  closed_at?: Temporal.Instant
  queued_at?: Temporal.Instant
  reminded_at?: Temporal.Instant
  answer_by?: Temporal.Instant
  remind_after?: Temporal.Instant | null
}

async function update(ctx: Context, id: string, change: Change): Promise<void> {
  await ctx.db.updateTable('callback.callback').set(change).where('id', '=', id).execute()
}

/** The questions whose number wants none, whichever key version either was indexed under. */
async function optedOut(ctx: Context, due: Pick<Asked, 'id' | 'phone_sealed'>[]): Promise<Set<string>> {
  const questionOf = new Map<string, string[]>()
  for (const { id, phone_sealed } of due) {
    if (!phone_sealed) continue
    for (const index of ctx.seal.blindIndexes('phone', ctx.seal.open(phone_sealed, phoneContext(id))))
      questionOf.set(index, [...(questionOf.get(index) ?? []), id])
  }
  const rows = await ctx.db
    .selectFrom('callback.opt_out')
    .select('phone_index')
    .where('phone_index', 'in', [...questionOf.keys()])
    .execute()
  return new Set(rows.flatMap((row) => questionOf.get(row.phone_index) ?? []))
}

function opened(ctx: Context, one: Asked, siteUrl: string): { phone: string; link: string } {
  return {
    phone: ctx.seal.open(one.phone_sealed!, phoneContext(one.id)),
    link: linkOf(siteUrl, ctx.seal.open(one.token_sealed, tokenContext(one.id))),
  }
}
