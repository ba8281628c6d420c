import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { extendedDue, extensionAllowed } from '#policy/complaints/clocks.ts'
import { possible } from '#policy/complaints/lifecycle.ts'
import { moveDue, pausesOf, roundStart } from './case-clock.ts'
import { addStep, type Case, lockCase, nextStatus, standingTo } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { noticeTexts, toldDay } from './notice-texts.ts'

/** Whoever handles the case asks for more time, with reasons that the citizen will read (art. 34). */
export async function requestExtension(
  ctx: Context,
  id: string,
  input: { version: number; days: number; reason: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  if (!standingTo(ctx, found).includes('handler')) throw new Problem(403, 'wrong-person')
  if (!possible(found.status, ['leader']).includes('extend')) throw new Problem(409, 'wrong-state')
  const before = await extensionOf(ctx, found)
  if (before && before.approved !== false)
    throw new Problem(409, before.approved ? 'already-extended' : 'already-asked')
  const reason = words('reason', input.reason, 1000)
  await refuseUnlawful(ctx, found, { days: input.days, reason })

  const asked = {
    days: input.days,
    reason,
    requested_by: ctx.actor.personId as string,
    requested_at: ctx.now,
    decided_by: null,
    decided_at: null,
    approved: null,
    old_due_on: found.due_on as string,
    new_due_on: null,
  }
  await ctx.db
    .insertInto('complaints.extension')
    .values({ case_id: found.id, round: found.round, ...asked })
    .onConflict((conflict) => conflict.columns(['case_id', 'round']).doUpdateSet(asked))
    .execute()
  await addStep(ctx, found, 'extension_asked', { text: reason, detail: { days: input.days } })
}

/** The leader decides; granted, everybody who complained is told the reasons and the new day. */
export async function decideExtension(
  ctx: Context,
  id: string,
  input: { version: number; approve: boolean; note?: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const asked = await extensionOf(ctx, found)
  if (!asked || asked.decided_at) throw new Problem(409, asked ? 'already-decided' : 'wrong-state')
  nextStatus(ctx, found, 'extend', ['not-yet-extended', 'reasons-told'])
  if (asked.requested_by === ctx.actor.personId) throw new Problem(403, 'wrong-person')
  const decided = { decided_by: ctx.actor.personId, decided_at: ctx.now, approved: input.approve }
  const write = (more: { new_due_on?: string }) =>
    ctx.db
      .updateTable('complaints.extension')
      .set({ ...decided, ...more })
      .where('case_id', '=', found.id)
      .where('round', '=', found.round)
      .execute()
  if (!input.approve) {
    await write({})
    await addStep(ctx, found, 'extension_refused', { text: words('note', input.note, 1000) })
    return
  }

  const due = await refuseUnlawful(ctx, found, asked)
  await write({ new_due_on: due.toString() })
  const clock = await moveDue(ctx, found)
  await addStep(ctx, found, 'extended', { text: asked.reason, detail: { days: asked.days, dueOn: due.toString() } })
  if (clock)
    await issueNotices(ctx, found, 'extended', noticeTexts.extended(asked.reason, toldDay('延长后的办理期限', clock)))
}

function extensionOf(ctx: Context, found: Case) {
  return ctx.db
    .selectFrom('complaints.extension')
    .selectAll()
    .where('case_id', '=', found.id)
    .where('round', '=', found.round)
    .executeTakeFirst()
}

/** Once, at most thirty days, before it is due. Returns the day it would be due then. */
async function refuseUnlawful(
  ctx: Context,
  found: Case,
  asked: { days: number; reason: string },
): Promise<Temporal.PlainDate> {
  const start = await roundStart(ctx, found)
  if (!start) throw new Problem(409, 'wrong-state')
  const pauses = await pausesOf(ctx, found.id)
  const wish = { ...asked, approvedOn: dayOf(ctx.now), already: false }
  const allowed = extensionAllowed(start, wish, ctx.calendar, pauses)
  if ('refused' in allowed)
    throw invalid({ [allowed.refused === 'reason-required' ? 'reason' : 'days']: allowed.refused })
  const due = extendedDue(start, asked.days, ctx.calendar, pauses)
  if ('refused' in due) throw invalid({ days: due.refused })
  return due.day
}
