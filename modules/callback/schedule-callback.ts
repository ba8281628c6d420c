import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import { sendMoment } from '#policy/callback/schedule.ts'
import { checkPhone } from '#policy/identity/phone.ts'
import { keyHash, newToken, pageKey, phoneContext, tokenContext } from './link.ts'
import type { Purpose } from './texts.ts'

export type NewCallback = {
  purpose: Purpose
  /** The matter; for a second opinion the supervision order. */
  subjectId: string
  round: number
  matterId: string
  officerId: string
  unitId: string
  counterId: string | null
  itemCode: string | null
  finishedAt: Temporal.Instant
  /** Plain and normalised. Only a mobile number can be asked. */
  phone: string | null
}

/**
 * Schedules the question about a finished service inside the caller's transaction: who served, where and when is frozen
 * with it. Once for each purpose, subject and round; a repeat changes nothing. Whoever may finish the matter may call.
 */
export async function scheduleCallback(ctx: Context, input: NewCallback): Promise<void> {
  const id = randomUUID()
  const token = newToken()
  const phone = mobileOf(input.phone)
  const moment = sendMoment(input.purpose === 'satisfaction' ? input.finishedAt : ctx.now, ctx.calendar)
  const state = !phone ? 'no_phone' : (await isOptedOut(ctx, phone)) ? 'opted_out' : 'scheduled'

  // Neither RETURNING nor a conflict target: the officer may not look at questions about himself.
  await ctx.db
    .insertInto('callback.callback')
    .values({
      id,
      purpose: input.purpose,
      subject_id: input.subjectId,
      round: input.round,
      matter_id: input.matterId,
      officer_id: input.officerId,
      unit_id: input.unitId,
      counter_id: input.counterId,
      item_code: input.itemCode,
      finished_at: input.finishedAt,
      phone_sealed: phone && ctx.seal.seal(phone, phoneContext(id)),
      phone_index: phone && ctx.seal.blindIndex('phone', phone),
      token_hash: keyHash(pageKey(ctx, token)),
      token_sealed: ctx.seal.seal(token, tokenContext(id)),
      state,
      send_after: moment.at,
      closed_at: state === 'scheduled' ? null : ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Asks the citizen behind an order for the second opinion about its round (CB07). `sourceId` is the question from which
 * the order came: attribution and telephone are taken from it. For the desk and the system, which may read it.
 */
export async function askSecondOpinion(
  ctx: Context,
  about: { orderId: string; round: number; sourceId: string },
): Promise<void> {
  const first = await ctx.db
    .selectFrom('callback.callback')
    .selectAll()
    .where('id', '=', about.sourceId)
    .executeTakeFirst()
  if (!first) throw notFound('callback')
  await scheduleCallback(ctx, {
    purpose: 'second_opinion',
    subjectId: about.orderId,
    round: about.round,
    matterId: first.matter_id,
    officerId: first.officer_id,
    unitId: first.unit_id,
    counterId: first.counter_id,
    itemCode: first.item_code,
    finishedAt: first.finished_at,
    phone: first.phone_sealed && ctx.seal.open(first.phone_sealed, phoneContext(first.id)),
  })
}

async function isOptedOut(ctx: Context, phone: string): Promise<boolean> {
  const indexes = ctx.seal.blindIndexes('phone', phone)
  const { rows } = await sql<{ out: boolean }>`select callback.is_opted_out(${indexes}) as out`.execute(ctx.db)
  return rows[0]!.out
}

function mobileOf(phone: string | null): string | null {
  const read = phone === null ? null : checkPhone(phone)
  return read && 'phone' in read && read.kind === 'mobile' ? read.phone : null
}
