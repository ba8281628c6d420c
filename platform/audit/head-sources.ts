import type { PoolClient } from 'pg'
import { openNote, type VerifierKey } from './checkpoint.ts'
import { type Finding, finding } from './finding.ts'
import { readNotes } from './witness-file.ts'

/** A head somebody claims, in ascending order of size from each source. */
export type HeadClaim = {
  source: 'database' | 'witness'
  size: number
  root: Buffer
  note: string
  signed: boolean
  /** The signed time in microseconds; null when the note is unreadable. */
  atMicros: string | null
  /** Stored frontier, hex, for the database's heads. */
  frontier?: string[]
}

type HeadRow = { size: string; root: string; frontier: string[]; at_micros: string; note: string }
type Report = (found: Finding) => void

/** The database's heads. Reports columns that differ from the signed note. */
export async function* databaseHeads(
  client: PoolClient,
  keys: readonly VerifierKey[],
  report: Report,
): AsyncGenerator<HeadClaim> {
  let after = 0
  for (;;) {
    const { rows } = await client.query<HeadRow>(
      `select tree_size::text as size, encode(root, 'hex') as root, note,
         case when isfinite(at) then (extract(epoch from at) * 1000000)::bigint::text else at::text end as at_micros,
         array(select encode(hash, 'hex') from unnest(frontier) with ordinality as f(hash, n) order by n) as frontier
       from platform.audit_head where tree_size > $1 order by tree_size limit 1000`,
      [after],
    )
    if (rows.length === 0) return
    for (const row of rows) yield databaseClaim(row, keys, report)
    after = Number(rows.at(-1)!.size)
  }
}

function databaseClaim(row: HeadRow, keys: readonly VerifierKey[], report: Report): HeadClaim {
  const size = Number(row.size)
  const opened = openNote(row.note, keys)
  const stated = opened?.checkpoint
  const atMicros = stated?.at ? String(stated.at.epochNanoseconds / 1000n) : null
  const differing =
    stated &&
    [
      stated.size !== size && 'tree_size',
      stated.root.toString('hex') !== row.root && 'root',
      atMicros !== row.at_micros && 'at',
    ].find((column) => column)
  if (differing) report(finding('head-altered', { head: size, detail: differing }))
  return {
    source: 'database',
    size,
    root: Buffer.from(row.root, 'hex'),
    note: row.note,
    signed: opened?.signed ?? false,
    atMicros,
    frontier: row.frontier,
  }
}

/** The witnessed heads. Reports notes that cannot be read and the places where the witness saw the log go back. */
export async function* witnessHeads(
  path: string,
  length: number,
  keys: readonly VerifierKey[],
  report: Report,
): AsyncGenerator<HeadClaim> {
  let largest = 0
  for await (const { number, note, torn } of readNotes(path, length)) {
    if (torn) continue
    const opened = openNote(note, keys)
    if (!opened) {
      report(finding('witness-unreadable', { detail: String(number) }))
      continue
    }
    const { size, root, at } = opened.checkpoint
    if (size < largest) {
      report(finding('witness-went-back', { head: size, detail: String(number) }))
      continue
    }
    largest = size
    const atMicros = at && String(at.epochNanoseconds / 1000n)
    yield { source: 'witness', size, root, note, signed: opened.signed, atMicros }
  }
}
