import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

export type DatabaseState = {
  version: string
  bytes: number
  connections: number
  maxConnections: number
  migrations: number
  lastMigration: string
  lastMigrationAt: Temporal.Instant
}

/** What the database says of itself. */
export async function databaseState(ctx: Context): Promise<DatabaseState> {
  const found =
    await sql<DatabaseState>`select current_setting('server_version') as version, pg_database_size(current_database())::bigint as bytes,
      (select count(*) from pg_stat_activity where datname = current_database()) as connections, current_setting('max_connections')::int as "maxConnections",
      (select count(*) from platform.migration) as migrations, m.name as "lastMigration", m.applied_at as "lastMigrationAt"
    from platform.migration m order by m.name desc limit 1`.execute(ctx.db)
  return found.rows[0] as DatabaseState
}

export type QueueState = {
  name: string
  waiting: number
  active: number
  retry: number
  failed: number
  oldest: Temporal.Instant | null
}

/** The job queues: what waits, works, is tried again, has failed, and since when the oldest waits. */
export async function queueState(ctx: Context): Promise<QueueState[]> {
  const found = await sql<QueueState>`select q.name, count(*) filter (where j.state = 'created') as waiting,
      count(*) filter (where j.state = 'active') as active, count(*) filter (where j.state = 'retry') as retry,
      count(*) filter (where j.state = 'failed') as failed, min(j.created_on) filter (where j.state in ('created', 'retry', 'active')) as oldest
    from pgboss.queue q left join pgboss.job j on j.name = q.name and j.state in ('created', 'active', 'retry', 'failed')
    where q.name not like '\\_\\_%' group by q.name order by q.name`.execute(ctx.db)
  return found.rows
}
