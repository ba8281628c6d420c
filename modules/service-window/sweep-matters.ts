import { sql } from 'kysely'
import { reportFact } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { valueOn } from '#policy/parameter.ts'
import { dueBy, keptOpenDays } from '#policy/service-window/limits.ts'
import { versionOf } from './check-materials.ts'
import { count } from './figure-count.ts'
import { lapseMatter } from './finish-matter.ts'
import { findMatter, saveMatter } from './matter-store.ts'

const batch = 200

/** Matters past their due day become facts of the ledger, once each (R86). Returns how many; call again while it is a full batch. */
export async function markOverdue(ctx: Context): Promise<number> {
  const today = dayOf(ctx.now)
  const late = await ctx.db
    .selectFrom('service_window.matter')
    .select(['id', 'no', 'unit_id', 'first_officer_id', 'item_code', 'due_on', 'version'])
    .where('status', '=', 'accepted')
    .where('due_on', '<', today.toString())
    .where('overdue_at', 'is', null)
    .orderBy('due_on')
    .limit(batch)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const matter of late) {
    await ctx.db.updateTable('service_window.matter').set({ overdue_at: ctx.now }).where('id', '=', matter.id).execute()
    count(ctx, 'overdue', { unitId: matter.unit_id, itemCode: matter.item_code })
    await reportFact(ctx, {
      kind: 'matter_overdue',
      personId: matter.first_officer_id,
      unitId: matter.unit_id,
      sourceKind: 'matter',
      sourceId: matter.id,
      basis: 'R86',
      occurredOn: Temporal.PlainDate.from(matter.due_on as string).add({ days: 1 }),
      detail: { matterNo: matter.no, dueOn: matter.due_on },
    })
  }
  return late.length
}

/** Matters whose citizen did not come back in the time for which they were kept open end, and can begin anew (R59). */
export async function lapseUnreturned(ctx: Context): Promise<number> {
  const days = valueOn(keptOpenDays, dayOf(ctx.now)).value
  const today = dayOf(ctx.now).toString()
  // The day that was printed for the citizen counts; where the calendar could not tell one, half a month is added.
  const stale = await sql<{ id: string }>`select m.id from service_window.matter m
    where m.status = 'awaiting_applicant' and m.received_at < ${ctx.now.subtract({ hours: 24 * days })}
      and ${today}::date > (select max(coalesce(nullif(n.content->>'keptUntil', '')::date, (n.issued_at + make_interval(days => ${days + 15}::int))::date))
        from service_window.notice n where n.matter_id = m.id and n.status = 'issued')
    order by m.received_at limit ${batch}`.execute(ctx.db)
  for (const { id } of stale.rows) await lapseMatter(ctx, id)
  return stale.rows.length
}

/** When a year's official calendar has been loaded, dates that ran into it are computed again (b-9). */
export async function recomputeProvisional(ctx: Context): Promise<number> {
  const rows = await ctx.db
    .selectFrom('service_window.matter')
    .select('id')
    .where('status', '=', 'accepted')
    .where('due_provisional', '=', true)
    .limit(1000)
    .execute()
  let changed = 0
  for (const { id } of rows) {
    const matter = await findMatter(ctx, id)
    if (!matter.accepted_at) continue
    const promised = dueBy(
      (await versionOf(ctx, matter)).content.promisedLimit,
      dayOf(matter.accepted_at),
      ctx.calendar,
    )
    if ('refused' in promised) continue
    const due =
      matter.extended_days === null ? promised : ctx.calendar.addWorkingDays(promised.day, matter.extended_days)
    if ('refused' in due || (due.provisional && due.day.toString() === matter.due_on)) continue
    saveMatter(ctx, matter, { due_on: due.day.toString(), due_provisional: due.provisional })
    changed += 1
  }
  return changed
}
