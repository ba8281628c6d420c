import { type Context, dayOf } from '#platform/context.ts'

export type Measure =
  | 'received'
  | 'accepted'
  | 'completed'
  | 'refused'
  | 'transferred'
  | 'withdrawn'
  | 'lapsed'
  | 'completed_on_time'
  | 'completed_late'
  | 'overdue'
  | 'notice_first'
  | 'notice_later'
  | 'done_by_visit_2'
  | 'done_later'

/** Adds to a day's figure by appending: writers never wait for one another; a job folds the rows. */
export function count(
  ctx: Context,
  measure: Measure,
  about: { unitId: string; itemCode: string | null; day?: Temporal.PlainDate },
): void {
  ctx.put(
    ctx.db.insertInto('platform.figure_delta').values({
      day: (about.day ?? dayOf(ctx.now)).toString(),
      unit_id: about.unitId,
      item_code: about.itemCode ?? '',
      measure,
      amount: 1,
    }),
  )
}
