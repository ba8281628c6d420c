import { type Colleague, findPerson } from '#modules/directory/index.ts'
import { type ItemName, type ItemVersionRow, itemNamesOn, versionById } from '#modules/registration/index.ts'
import {
  type Assessment,
  assess,
  checksAt,
  type MatterView,
  type OpenMatter,
  otherMattersOf,
  possibleReceivers,
  viewMatter,
} from '#modules/service-window/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { Problem } from '#platform/problem.ts'
import type { Answers } from '#policy/registration/item.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { readCheck } from './read-check.ts'

/** Which form came back, with what was typed into it and what is wrong. */
export type Returned = { form: string; body: Record<string, unknown>; problem: Problem }

export type MatterData = {
  view: MatterView
  version: ItemVersionRow | null
  /** As saved, or as typed when the check form came back. */
  answers: Answers
  checks: MaterialCheck[]
  saved: { answers: Answers; checks: MaterialCheck[] }
  assessment: Assessment | null
  /** Items to choose from; empty when it cannot be chosen now. */
  items: ItemName[]
  receivers: Colleague[]
  others: OpenMatter[]
  changedBy: Colleague | null
  mayTake: boolean
  mayReveal: boolean
  returned?: Returned
}

/** Everything the page of one matter needs; lists for selects are read only where the select will be there. */
export async function matterData(ctx: Context, id: string, returned?: Returned): Promise<MatterData> {
  const view = await viewMatter(ctx, id)
  const { matter } = view
  const version = matter.item_version_id ? ((await versionById(ctx, matter.item_version_id)) ?? null) : null
  const saved = { answers: matter.answers as Answers, checks: version ? await checksAt(ctx, id, matter.visits) : [] }
  const typed = returned?.form === 'check' ? readCheck(returned.body) : saved
  const working = may(ctx.actor, 'matter.work')
  const mine = working
    ? view.can
    : view.can.filter((action) => action === 'decide-second-notice' || action === 'decide-extension')
  const elsewhere = matter.holder_id !== ctx.actor.personId && matter.finished_at === null
  return {
    view: { ...view, can: mine },
    version,
    ...typed,
    saved,
    assessment: version ? assess(version.content, typed.answers, typed.checks) : null,
    items: mine.includes('choose-item') ? await itemNamesOn(ctx, dayOf(matter.received_at as Temporal.Instant)) : [],
    receivers: mine.includes('hand-over') ? await possibleReceivers(ctx) : [],
    others: await otherMattersOf(ctx, matter),
    changedBy:
      returned?.problem.code === 'changed-meanwhile' && matter.changed_by
        ? ((await findPerson(ctx, matter.changed_by)) ?? null)
        : null,
    mayTake: elsewhere && may(ctx.actor, 'matter.take', matter.handling_unit_id),
    mayReveal:
      may(ctx.actor, 'matter.reveal', matter.handling_unit_id) || may(ctx.actor, 'matter.reveal', matter.unit_id),
    returned,
  }
}
