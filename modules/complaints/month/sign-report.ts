import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import type { MonthlyReport } from '#platform/documents/data/official.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { freeze, thaw } from '#platform/documents/frozen.ts'
import { notFound, Problem } from '#platform/problem.ts'

export type ReportRow = {
  period: string
  no: string | null
  content: MonthlyReport
  shortcomings: string[]
  proposals: string[]
  typical: MonthlyReport['typical']
  draftedBy: string
  draftedByName: string
  draftedAt: Temporal.Instant
  signedByName: string | null
  signedAt: Temporal.Instant | null
  submittedAt: Temporal.Instant | null
  receivedByName: string | null
  receivedAt: Temporal.Instant | null
  digest: string | null
  version: number
}

export async function findReport(ctx: Context, period: string): Promise<ReportRow | null> {
  const { rows } =
    await sql<ReportRow>`select r.period, r.no, r.content, r.shortcomings, r.proposals, r.typical, r.drafted_by as "draftedBy",
      d.name as "draftedByName", r.drafted_at as "draftedAt", s.name as "signedByName", r.signed_at as "signedAt",
      r.submitted_at as "submittedAt", c.name as "receivedByName", r.received_at as "receivedAt", r.digest, r.version
    from complaints.month_report r join directory.person d on d.id = r.drafted_by
    left join directory.person s on s.id = r.signed_by left join directory.person c on c.id = r.received_by
    where r.period = ${period}`.execute(ctx.db)
  const row = rows[0]
  return row ? { ...row, content: thaw<MonthlyReport>(row.content) } : null
}

/** The moment that is written into the file: that of the signature, or of the draft. Same data, same moment, same bytes. */
export function momentOf(report: Pick<ReportRow, 'signedAt' | 'draftedAt'>): Temporal.Instant {
  return report.signedAt ?? report.draftedAt
}

/**
 * The leader in charge signs; the report gets its number and goes to the Party committee (R118). The digest of its bytes is
 * kept, so that whoever renders it next year can see that it is the same (b-14). Whoever drew it up does not sign it.
 */
export async function signReport(
  ctx: Context,
  period: string,
  input: { version: number },
  documents: Pick<Documents, 'render'>,
): Promise<void> {
  await sql`select 1 from complaints.month_report where period = ${period} for update`.execute(ctx.db)
  const report = await findReport(ctx, period)
  if (!report) throw notFound('report')
  if (report.signedAt) throw new Problem(409, 'already-signed')
  if (report.version !== input.version)
    throw new Problem(409, 'changed-meanwhile', { detail: { version: report.version } })
  if (report.draftedBy === ctx.actor.personId) throw new Problem(403, 'other-than-drafter')
  const year = dayOf(ctx.now).year
  const next = await sql<{ n: number }>`select platform.next_number(${`month-report-${year}`}) as n`.execute(ctx.db)
  const no = `${await documentCode(ctx)}〔${year}〕${next.rows[0]?.n}号`
  const { head } = report.content
  const content: MonthlyReport = {
    ...report.content,
    head: { ...head, number: no, signers: [ctx.actor.name], date: dayOf(ctx.now) },
  }
  const bytes = await documents.render('monthly-report', content, ctx.now)
  await ctx.db
    .updateTable('complaints.month_report')
    .set({
      no,
      content: JSON.stringify(freeze(content)),
      digest: createHash('sha256').update(bytes).digest('hex'),
      pdf: Buffer.from(bytes),
      signed_by: ctx.actor.personId,
      signed_at: ctx.now,
      submitted_at: ctx.now,
      version: report.version + 1,
    })
    .where('period', '=', period)
    .execute()
  await ctx.db
    .updateTable('complaints.month')
    .set({ status: 'reported', version: sql`version + 1` })
    .where('period', '=', period)
    .where('status', '=', 'frozen')
    .execute()
}

/** The bytes that were signed; null before that. */
export async function signedReport(ctx: Context, period: string): Promise<Buffer | null> {
  const row = await ctx.db
    .selectFrom('complaints.month_report')
    .select('pdf')
    .where('period', '=', period)
    .executeTakeFirst()
  return row?.pdf ?? null
}

/** The Party committee's receipt: a leader other than who drew it up. */
export async function receiveReport(ctx: Context, period: string): Promise<void> {
  const report = await findReport(ctx, period)
  if (!report) throw notFound('report')
  if (!report.submittedAt) throw new Problem(409, 'not-submitted')
  if (report.receivedAt) return
  await ctx.db
    .updateTable('complaints.month_report')
    .set({ received_by: ctx.actor.personId, received_at: ctx.now })
    .where('period', '=', period)
    .execute()
}

/** 机关代字 of the bureau's documents, a setting; the bureau's own is not invented. */
export async function documentCode(ctx: Pick<Context, 'db'>): Promise<string> {
  const row = await ctx.db
    .selectFrom('platform.setting')
    .select('value')
    .where('name', '=', 'document-code')
    .executeTakeFirst()
  return (row?.value as { petition?: string } | undefined)?.petition ?? '公信'
}
