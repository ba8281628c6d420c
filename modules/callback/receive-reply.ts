import { randomUUID } from 'node:crypto'
import { insertAudit } from '#platform/audit/audit-entry.ts'
import type { Context } from '#platform/context.ts'
import { enqueueMessage } from '#platform/notifications/enqueue-message.ts'
import { inboundPhoneContext } from '#platform/notifications/receive.ts'
import { isBad, levelTable } from '#policy/callback/levels.ts'
import { type Reply, readReply } from '#policy/callback/reply.ts'
import { messageText } from '#policy/callback/texts.ts'
import { tokenContext } from './link.ts'
import { optOut } from './opt-out.ts'
import { readConsent } from './read-consent.ts'
import { type Asked, askedOf, choose } from './reply-target.ts'
import { consentQuestion, linkOf, messageValues } from './texts.ts'

export type ReplyOutcome =
  | 'rated'
  | 'unclear'
  | 'opted-out'
  | 'consent'
  | 'late'
  | 'further'
  | 'unmatched'
  | 'handled-before'

type Inbound = {
  id: string
  body: string
  received_at: Temporal.Instant
  phone: string
  phone_index: string
  indexes: string[]
}

/**
 * Reads one message of a citizen: finds the question it answers, keeps it word for word with its proof, and leaves the
 * rating to the database. Nothing is thrown away: late and further messages are kept without a rating, a message
 * without a question stays as it came. Run twice it does nothing the second time. The system's own work.
 */
export async function receiveReply(ctx: Context, inboundMessageId: string): Promise<ReplyOutcome> {
  const inbound = await takeInbound(ctx, inboundMessageId)
  if (!inbound) return 'handled-before'
  const reading = readReply(inbound.body)
  const choice = choose(await askedOf(ctx, inbound.indexes), inbound.received_at)

  if (choice.consentFor) {
    const agreed = readConsent(inbound.body)
    if (agreed !== null) {
      await keepConsent(ctx, choice.consentFor, inbound, agreed)
      return done(ctx, inbound, 'consent', choice.consentFor.id)
    }
  }
  const stop = 'optOut' in reading && reading.optOut === true
  const outcome = choice.target ? await answer(ctx, choice.target, choice.how, inbound, reading, stop) : 'unmatched'
  if (stop) await optOut(ctx, inbound)
  return done(ctx, inbound, stop && outcome !== 'rated' ? 'opted-out' : outcome, choice.target?.id ?? null)
}

async function takeInbound(ctx: Context, id: string): Promise<Inbound | null> {
  const row = await ctx.db
    .selectFrom('platform.inbound_message')
    .select(['id', 'body', 'received_at', 'phone_sealed', 'phone_index'])
    .where('id', '=', id)
    .where('handled_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row) return null
  await ctx.db.updateTable('platform.inbound_message').set({ handled_at: ctx.now }).where('id', '=', id).execute()
  const phone = ctx.seal.open(row.phone_sealed, inboundPhoneContext(id))
  return { ...row, phone, indexes: [...new Set([row.phone_index, ...ctx.seal.blindIndexes('phone', phone)])] }
}

async function answer(
  ctx: Context,
  target: Asked,
  how: 'open' | 'late' | 'further',
  inbound: Inbound,
  reading: Reply,
  stop: boolean,
): Promise<ReplyOutcome> {
  const level = 'level' in reading ? reading.level : null
  if (how !== 'open') {
    await keepAnswer(ctx, target, inbound, null, { ...reading, [how]: true })
    return how
  }
  if (level) {
    await keepAnswer(ctx, target, inbound, levelTable[level].digit, reading)
    if (isBad(level) && target.purpose === 'satisfaction' && !stop) await askConsent(ctx, target, inbound.phone)
    return 'rated'
  }
  if (stop) return 'opted-out'
  await keepAnswer(ctx, target, inbound, null, reading)
  if (target.state !== 'opted_out') await askAgain(ctx, target, inbound.phone)
  return 'unclear'
}

/**
 * The level is what the trigger makes the rating from; null keeps the words without one. The trigger wants the asked
 * number's index on both; while a new key is carried through the question may still have the old one.
 */
async function keepAnswer(
  ctx: Context,
  target: Asked,
  inbound: Inbound,
  level: number | null,
  reading: object,
): Promise<void> {
  await ctx.db
    .updateTable('callback.callback')
    .set({ phone_index: inbound.phone_index })
    .where('id', '=', target.id)
    .where('phone_index', '<>', inbound.phone_index)
    .execute()
  await ctx.db
    .insertInto('callback.answer')
    .values({
      id: randomUUID(),
      callback_id: target.id,
      channel: 'sms',
      inbound_id: inbound.id,
      raw: inbound.body,
      level,
      reading: JSON.stringify({ ...reading, openAtOnce: target.openAtOnce }),
      received_at: inbound.received_at,
    })
    .execute()
}

/** One clarifying question, once; then it is for the desk. */
async function askAgain(ctx: Context, target: Asked, phone: string): Promise<void> {
  if (!target.clarified_at) {
    const values = await messageValues(ctx)
    const link = linkOf(values.siteUrl, ctx.seal.open(target.token_sealed, tokenContext(target.id)))
    const body = messageText('clarification', { ...values, link })
    const notAfter = target.answer_by ?? undefined
    await enqueueMessage(ctx, { purpose: 'callback.clarify', subjectId: target.id, phone, body, notAfter })
  }
  await ctx.db
    .updateTable('callback.callback')
    .set({ state: 'unclear', closed_at: null, clarified_at: target.clarified_at ?? ctx.now })
    .where('id', '=', target.id)
    .execute()
}

/** Asked apart from the rating, by one message: whether the desk may contact the citizen (CB06). */
async function askConsent(ctx: Context, target: Asked, phone: string): Promise<void> {
  const values = await messageValues(ctx)
  const body = consentQuestion({ ...values, link: '' })
  const queued = await enqueueMessage(ctx, { purpose: 'callback.consent', subjectId: target.id, phone, body })
  if (queued)
    await ctx.db
      .updateTable('callback.callback')
      .set({ consent_asked_at: ctx.now })
      .where('id', '=', target.id)
      .execute()
}

async function keepConsent(ctx: Context, target: Asked, inbound: Inbound, agreed: boolean): Promise<void> {
  await keepAnswer(ctx, target, inbound, null, { consent: agreed })
  await ctx.db
    .updateTable('callback.callback')
    .set({ contact_consent: agreed, consent_at: inbound.received_at })
    .where('id', '=', target.id)
    .execute()
}

async function done(
  ctx: Context,
  inbound: Inbound,
  outcome: ReplyOutcome,
  callbackId: string | null,
): Promise<ReplyOutcome> {
  await insertAudit(ctx.db, {
    at: ctx.now,
    actorKind: 'system',
    actorId: null,
    event: 'callback.reply',
    subjectKind: callbackId ? 'callback' : 'inbound_message',
    subjectId: callbackId ?? inbound.id,
    unitId: null,
    outcome: 'done',
    // What was said is not in the log: who may audit must not learn how somebody rated (b-24).
    data: { inboundId: inbound.id, read: outcome },
    requestId: ctx.requestId,
  })
  if (outcome === 'rated' || outcome === 'consent') await ctx.queue.send('callback.follow', { callbackId })
  return outcome
}
