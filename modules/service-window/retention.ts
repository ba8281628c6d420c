import { sql } from 'kysely'
import type { RetentionTask } from '#platform/retention/retention-task.ts'

/** A finished matter loses phone, citizen number and query code; name, request, papers and outcome are the record. */
export const matterRetention: RetentionTask = {
  rule: 'matter.contact',
  async remove(ctx, cutoff, most) {
    const gone = await sql`with due as (
        select m.id from service_window.matter m
        where m.finished_at < ${cutoff} and m.contact_erased_at is null and not callback.matter_is_held(m.id, ${cutoff})
        order by m.finished_at limit ${most} for update skip locked
      ) update service_window.matter m set contact_erased_at = ${ctx.now},
          phone_sealed = null, phone_index = null, phone_masked = null,
          citizen_no_sealed = null, citizen_no_index = null, citizen_no_masked = null,
          query_code_sealed = '', query_code_hash = 'erased ' || m.id
        from due where m.id = due.id`.execute(ctx.db)
    return Number(gone.numAffectedRows ?? 0)
  },
  async count(ctx, cutoff) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from service_window.matter
      where finished_at < ${cutoff} and contact_erased_at is null`.execute(ctx.db)
    return rows[0]?.n ?? 0
  },
}
