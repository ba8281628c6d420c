import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import type { Status } from '#policy/complaints/lifecycle.ts'
import { duplicateLine } from '#policy/complaints/parameters.ts'
import { type Compared, type Likely, likelySame } from '#policy/complaints/similarity.ts'
import { valueOn } from '#policy/parameter.ts'

export type LikelyDuplicate = Likely & { no: string; summary: string; status: Status; receivedOn: string }

const candidatesAtMost = 200

type Row = Omit<Compared, 'on' | 'complainant'> & {
  on: string
  sameComplainant: boolean
  no: string
  summary: string
  status: Status
  receivedOn: string
}

/** Cases that may tell of the same event, likeliest first, with the reasons (A22). Only what the reader may see is compared. */
export async function likelyDuplicates(ctx: Context, caseId: string): Promise<LikelyDuplicate[]> {
  const today = dayOf(ctx.now)
  const { days } = valueOn(duplicateLine, today).value
  const near = await sql<{ id: string; same: boolean }>`select id, same_complainant as same
    from complaints.near(${caseId}, ${days}, ${candidatesAtMost})`.execute(ctx.db)
  if (near.rows.length === 0) return []
  const same = new Set(near.rows.flatMap(({ id, same: is }) => (is ? [id] : [])))
  const rows = await compared(ctx, [caseId, ...near.rows.map(({ id }) => id)])
  const own = rows.find((row) => row.caseId === caseId)
  if (!own) return []
  // Who it is stays sealed: that it is the same one is all that is compared.
  const asCompared = (row: Row): Compared => ({
    ...row,
    on: Temporal.PlainDate.from(row.on),
    complainant: row.caseId === caseId || same.has(row.caseId) ? 'same' : null,
  })
  const likely = likelySame(asCompared(own), rows.map(asCompared), today)
  return likely.flatMap((found) => {
    const row = rows.find(({ caseId: id }) => id === found.caseId)
    return row ? [{ ...found, no: row.no, summary: row.summary, status: row.status, receivedOn: row.receivedOn }] : []
  })
}

async function compared(ctx: Context, ids: readonly string[]): Promise<Row[]> {
  const found = await sql<Row>`select c.id as "caseId", c.no, c.summary, c.status, c.received_on as "receivedOn",
      coalesce(c.occurred_on, c.received_on) as "on", c.related_matter_no as matter,
      coalesce((select s.text from complaints.submission s where s.case_id = c.id order by s.received_at limit 1), c.summary) as text,
      array(select a.person_id::text from complaints.accused a where a.case_id = c.id and a.person_id is not null) as officers,
      array(select distinct a.unit_id::text from complaints.accused a where a.case_id = c.id and a.unit_id is not null) as units
    from complaints.case c where c.id = any (${[...ids]}::uuid[])`.execute(ctx.db)
  return found.rows
}
