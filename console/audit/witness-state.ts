import { sql } from 'kysely'
import { openNote } from '#platform/audit/checkpoint.ts'
import { lastNote, witnessFile } from '#platform/audit/witness-file.ts'
import type { Context } from '#platform/context.ts'

/** Longer than this without a witnessed head, and an insider has had time: somebody has to be told. */
export const patience = Temporal.Duration.from({ minutes: 5 })

export type WitnessState = {
  head: { size: number; root: string; at: Temporal.Instant; note: string } | null
  waiting: number
  oldestWaiting: Temporal.Instant | null
  /** The last head of the witness file; null when there is none; undefined when this process does not know the file. */
  witnessed: { size: number; root: string } | null | undefined
  alarm: 'behind-witness' | 'not-witnessed' | 'waiting-too-long' | null
}

/** The newest head, what waits for the next one, and what the witness has. `witnessDir` null: the file is elsewhere. */
export async function witnessState(ctx: Context, witnessDir: string | null): Promise<WitnessState> {
  const heads = await sql<{
    size: string
    root: string
    at: Temporal.Instant
    note: string
  }>`select tree_size::text as size,
    encode(root, 'hex') as root, at, note from platform.audit_head order by tree_size desc limit 1`.execute(ctx.db)
  const row = heads.rows[0]
  const head = row ? { ...row, size: Number(row.size) } : null
  const pending = await sql<{ waiting: number; oldest: Temporal.Instant | null }>`select count(*) as waiting,
    (select e.at from platform.audit_entry e where e.id = min(p.entry_id)) as oldest from platform.audit_pending p`.execute(
    ctx.db,
  )
  const { waiting, oldest } = pending.rows[0] ?? { waiting: 0, oldest: null }
  const witnessed = witnessDir === null ? undefined : await lastWitnessed(witnessDir)
  return { head, waiting, oldestWaiting: oldest, witnessed, alarm: alarmOf(head, witnessed, oldest, ctx.now) }
}

async function lastWitnessed(witnessDir: string): Promise<{ size: number; root: string } | null> {
  const note = await lastNote(witnessFile(witnessDir))
  const opened = note === null ? null : openNote(note, [])
  return opened && { size: opened.checkpoint.size, root: opened.checkpoint.root.toString('hex') }
}

function alarmOf(
  head: { size: number; root: string } | null,
  witnessed: WitnessState['witnessed'],
  oldest: Temporal.Instant | null,
  now: Temporal.Instant,
): WitnessState['alarm'] {
  if (
    witnessed &&
    (!head || witnessed.size > head.size || (witnessed.size === head.size && witnessed.root !== head.root))
  )
    return 'behind-witness'
  if (witnessed === null && head) return 'not-witnessed'
  if (witnessed && head && witnessed.size < head.size) return 'not-witnessed'
  return oldest && Temporal.Instant.compare(oldest.add(patience), now) < 0 ? 'waiting-too-long' : null
}
