import { sql } from 'kysely'
import { findUnit } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { dueBy } from '#policy/service-window/limits.ts'
import { assessMatter } from './check-materials.ts'
import { count } from './figure-count.ts'
import { lockMatter, type Matter, nextStatus, saveMatter } from './matter-store.ts'

/** Complete papers are accepted, with a number, a due date and the rule it comes from (R47, R62, R86). */
export async function acceptMatter(
  ctx: Context,
  id: string,
  input: { version: number },
): Promise<{ acceptanceNo: string; dueOn: string; provisional: boolean }> {
  const matter = await lockMatter(ctx, id, input.version)
  const [{ version, assessment }, unit] = await Promise.all([
    assessMatter(ctx, matter),
    findUnit(ctx, matter.handling_unit_id),
  ])
  const to = nextStatus(ctx, matter, 'accept', assessment.branch === 'accept' ? ['item', 'all-present'] : ['item'])
  const due = dueBy(version.content.promisedLimit, dayOf(ctx.now), ctx.calendar)
  if ('refused' in due) throw new Problem(409, 'calendar-missing', { detail: { year: due.year } })

  const acceptanceNo = await nextAcceptanceNo(ctx, unit?.code ?? '')
  saveMatter(ctx, matter, {
    status: to,
    accepted_at: ctx.now,
    acceptance_no: acceptanceNo,
    due_on: due.day.toString(),
    due_provisional: due.provisional,
    due_basis: due.basis,
  })
  count(ctx, 'accepted', { unitId: matter.unit_id, itemCode: matter.item_code })
  countVisits(ctx, matter)
  return { acceptanceNo, dueOn: due.day.toString(), provisional: due.provisional }
}

/** Accepted at the first or second visit, or later: the second-visit completion rate (R50). */
function countVisits(ctx: Context, matter: Matter): void {
  if (matter.visits === 1) return
  count(ctx, matter.visits === 2 ? 'done_by_visit_2' : 'done_later', {
    unitId: matter.unit_id,
    itemCode: matter.item_code,
  })
}

/** 22 digits: region 6, station 3, date 8, sequence of the day 5 from 00001 (GA 214.4-2004, R62). */
async function nextAcceptanceNo(ctx: Context, unitCode: string): Promise<string> {
  const prefix = unitCode.replace(/\D/g, '').padEnd(9, '0').slice(0, 9) + dayOf(ctx.now).toString().replaceAll('-', '')
  const next = await sql<{ n: number }>`select platform.next_number(${`acceptance.${prefix}`}) as n`.execute(ctx.db)
  return prefix + String(next.rows[0]?.n).padStart(5, '0')
}
