import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import type { SupervisionSourceKind } from '#platform/db/schema.ts'
import { orderDue } from '#policy/supervision/order-due.ts'
import { problemWithoutWords, standardRequirement } from '#policy/supervision/texts.ts'
import { leastLoaded } from './desk-officers.ts'
import { addStep, insertOrder } from './order-store.ts'

export type OpenOrder = {
  sourceKind: SupervisionSourceKind
  sourceId: string
  /** The officer who was rated; null when only the unit is known. */
  concernedPersonId: string | null
  concernedUnitId: string
  /** The citizen's words or what was found; nothing that names the citizen. */
  problem: string
  /** Left out: the standing requirement of R53. */
  requirement?: string
  /** When the reply was received: the clock starts here (A9). */
  startedAt: Temporal.Instant
  contactConsent?: boolean | null
}

export type OpenedOrder = { id: string; no: string; dueOn: Temporal.PlainDate }

/**
 * Opens the one order of a source, or returns the one that is open already: however often it is called, there is one.
 * Never fails for want of a calendar or of an eligible officer: then the date is provisional, or the desk assigns.
 */
export async function openOrder(ctx: Context, input: OpenOrder): Promise<OpenedOrder> {
  const { sourceKind, sourceId } = input
  // Whoever comes second waits here, so that no number is spent on an order that is there already.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`supervision.order.${sourceKind}.${sourceId}`}, 0))`.execute(
    ctx.db,
  )
  const before = await ctx.db
    .selectFrom('supervision.order')
    .select(['id', 'no', 'due_on'])
    .where('source_kind', '=', sourceKind)
    .where('source_id', '=', sourceId)
    .executeTakeFirst()
  if (before) return { id: before.id, no: before.no, dueOn: Temporal.PlainDate.from(before.due_on) }

  const id = randomUUID()
  const no = await nextOrderNo(ctx)
  const due = orderDue(input.startedAt, ctx.calendar)
  const owner = await leastLoaded(ctx, input)
  await insertOrder(ctx, {
    id,
    no,
    source_kind: sourceKind,
    source_id: sourceId,
    concerned_person_id: input.concernedPersonId,
    concerned_unit_id: input.concernedUnitId,
    problem: storable(input.problem) || problemWithoutWords,
    requirement: storable(input.requirement ?? '') || standardRequirement(dayOf(input.startedAt)),
    owner_id: owner?.personId ?? null,
    started_at: input.startedAt,
    round_started_at: input.startedAt,
    issued_at: ctx.now,
    issued_by: ctx.actor.personId,
    due_on: due.day.toString(),
    due_provisional: due.provisional,
    due_basis: due.basis,
    contact_consent: input.contactConsent ?? null,
  })
  await addStep(ctx, { id }, 'issued', {
    detail: { dueOn: due.day.toString(), provisional: due.provisional, missingYear: due.missingYear },
  })
  await addStep(ctx, { id }, 'assigned', { detail: { ownerId: owner?.personId ?? null, automatic: true } })
  return { id, no, dueOn: due.day }
}

/** DB (督办), the day, a number of the day: easy to say on the telephone and to type. */
async function nextOrderNo(ctx: Context): Promise<string> {
  const day = dayOf(ctx.now).toString().replaceAll('-', '')
  const next = await sql<{ n: number }>`select platform.next_number(${`order.${day}`}) as n`.execute(ctx.db)
  return `DB${day}-${String(next.rows[0]?.n).padStart(4, '0')}`
}

const most = 2000

/** A citizen's words are never refused here for an odd character; it is dropped, and too long a text is cut. */
function storable(text: string): string {
  const clean = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
  const characters = [...clean]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : clean
}
