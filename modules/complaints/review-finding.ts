import type { Context } from '#platform/context.ts'
import { words, wordsOrNone } from '#platform/typed.ts'
import { addStep, lockCase, nextStatus, saveCase } from './case-store.ts'
import { confirmTags, type Tags } from './confirm-tags.ts'
import { findingCapacities, findingsOf, heard, nextFindingStatus, saveFinding } from './finding-store.ts'

export type SecondReview = { version: number; agree: boolean; note?: string; tags: Tags }

/**
 * The second of the two reviewers: never who proposed. He codes for himself, so that the two codings can be compared
 * (CO06); disagreeing sends the case back with his reasons.
 */
export async function reviewFinding(ctx: Context, id: string, input: SecondReview): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const drafts = await findingsOf(ctx, found, true)
  const me = ctx.actor.personId as string
  const other = drafts.length > 0 && drafts.every((draft) => draft.proposed_by !== me) && found.handler_id !== me
  const met = other ? (['other-than-proposer'] as const) : []
  const action = input.agree ? 'agree' : 'disagree'
  const status = nextStatus(ctx, found, action, met)
  const note = input.agree ? wordsOrNone('note', input.note, 2000) : words('note', input.note, 2000)
  const needs = (await heard(ctx, found)) ? ([...met, 'officer-heard'] as const) : met

  for (const draft of drafts) {
    const next = nextFindingStatus(draft.status, action, findingCapacities(ctx), needs)
    const reviewed = input.agree ? { reviewed_by: me, reviewed_at: ctx.now } : {}
    await saveFinding(ctx, draft.id, { status: next, review_note: note || null, ...reviewed })
  }
  if (input.agree) await confirmTags(ctx, found.id, input.tags)
  await saveCase(ctx, found, { status })
  await addStep(ctx, found, input.agree ? 'agreed' : 'disagreed', { text: note })
}
