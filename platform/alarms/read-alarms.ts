import { sql } from 'kysely'
import { type Parameter, valueOn } from '#policy/parameter.ts'
import { backupAge, queueAge, unwitnessedTime } from '#policy/upkeep/parameters.ts'
import { openNote } from '../audit/checkpoint.ts'
import { lastNote, witnessFile } from '../audit/witness-file.ts'
import { type Context, dayOf } from '../context.ts'

export const alarmNames = ['backup', 'witness', 'queue', 'figures'] as const
export type AlarmName = (typeof alarmNames)[number]

/** One thing that is watched: seconds (figures: how many differ) against the most there may be. */
export type Alarm = {
  name: AlarmName
  value: number
  limit: number
  raised: boolean
  /** Since when the value counts up: the last backup, the last recount; null when there was none. */
  since: Temporal.Instant | null
}

/**
 * What can go wrong on one machine without anybody noticing. Read anew each time, so that an alarm is as old as the last
 * look. The system's own work. `witnessDir` null: the witness file is elsewhere, and is not judged here.
 */
export async function readAlarms(ctx: Context, witnessDir: string | null): Promise<Alarm[]> {
  const today = dayOf(ctx.now)
  const limit = (parameter: Parameter<number>, seconds: number) => valueOn(parameter, today).value * seconds
  const backup = await backupState(ctx)
  const recount = await lastRecount(ctx)
  const all: Omit<Alarm, 'raised'>[] = [
    { name: 'backup', value: backup.seconds, limit: limit(backupAge, 3600), since: backup.at },
    { name: 'witness', value: await unwitnessed(ctx, witnessDir), limit: limit(unwitnessedTime, 60), since: null },
    { name: 'queue', value: await oldestJob(ctx), limit: limit(queueAge, 1), since: null },
    { name: 'figures', value: recount.differences, limit: 0, since: recount.at },
  ]
  return all.map((alarm) => ({ ...alarm, raised: alarm.value > alarm.limit }))
}

/** By the machine's clock, as the backup command has it. Without a backup the installation itself is the beginning. */
async function backupState(ctx: Context): Promise<{ seconds: number; at: Temporal.Instant | null }> {
  const { rows } = await sql<{
    at: string | null
    seconds: number
  }>`select b.at, extract(epoch from now() - coalesce(b.at::timestamptz,
      (select min(applied_at) from platform.migration)))::bigint as seconds
    from (select (select value->>'at' from platform.setting where name = 'last-backup') as at) b`.execute(ctx.db)
  const row = rows[0]
  return { seconds: Math.max(0, row?.seconds ?? 0), at: row?.at ? Temporal.Instant.from(row.at) : null }
}

/** How long the oldest entry has stood that no witnessed head covers. */
async function unwitnessed(ctx: Context, witnessDir: string | null): Promise<number> {
  const pending = await sql<{ at: Temporal.Instant | null }>`select
    (select e.at from platform.audit_entry e where e.id = min(p.entry_id)) as at from platform.audit_pending p`.execute(
    ctx.db,
  )
  const oldest = pending.rows[0]?.at
  const waits = oldest ? oldest.until(ctx.now).total('seconds') : 0
  if (witnessDir === null) return Math.max(0, Math.floor(waits))
  const note = await lastNote(witnessFile(witnessDir))
  const size = (note && openNote(note, [])?.checkpoint.size) ?? 0
  const heads = await sql<{ seconds: number | null }>`select extract(epoch from now() - min(at))::bigint as seconds
    from platform.audit_head where tree_size > ${size}`.execute(ctx.db)
  return Math.max(0, Math.floor(waits), heads.rows[0]?.seconds ?? 0)
}

/** How long the oldest job waits that could run. */
async function oldestJob(ctx: Context): Promise<number> {
  const { rows } = await sql<{
    seconds: number | null
  }>`select extract(epoch from now() - min(greatest(created_on, start_after)))::bigint as seconds
    from pgboss.job where state in ('created', 'retry') and start_after <= now()`.execute(ctx.db)
  return Math.max(0, rows[0]?.seconds ?? 0)
}

/** Differences of the last night: the newest count of each span that this month's and the last month's figures were in. */
async function lastRecount(ctx: Context): Promise<{ differences: number; at: Temporal.Instant | null }> {
  const { rows } = await sql<{
    n: number
    at: Temporal.Instant | null
  }>`select coalesce(sum(jsonb_array_length(differences)), 0)::bigint as n, max(at) as at
    from platform.figure_recount where at >= (select max(at) - interval '1 hour' from platform.figure_recount)`.execute(
    ctx.db,
  )
  return { differences: rows[0]?.n ?? 0, at: rows[0]?.at ?? null }
}
