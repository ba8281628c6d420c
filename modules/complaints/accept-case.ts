import { type Context, dayOf } from '#platform/context.ts'
import { type Clock, finishDue } from '#policy/complaints/clocks.ts'
import type { Need } from '#policy/complaints/lifecycle.ts'
import { addStep, type Case, lockCase, nextStatus, saveCase } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { toldDay } from './notice-texts.ts'
import { triageTexts } from './triage-texts.ts'

/** The case is ours: sixty natural days run from today, and whoever complained is told (petition-regulations:23, 34). */
export async function acceptCase(ctx: Context, id: string, input: { version: number }): Promise<Clock> {
  const found = await lockCase(ctx, id, input.version)
  const status = nextStatus(ctx, found, 'accept', classOf(found))
  const due = finishDue(dayOf(ctx.now), ctx.calendar)
  await saveCase(ctx, found, {
    status,
    accepted_at: ctx.now,
    noticed_at: found.noticed_at ?? ctx.now,
    due_on: due.day.toString(),
    due_provisional: due.provisional,
    due_basis: due.basis,
  })
  await addStep(ctx, found, 'accepted', { detail: { due: due.day.toString(), provisional: due.provisional } })
  await issueNotices(
    ctx,
    { ...found, accepted_at: ctx.now },
    'accepted',
    triageTexts.accepted(toldDay('办理期限', due)),
  )
  return due
}

/** What the class of a case lets happen with it. */
export function classOf(found: Pick<Case, 'class'>): Need[] {
  if (found.class === null) return []
  return ['classified', found.class === 'other_path' ? 'other-path' : 'own-path']
}
