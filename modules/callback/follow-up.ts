import { versionOn } from '#modules/registration/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { isBad, levelOfDigit } from '#policy/callback/levels.ts'
import { standardRequirement } from '#policy/supervision/texts.ts'
import type { CallbackPorts } from './ports.ts'
import { orderProblem } from './texts.ts'

export type Pending = { callbackId: string; kind: string }

/** Consequences still to be drawn, the oldest first; the rating of a question before its consent. */
export async function pendingFollowUps(ctx: Context, limit = 200): Promise<Pending[]> {
  const rows = await ctx.db
    .selectFrom('callback.follow_up')
    .select(['callback_id', 'kind'])
    .orderBy('at')
    .orderBy('kind', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ callbackId: row.callback_id, kind: row.kind }))
}

/**
 * Draws the consequence of one answer and strikes it off in the same transaction: a dissatisfied rating opens an order
 * (R53), a second opinion goes to its order, a consent is passed on. False when another worker did.
 */
export async function followOne(ctx: Context, ports: CallbackPorts, { callbackId, kind }: Pending): Promise<boolean> {
  const mine = await ctx.db
    .deleteFrom('callback.follow_up')
    .where('callback_id', '=', callbackId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (mine.numDeletedRows === 0n) return false

  if (kind === 'rating') await followRating(ctx, ports, callbackId)
  else await followConsent(ctx, ports, callbackId)
  return true
}

/** Draws everything that is pending in the caller's transaction. The worker takes them one by one instead (worker.ts). */
export async function followUp(ctx: Context, ports: CallbackPorts): Promise<number> {
  let drawn = 0
  for (const pending of await pendingFollowUps(ctx)) if (await followOne(ctx, ports, pending)) drawn += 1
  return drawn
}

async function followRating(ctx: Context, ports: CallbackPorts, callbackId: string): Promise<void> {
  const rated = await ctx.db
    .selectFrom('callback.rating as r')
    .innerJoin('callback.callback as c', 'c.id', 'r.callback_id')
    .select([
      'r.level',
      'r.purpose',
      'r.officer_id',
      'r.unit_id',
      'r.item_code',
      'r.rated_at',
      'c.subject_id',
      'c.round',
      'c.contact_consent',
    ])
    .where('r.callback_id', '=', callbackId)
    .executeTakeFirstOrThrow()
  if (rated.purpose === 'second_opinion') {
    await ports.recordSecondOpinion(ctx, {
      orderId: rated.subject_id,
      round: rated.round,
      level: rated.level,
      at: rated.rated_at,
    })
    return
  }
  const level = levelOfDigit(rated.level)
  if (!level || !isBad(level)) return
  const day = dayOf(rated.rated_at)
  await ports.openOrder(ctx, {
    sourceKind: 'callback',
    sourceId: callbackId,
    concernedPersonId: rated.officer_id,
    concernedUnitId: rated.unit_id,
    problem: orderProblem(rated.level, await itemName(ctx, rated.item_code, day)),
    requirement: standardRequirement(day),
    startedAt: rated.rated_at,
    contactConsent: rated.contact_consent,
  })
}

async function followConsent(ctx: Context, ports: CallbackPorts, callbackId: string): Promise<void> {
  const said = await ctx.db
    .selectFrom('callback.callback as c')
    .innerJoin('callback.rating as r', 'r.callback_id', 'c.id')
    .select(['c.contact_consent', 'c.purpose', 'r.level'])
    .where('c.id', '=', callbackId)
    .executeTakeFirstOrThrow()
  const level = levelOfDigit(said.level)
  if (said.contact_consent === null || said.purpose !== 'satisfaction' || !level || !isBad(level)) return
  await ports.noteConsent(ctx, { sourceId: callbackId, consent: said.contact_consent })
}

async function itemName(ctx: Context, itemCode: string | null, day: Temporal.PlainDate): Promise<string | null> {
  const version = itemCode === null ? undefined : await versionOn(ctx, itemCode, day)
  return version?.content.name.zh ?? null
}
