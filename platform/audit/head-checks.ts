import { type Findings, finding } from './finding.ts'
import type { HeadClaim } from './head-sources.ts'
import { type Frontier, rootOf } from './merkle.ts'

type Cursor = { next: HeadClaim | null; advance(): Promise<void> }

/** The state of a walk past the heads of both sources, beside the growing tree. */
export type HeadChecks = {
  findings: Findings
  database: Cursor
  witness: Cursor | null
  databaseCount: number
  witnessCount: number
  /** The last head of the database that was passed, and its signed time in microseconds. */
  last: { size: number; atMicros: string | null } | null
  /** Size of the last head of each source that held. */
  since: { database: number; witness: number }
  /** Sizes of the database's heads since the last witnessed one: how many, the first and the last. */
  unwitnessed: { count: number; first: number; last: number }
}

export async function startHeadChecks(
  database: AsyncGenerator<HeadClaim>,
  witness: AsyncGenerator<HeadClaim> | null,
  findings: Findings,
): Promise<HeadChecks> {
  return {
    findings,
    database: await cursor(database),
    witness: witness && (await cursor(witness)),
    databaseCount: 0,
    witnessCount: 0,
    last: null,
    since: { database: 0, witness: 0 },
    unwitnessed: { count: 0, first: 0, last: 0 },
  }
}

/** Call after each leaf: checks every head that covers exactly the tree so far. */
export async function checkHeadsAt(checks: HeadChecks, frontier: Frontier): Promise<void> {
  const size = frontier.size
  if (!isDue(checks.database, size) && !isDue(checks.witness, size)) return
  const own = await take(checks.database, size)
  const witnessed = checks.witness ? await take(checks.witness, size) : []
  checks.databaseCount += own.length
  checks.witnessCount += witnessed.length
  const root = rootOf(frontier)
  for (const claim of [...own, ...witnessed]) checkClaim(checks, claim, root)
  for (const claim of own) {
    checks.last = { size: claim.size, atMicros: claim.atMicros }
    if (claim.frontier?.join() !== frontier.hashes.map((hash) => hash.toString('hex')).join()) {
      checks.findings.report(finding('head-altered', { head: claim.size, detail: 'frontier' }))
    }
  }
  pairUp(checks, own, witnessed)
}

/** Call after the last leaf: a head that is left claims more than there is. */
export async function finishHeads(checks: HeadChecks, frontier: Frontier): Promise<void> {
  const covered = checks.last?.size ?? 0
  if (frontier.size > covered) checks.findings.report(finding('entries-beyond-head', { since: covered }))
  await refuseRest(checks, checks.database, frontier.size)
  if (!checks.witness) return
  if (checks.witness.next) settleUnwitnessed(checks)
  await refuseRest(checks, checks.witness, frontier.size)
  const { count, last } = checks.unwitnessed
  if (count > 0) checks.findings.report(finding('head-not-witnessed', { head: last, more: count - 1 || undefined }))
}

function checkClaim(checks: HeadChecks, { source, size, root, signed }: HeadClaim, present: Buffer): void {
  if (root.equals(present)) checks.since[source] = size
  else checks.findings.report(finding('head-mismatch', { head: size, since: checks.since[source], source }))
  if (!signed) checks.findings.report(finding('head-unsigned', { head: size, source }))
}

function pairUp(checks: HeadChecks, own: HeadClaim[], witnessed: HeadClaim[]): void {
  const seen = witnessed.at(-1)
  if (seen) {
    if (own.length === 0) checks.findings.report(finding('head-missing', { head: seen.size }))
    settleUnwitnessed(checks)
    return
  }
  for (const { size } of own) {
    const { count, first } = checks.unwitnessed
    checks.unwitnessed = { count: count + 1, first: count === 0 ? size : first, last: size }
  }
}

// A witnessed head follows them. The sequencer witnesses heads in their order, so these were not there then.
function settleUnwitnessed(checks: HeadChecks): void {
  const { count, first } = checks.unwitnessed
  if (count > 0) checks.findings.report(finding('head-inserted', { head: first, more: count - 1 || undefined }))
  checks.unwitnessed = { count: 0, first: 0, last: 0 }
}

async function refuseRest(checks: HeadChecks, from: Cursor, present: number): Promise<void> {
  for (; from.next; await from.advance()) {
    const { size, signed, source } = from.next
    checks.findings.report(finding('head-beyond-tree', { head: size, since: present, source }))
    if (!signed) checks.findings.report(finding('head-unsigned', { head: size, source }))
  }
}

function isDue(from: Cursor | null, size: number): boolean {
  return from?.next ? from.next.size <= size : false
}

async function take(from: Cursor, size: number): Promise<HeadClaim[]> {
  const taken: HeadClaim[] = []
  for (; from.next && from.next.size <= size; await from.advance()) taken.push(from.next)
  return taken
}

async function cursor(claims: AsyncGenerator<HeadClaim>): Promise<Cursor> {
  const state: Cursor = {
    next: null,
    async advance() {
      const step = await claims.next()
      state.next = step.done ? null : step.value
    },
  }
  await state.advance()
  return state
}
