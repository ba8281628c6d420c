import { reportFact } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words, wordsOrNone } from '#platform/typed.ts'
import { valueOn } from '#policy/parameter.ts'
import { longestExtension } from '#policy/service-window/limits.ts'
import { lockMatter, nextStatus, saveMatter } from './matter-store.ts'

/** Longer than promised only once, with a reason, asked of the unit head before the day has come (R86). */
export async function requestExtension(
  ctx: Context,
  id: string,
  input: { version: number; days: number; reason: string },
): Promise<void> {
  const matter = await lockMatter(ctx, id, input.version)
  nextStatus(ctx, matter, 'request-extension')
  const most = valueOn(longestExtension, dayOf(ctx.now)).value
  if (!Number.isInteger(input.days) || input.days < 1 || input.days > most) throw invalid({ days: 'out-of-range' })
  const reason = words('reason', input.reason)
  if (matter.due_on !== null && dayOf(ctx.now).toString() > matter.due_on) throw new Problem(409, 'due-already-past')
  const asked = await ctx.db
    .selectFrom('service_window.extension')
    .select('approved')
    .where('matter_id', '=', id)
    .executeTakeFirst()
  if (asked) throw new Problem(409, asked.approved === null ? 'already-asked' : 'only-once')
  await ctx.db
    .insertInto('service_window.extension')
    .values({
      matter_id: id,
      days: input.days,
      reason,
      requested_by: ctx.actor.personId as string,
      requested_at: ctx.now,
      old_due_on: matter.due_on as string,
    })
    .execute()
  saveMatter(ctx, matter, {})
}

/** Decided by the unit head, never by who asked; approved only together with how the citizen was told (R86). */
export async function decideExtension(
  ctx: Context,
  id: string,
  input: { approve: boolean; toldHow?: string; version?: number },
): Promise<void> {
  const matter = await lockMatter(ctx, id, input.version)
  // The law of the house names the unit head; a window chief decides on notices, not on time (R86).
  if (!ctx.actor.roles.includes('unit_head')) throw new Problem(403, 'unit-head-only')
  const asked = await ctx.db
    .selectFrom('service_window.extension')
    .selectAll()
    .where('matter_id', '=', id)
    .executeTakeFirst()
  if (!asked || asked.approved !== null) throw new Problem(409, 'already-decided')
  nextStatus(ctx, matter, 'decide-extension', [], asked.requested_by)
  const decided = { decided_by: ctx.actor.personId, decided_at: ctx.now, approved: input.approve }
  if (!input.approve) {
    await ctx.db.updateTable('service_window.extension').set(decided).where('matter_id', '=', id).execute()
    saveMatter(ctx, matter, {})
    return
  }
  const how = wordsOrNone('toldHow', input.toldHow, 200)
  if (!how) throw invalid({ toldHow: 'citizen-must-be-told' })
  const due = ctx.calendar.addWorkingDays(Temporal.PlainDate.from(asked.old_due_on), asked.days)
  if ('refused' in due) throw new Problem(409, 'calendar-missing', { detail: { year: due.year } })
  await ctx.db
    .updateTable('service_window.extension')
    .set({ ...decided, new_due_on: due.day.toString(), citizen_told_at: ctx.now, citizen_told_how: how })
    .where('matter_id', '=', id)
    .execute()
  saveMatter(ctx, matter, {
    due_on: due.day.toString(),
    due_provisional: due.provisional,
    extended_days: asked.days,
  })
  await reportFact(ctx, {
    kind: 'matter_extended',
    personId: matter.first_officer_id,
    unitId: matter.unit_id,
    sourceKind: 'extension',
    sourceId: id,
    basis: 'R86',
    detail: { matterNo: matter.no, days: asked.days },
  })
}
