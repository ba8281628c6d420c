import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '#platform/audit/canonical-json.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { frozenFrom } from '#policy/complaints/month.ts'
import { countMonth } from './count-month.ts'

/**
 * At 24:00 of the cut-off day the set is frozen (R110, A20): each case that no earlier month holds and that was received by
 * then belongs to it for good, and what stood in the register is counted once. For the worker, as the system; safe to repeat
 * and to be killed in. Returns how many months were frozen.
 */
export async function freezeMonths(ctx: Context): Promise<number> {
  const over = await ctx.db
    .selectFrom('complaints.month')
    .selectAll()
    .where('status', '=', 'open')
    .where('cut_off', '<', dayOf(ctx.now).toString())
    .orderBy('period')
    .forUpdate()
    .execute()
  for (const month of over) {
    const cutOff = Temporal.PlainDate.from(month.cut_off)
    if (Temporal.Instant.compare(ctx.now, frozenFrom({ cutOff })) < 0) continue
    await sql`insert into complaints.month_case (case_id, period)
      select c.id, ${month.period} from complaints.case c
      where c.received_on <= ${month.cut_off}::date and not exists (select from complaints.month_case m where m.case_id = c.id)`.execute(
      ctx.db,
    )
    const figures = await countMonth(ctx, {
      period: month.period,
      from: Temporal.PlainDate.from(month.from_day),
      cutOff,
    })
    await ctx.db
      .updateTable('complaints.month')
      .set({
        status: 'frozen',
        frozen_at: ctx.now,
        figures: JSON.stringify(figures),
        figures_digest: createHash('sha256').update(canonicalJson(figures)).digest('hex'),
      })
      .where('period', '=', month.period)
      .execute()
  }
  return over.length
}
