import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { versionOn } from '#modules/registration/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { type ContactInput, checkContact, sealedContact } from './contact.ts'
import { count } from './figure-count.ts'
import { insertMatter } from './matter-store.ts'
import { hashQueryCode, newQueryCode, sealedCode } from './query-code.ts'

export type ReceptionInput = ContactInput & { unitId?: string; counterId?: string; itemCode?: string }

/**
 * A citizen is received (R84). The officer who signs this is the first-contact officer for good; the matter gets its
 * number, its query code and its first visit. The item may be chosen now or after talking.
 */
export async function receiveCitizen(
  ctx: Context,
  input: ReceptionInput,
): Promise<{ id: string; no: string; queryCode: string }> {
  const officer = ctx.actor.personId
  const unitId = input.unitId || servingUnit(ctx)
  if (!officer || !unitId || !may(ctx.actor, 'matter.receive', unitId)) throw new Problem(403, 'not-permitted')
  const contact = checkContact(ctx, input)
  const [counterId, version, no] = await Promise.all([
    counterOf(ctx, unitId, input.counterId),
    input.itemCode ? versionOn(ctx, input.itemCode, dayOf(ctx.now)) : undefined,
    nextMatterNo(ctx),
  ])
  if (input.itemCode && !version) throw invalid({ itemCode: 'choose-one' })

  const id = randomUUID()
  const queryCode = newQueryCode()
  insertMatter(ctx, {
    id,
    no,
    unit_id: unitId,
    handling_unit_id: unitId,
    counter_id: counterId,
    first_officer_id: officer,
    holder_id: officer,
    received_at: ctx.now,
    applicant_name: contact.name,
    request: contact.request,
    ...sealedContact(ctx, id, contact),
    item_code: version?.itemCode ?? null,
    item_version_id: version?.id ?? null,
    query_code_hash: hashQueryCode(ctx, queryCode),
    query_code_sealed: sealedCode(ctx, id, queryCode),
  })
  ctx.put(
    ctx.db
      .insertInto('service_window.visit')
      .values({ matter_id: id, no: 1, at: ctx.now, officer_id: officer, unit_id: unitId, counter_id: counterId }),
  )
  count(ctx, 'received', { unitId, itemCode: version?.itemCode ?? null })
  return { id, no, queryCode }
}

async function nextMatterNo(ctx: Context): Promise<string> {
  const next = await sql<{ n: number }>`select nextval('service_window.matter_no') as n`.execute(ctx.db)
  return `${dayOf(ctx.now).toString().replaceAll('-', '')}-${String(next.rows[0]?.n).padStart(6, '0')}`
}

/** Where the actor serves: the own unit, or the first one in which he may receive when his duty is elsewhere. */
export function servingUnit(ctx: Context): string {
  const own = ctx.actor.unitId
  if (own && may(ctx.actor, 'matter.receive', own)) return own
  const granted = ctx.actor.grants['matter.receive']?.find((unit) => unit !== '*')
  if (!granted) throw new Problem(403, 'not-permitted')
  return granted
}

/** A counter must be one of the unit's; none is allowed (a reception room, a telephone). */
export async function counterOf(ctx: Context, unitId: string, counterId: string | undefined): Promise<string | null> {
  if (!counterId) return null
  const counter = await ctx.db
    .selectFrom('directory.counter')
    .select('id')
    .where('id', '=', counterId)
    .where('unit_id', '=', unitId)
    .executeTakeFirst()
  if (!counter) throw invalid({ counterId: 'choose-one' })
  return counter.id
}

/** The counter at which the actor last received somebody: the same again is the likeliest answer. */
export async function lastCounter(ctx: Context): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('service_window.matter')
    .select('counter_id')
    .where('first_officer_id', '=', ctx.actor.personId)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.counter_id ?? null
}
