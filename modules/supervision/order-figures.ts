import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** Orders issued in a period and what became of them up to now; `opened` is the n of every share. */
export type OrderFigures = {
  opened: number
  open: number
  answered: number
  closed: number
  /** Closed, and no round of them was ever answered late; its n is `closed`. */
  closedOnTime: number
  overdue: number
  reopened: number
  solved: number
  explained: number
  closedByOpinion: number
  closedBySilence: number
}

/** `from` to before `until`, days of issue. Zeroes for whoever may not read the whole bureau's figures (b-24). */
export async function orderFigures(
  ctx: Context,
  period: { from: Temporal.PlainDate; until: Temporal.PlainDate },
): Promise<OrderFigures> {
  const found =
    await sql<OrderFigures>`select opened, open, answered, closed, closed_on_time as "closedOnTime", overdue, reopened,
      solved, explained, closed_by_opinion as "closedByOpinion", closed_by_silence as "closedBySilence"
    from supervision.figures(${period.from.toString()}::date, ${period.until.toString()}::date)`.execute(ctx.db)
  return found.rows[0] as OrderFigures
}
