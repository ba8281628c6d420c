import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { type OpenedOrder, openOrder } from './open-order.ts'
import { words } from './order-store.ts'

export const handIssuedKinds = ['leader', 'inspection', 'complaint', 'citizen_request'] as const

export type IssueInput = {
  sourceKind?: string
  concernedUnitId: string
  /** Police number of the officer concerned; may be left empty. */
  concernedPoliceNo?: string
  problem: string
  requirement: string
}

/** An order written by hand (`order.issue`): by a leader, or from an inspection, a complaint, a citizen's request. */
export async function issueOrder(ctx: Context, input: IssueInput): Promise<OpenedOrder> {
  if (!ctx.actor.personId || !may(ctx.actor, 'order.issue')) throw new Problem(403, 'not-permitted')
  const sourceKind = handIssuedKinds.find((kind) => kind === (input.sourceKind ?? 'leader'))
  if (!sourceKind) throw invalid({ sourceKind: 'choose-one' })
  const unit = await concernedUnit(ctx, input.concernedUnitId)
  return openOrder(ctx, {
    sourceKind,
    sourceId: randomUUID(),
    concernedPersonId: await personOf(ctx, input.concernedPoliceNo),
    concernedUnitId: unit,
    problem: words('problem', input.problem, 2000),
    requirement: words('requirement', input.requirement, 2000),
    startedAt: ctx.now,
  })
}

/** Who issues an order about his own unit, or one above or below it, would judge himself. */
async function concernedUnit(ctx: Context, id: string): Promise<string> {
  if (!id) throw invalid({ concernedUnitId: 'choose-one' })
  const found = await sql<{ kept: boolean }>`select u.id = any (supervision.kept_from()) as kept
    from directory.unit u where u.id = ${id}::uuid`.execute(ctx.db)
  const unit = found.rows[0]
  if (!unit) throw invalid({ concernedUnitId: 'choose-one' })
  if (unit.kept) throw invalid({ concernedUnitId: 'own-unit' })
  return id
}

async function personOf(ctx: Context, policeNo: string | undefined): Promise<string | null> {
  const wanted = policeNo?.normalize('NFKC').trim()
  if (!wanted) return null
  if (!/^[0-9A-Za-z]+$/.test(wanted)) throw invalid({ concernedPoliceNo: 'no-such-officer' })
  const person = await ctx.db
    .selectFrom('directory.person')
    .select('id')
    .where('police_no', '=', wanted)
    .executeTakeFirst()
  if (!person) throw invalid({ concernedPoliceNo: 'no-such-officer' })
  if (person.id === ctx.actor.personId) throw invalid({ concernedPoliceNo: 'own-person' })
  return person.id
}
