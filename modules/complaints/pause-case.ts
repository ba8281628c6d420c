import { randomUUID } from 'node:crypto'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { pauseReasons } from '#policy/complaints/clocks.ts'
import { possible } from '#policy/complaints/lifecycle.ts'
import { moveDue } from './case-clock.ts'
import { addStep, type Case, lockCase, nextStatus, standingTo } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { noticeTexts, pauseWords } from './notice-texts.ts'

/** Time stops only for a reason that is on the list, and only when a leader says so (T2). */
export async function requestPause(
  ctx: Context,
  id: string,
  input: { version: number; kind: string; reason: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  if (!standingTo(ctx, found).includes('handler')) throw new Problem(403, 'wrong-person')
  if (!possible(found.status, ['leader']).includes('pause')) throw new Problem(409, 'wrong-state')
  if (await openPause(ctx, found)) throw new Problem(409, 'already-asked')
  const kind = pauseReasons.find((known) => known === input.kind)
  if (!kind) throw invalid({ kind: 'choose-one' })
  const reason = words('reason', input.reason, 1000)

  await ctx.db
    .insertInto('complaints.pause')
    .values({
      id: randomUUID(),
      case_id: found.id,
      kind,
      reason,
      requested_by: ctx.actor.personId as string,
      paused_on: dayOf(ctx.now).toString(),
    })
    .execute()
  await addStep(ctx, found, 'pause_asked', { text: reason, detail: { kind } })
}

/** Granted, the clock stands from today; refused, it never stood. Everybody who complained is told. */
export async function decidePause(
  ctx: Context,
  id: string,
  input: { version: number; approve: boolean; note?: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const pause = await openPause(ctx, found)
  if (!pause || pause.approved_by) throw new Problem(409, pause ? 'already-decided' : 'wrong-state')
  nextStatus(ctx, found, 'pause', ['running', 'reasons-told'])
  if (pause.requested_by === ctx.actor.personId) throw new Problem(403, 'wrong-person')
  const today = dayOf(ctx.now).toString()
  if (!input.approve) {
    await setPause(ctx, pause.id, { paused_on: today, resumed_on: today })
    await addStep(ctx, found, 'pause_refused', { text: words('note', input.note, 1000) })
    return
  }

  await setPause(ctx, pause.id, { approved_by: ctx.actor.personId, paused_on: today })
  await moveDue(ctx, found)
  await addStep(ctx, found, 'paused', { text: pause.reason, detail: { kind: pause.kind } })
  const kind = pauseReasons.find((known) => known === pause.kind)
  await issueNotices(ctx, found, 'paused', noticeTexts.paused(kind ? pauseWords[kind] : ''))
}

/** The clock runs on from today; the days that it stood are added to the end. */
export async function resumeCase(ctx: Context, id: string, input: { version: number }): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const pause = await openPause(ctx, found)
  nextStatus(ctx, found, 'resume', pause?.approved_by ? ['paused'] : [])
  await setPause(ctx, (pause as { id: string }).id, { resumed_on: dayOf(ctx.now).toString() })
  const due = await moveDue(ctx, found)
  await addStep(ctx, found, 'resumed', { detail: { dueOn: due?.day.toString() } })
}

function openPause(ctx: Context, found: Case) {
  return ctx.db
    .selectFrom('complaints.pause')
    .selectAll()
    .where('case_id', '=', found.id)
    .where('resumed_on', 'is', null)
    .executeTakeFirst()
}

async function setPause(
  ctx: Context,
  id: string,
  change: { approved_by?: string | null; paused_on?: string; resumed_on?: string },
): Promise<void> {
  await ctx.db.updateTable('complaints.pause').set(change).where('id', '=', id).execute()
}
