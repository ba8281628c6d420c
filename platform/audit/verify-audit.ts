import type { Pool, PoolClient } from 'pg'
import { isErased, leafFits, type PlacedEntry, placedEntries, rowFault, waitingEntries } from './audit-rows.ts'
import { parseVerifierKey } from './checkpoint.ts'
import { collectFindings, type Finding, type Findings, finding } from './finding.ts'
import { checkHeadsAt, finishHeads, type HeadChecks, startHeadChecks } from './head-checks.ts'
import { databaseHeads, witnessHeads } from './head-sources.ts'
import { appendLeaf, type CompleteSubtree, type Frontier, rootOf } from './merkle.ts'
import { witnessFile, witnessLength } from './witness-file.ts'

export type VerifyOptions = {
  /** The directory with heads.txt; a witness's own copy is better than the server's. */
  witnessDir: string
  /** Verifier keys (`name+hash+base64`) that may sign heads: from the witness, never from the database. */
  publicKey: string | readonly string[]
  /** The witness file itself, when it is not `heads.txt` in `witnessDir`. */
  witness?: string
}

export type AuditReport = {
  /** `broken` when the record is not what was written and witnessed. */
  verdict: 'whole' | 'doubtful' | 'broken'
  entries: number
  heads: number
  witnessedHeads: number
  /** Entries that have no place in the tree yet. */
  waiting: number
  /** Entries whose content was erased on record. */
  erased: number
  /** Root over all placed entries, hex. */
  root: string
  findings: Finding[]
  /** All findings, also those beyond the ones listed. */
  findingCount: number
}

/** An entry whose own time is this much older than the head before it is reported. */
const backdateLimitMicros = 3_600_000_000n
const waitingLimitMicros = 600_000_000n

type Progress = {
  client: PoolClient
  findings: Findings
  heads: HeadChecks
  frontier: Frontier
  nodes: CompleteSubtree[]
  erased: number
}

/**
 * Recomputes the whole log from its rows and holds it against every head, the database's and the witness's.
 * Constant memory. Needs a role that reads all entries; throws when row-level security would hide some.
 */
export async function verifyAudit(pool: Pool, options: VerifyOptions): Promise<AuditReport> {
  const keys = [options.publicKey].flat().map(parseVerifierKey)
  const path = options.witness ?? witnessFile(options.witnessDir)
  // Measured before the snapshot: what was witnessed by now must be in the database by then.
  const length = await witnessLength(path)
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local row_security = off')
    const findings = collectFindings()
    const witness = !length ? null : witnessHeads(path, length, keys, findings.report)
    const heads = await startHeadChecks(databaseHeads(client, keys, findings.report), witness, findings)
    const progress: Progress = { client, findings, heads, frontier: { size: 0, hashes: [] }, nodes: [], erased: 0 }
    for await (const batch of placedEntries(client)) await checkBatch(progress, batch)
    await finishHeads(heads, progress.frontier)
    if (!length && heads.databaseCount > 0) findings.report(finding('witness-missing'))
    await findOutsiders(progress)
    const waiting = await checkWaiting(progress)
    return reportOf(progress, waiting)
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

function reportOf({ findings, heads, frontier, erased }: Progress, waiting: number): AuditReport {
  const broken = findings.all.some((found) => found.severity === 'broken')
  return {
    verdict: broken ? 'broken' : findings.count > 0 ? 'doubtful' : 'whole',
    entries: frontier.size,
    heads: heads.databaseCount,
    witnessedHeads: heads.witnessCount,
    waiting,
    erased,
    root: rootOf(frontier).toString('hex'),
    findings: findings.all,
    findingCount: findings.count,
  }
}

async function checkBatch(progress: Progress, batch: PlacedEntry[]): Promise<void> {
  const { findings, frontier, heads, nodes } = progress
  const keep = (node: CompleteSubtree) => {
    if (node.level > 0 && node.level % 8 === 0) nodes.push(node)
  }
  for (const row of batch) {
    if (Number(row.tree_index) !== frontier.size)
      findings.report(finding('place-missing', { treeIndex: frontier.size }))
    checkRow(progress, row)
    appendLeaf(frontier, Buffer.from(row.leaf_hash, 'hex'), keep)
    await checkHeadsAt(heads, frontier)
  }
  await checkErased(progress, batch.filter(isErased))
  await checkNodes(progress)
}

function checkRow({ findings, heads }: Progress, row: PlacedEntry): void {
  const place = { entryId: row.entry_id, treeIndex: Number(row.tree_index) }
  const fault = rowFault(row) ?? (leafFits(row) ? null : 'leaf-changed')
  if (fault) {
    findings.report(finding(fault, place))
    return
  }
  const before = heads.last
  if (before && isOlder(row.at_micros, before.atMicros, backdateLimitMicros)) {
    const detail = Temporal.Instant.fromEpochNanoseconds(BigInt(row.at_micros) * 1000n).toString()
    findings.report(finding('entry-backdated', { ...place, head: before.size, detail }))
  }
}

async function checkErased(progress: Progress, rows: PlacedEntry[]): Promise<void> {
  if (rows.length === 0) return
  const { rows: recorded } = await progress.client.query<{ subject_id: string }>(
    `select distinct subject_id from platform.audit_entry
     where event = 'audit.content-erased' and subject_kind = 'audit_entry' and subject_id = any($1) and outcome = 'done'`,
    [rows.map((row) => row.entry_id)],
  )
  const known = new Set(recorded.map((row) => row.subject_id))
  for (const row of rows) {
    if (known.has(row.entry_id)) progress.erased += 1
    else {
      const place = { entryId: row.entry_id, treeIndex: Number(row.tree_index) }
      progress.findings.report(finding('erased-without-record', place))
    }
  }
}

async function checkNodes({ client, findings, nodes }: Progress): Promise<void> {
  const wanted = nodes.splice(0)
  if (wanted.length === 0) return
  const { rows } = await client.query<{ key: string; hash: string }>(
    `select level || '/' || position as key, encode(hash, 'hex') as hash from platform.audit_node
     where (level, position) in (select * from unnest($1::smallint[], $2::bigint[]))`,
    [wanted.map((node) => node.level), wanted.map((node) => node.position)],
  )
  const stored = new Map(rows.map((row) => [row.key, row.hash]))
  for (const node of wanted) {
    const key = `${node.level}/${node.position}`
    if (stored.get(key) !== node.hash.toString('hex')) findings.report(finding('node-changed', { detail: key }))
  }
}

/** Entries that are neither placed nor waiting: nobody who writes through the platform can make one. */
async function findOutsiders({ client, findings }: Progress): Promise<void> {
  const { rows } = await client.query<{ id: string; total: string }>(
    `select e.id::text as id, count(*) over ()::text as total from platform.audit_entry e
     where not exists (select from platform.audit_leaf l where l.entry_id = e.id)
       and not exists (select from platform.audit_pending p where p.entry_id = e.id)
     order by e.id limit 20`,
  )
  const rest = Number(rows[0]?.total ?? 0) - rows.length
  for (const [i, row] of rows.entries()) {
    const more = i === rows.length - 1 && rest > 0 ? rest : undefined
    findings.report(finding('entry-outside-tree', { entryId: row.id, more }))
  }
}

async function checkWaiting({ client, findings, heads }: Progress): Promise<number> {
  let waiting = 0
  for await (const batch of waitingEntries(client)) {
    waiting += batch.length
    for (const row of batch) {
      if (rowFault(row) || row.record_hash !== row.pending_hash) {
        findings.report(finding('waiting-changed', { entryId: row.entry_id }))
      } else if (heads.last && isOlder(row.at_micros, heads.last.atMicros, waitingLimitMicros)) {
        findings.report(finding('waiting-long', { entryId: row.entry_id, head: heads.last.size }))
      }
    }
  }
  return waiting
}

// A moment may be 'infinity' or '-infinity' in a row that somebody edited.
function isOlder(atMicros: string, thanMicros: string | null, limit: bigint): boolean {
  if (thanMicros === null || !/^-?\d+$/.test(atMicros)) return false
  return BigInt(atMicros) < BigInt(thanMicros) - limit
}
