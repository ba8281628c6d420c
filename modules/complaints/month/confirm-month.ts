import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { ComplaintsMonth } from '#platform/db/schema.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import type { Department } from '#policy/complaints/lists.ts'
import { type Confirmation, confirmationAllowed } from '#policy/complaints/month.ts'
import type { MonthFigures } from './count-month.ts'

export type Month = Omit<Selectable<ComplaintsMonth>, 'figures'> & { figures: MonthFigures | null }

export async function findMonth(ctx: Context, period: string): Promise<Month> {
  const found = await ctx.db.selectFrom('complaints.month').selectAll().where('period', '=', period).executeTakeFirst()
  if (!found) throw notFound('month')
  return found as unknown as Month
}

/**
 * A department says that what it collected is complete, or that there was nothing (R110). Only after the cut-off, once,
 * and by somebody of that department; "nil" is refused where its queue has cases of the month.
 */
export async function confirmMonth(
  ctx: Context,
  period: string,
  input: { department: Department; result: Confirmation },
): Promise<void> {
  const month = await findMonth(ctx, period)
  const desk = await ctx.db
    .selectFrom('complaints.desk')
    .select('unit_id')
    .where('department', '=', input.department)
    .executeTakeFirst()
  if (!desk || !may(ctx.actor, 'month.confirm', desk.unit_id)) throw new Problem(403, 'not-permitted')
  if (!month.figures) throw new Problem(409, 'before-cut-off')
  const cases = month.figures.byDepartment[input.department] ?? 0
  const allowed = confirmationAllowed({ cutOff: Temporal.PlainDate.from(month.cut_off) }, input.result, cases, ctx.now)
  if ('refused' in allowed)
    throw allowed.refused === 'before-cut-off'
      ? new Problem(409, allowed.refused)
      : invalid({ result: allowed.refused })
  const made = await ctx.db
    .insertInto('complaints.month_confirmation')
    .values({
      period,
      department: input.department,
      result: input.result,
      cases,
      confirmed_by: ctx.actor.personId as string,
      confirmed_at: ctx.now,
    })
    .onConflict((oc) => oc.columns(['period', 'department']).doNothing())
    .returning(sql<number>`1`.as('made'))
    .execute()
  if (made.length === 0) throw new Problem(409, 'already-confirmed')
}
