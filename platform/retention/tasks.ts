import { sql } from 'kysely'
import type { RetentionTask } from './retention-task.ts'

/** What the platform itself keeps for a while: form ids, and the demonstration's telephone. */
export const platformRetention: RetentionTask[] = [
  {
    rule: 'request.attempt',
    async remove(ctx, cutoff, most) {
      const gone = await sql`delete from platform.attempt where (actor, attempt) in
        (select actor, attempt from platform.attempt where at < ${cutoff} limit ${most})`.execute(ctx.db)
      return Number(gone.numAffectedRows ?? 0)
    },
    async count(ctx, cutoff) {
      const { rows } = await sql<{
        n: number
      }>`select count(*) as n from platform.attempt where at < ${cutoff}`.execute(ctx.db)
      return rows[0]?.n ?? 0
    },
  },
  {
    rule: 'demo.telephone',
    async remove(ctx, cutoff, most) {
      const gone = await sql`delete from platform.demo_phone where id in
        (select id from platform.demo_phone where at < ${cutoff} limit ${most})`.execute(ctx.db)
      return Number(gone.numAffectedRows ?? 0)
    },
    async count(ctx, cutoff) {
      const { rows } = await sql<{
        n: number
      }>`select count(*) as n from platform.demo_phone where at < ${cutoff}`.execute(ctx.db)
      return rows[0]?.n ?? 0
    },
  },
]
