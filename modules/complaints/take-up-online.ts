import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { type Accused, officersCalled } from './name-accused.ts'
import { type OnlineFields, onlineContext, submissionOf } from './online-form.ts'
import { openReceiptCode } from './submission-code.ts'
import { openSubmission } from './submission-open.ts'

/**
 * Opens the case of one complaint that was sent on the site, under the number and the code that its receipt names.
 * Returns how many were taken. One that cannot be opened waits behind all others and holds up none.
 */
export async function takeUpOnline(ctx: Context): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const sent = await ctx.db
    .selectFrom('complaints.online')
    .selectAll()
    .where('sent_at', 'is not', null)
    .where('taken_up_at', 'is', null)
    .orderBy(sql`refused is not null`)
    .orderBy('sent_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!sent?.said_sealed || !sent.case_no || !sent.receipt_sealed || !sent.sent_at) return 0
  const fields = JSON.parse(ctx.seal.open(sent.said_sealed, onlineContext(sent.id))) as OnlineFields
  const files = await ctx.db
    .selectFrom('complaints.online_file')
    .select(['name', 'bytes'])
    .where('online_id', '=', sent.id)
    .orderBy('seq')
    .execute()
  try {
    await openSubmission(
      ctx,
      // The clocks of two machines may differ; nothing arrives later than now.
      {
        ...submissionOf(fields),
        receivedAt: earlier(sent.sent_at, ctx.now),
        files,
        accused: await accusedOf(ctx, fields),
      },
      { submissionId: sent.id, caseNo: sent.case_no, code: openReceiptCode(ctx, sent.id, sent.receipt_sealed) },
    )
  } catch (problem) {
    // Refusals come before anything is written.
    if (!(problem instanceof Problem)) throw problem
    await ctx.db.updateTable('complaints.online').set({ refused: problem.code }).where('id', '=', sent.id).execute()
    return 0
  }
  await ctx.db.deleteFrom('complaints.online_file').where('online_id', '=', sent.id).execute()
  await ctx.db
    .updateTable('complaints.online')
    .set({ taken_up_at: ctx.now, said_sealed: null, refused: null })
    .where('id', '=', sent.id)
    .execute()
  return 1
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b
}

/**
 * Whom a citizen means. A number or a full name that fits one officer (of the unit, where he named it) is that officer,
 * so that he is kept from the case from its first moment; the words stay as they were said, and the desk reads them.
 */
async function accusedOf(ctx: Context, { unitId, officer }: OnlineFields): Promise<Accused[]> {
  const saidAs = [...officer.replace(/\s+/gu, ' ').trim()].slice(0, 200).join('')
  const persons: Accused[] = []
  for (const piece of piecesOf(saidAs)) {
    const found = await officersCalled(ctx, piece)
    const meant = found.length > 1 && unitId ? found.filter((one) => one.unitId === unitId) : found
    const [only] = meant
    if (only && meant.length === 1 && !persons.some(({ personId }) => personId === only.id))
      persons.push({ personId: only.id, unitId: only.unitId, saidAs })
  }
  const unit = unitId && !persons.some((one) => one.unitId === unitId) ? unitId : null
  if (unit) return [...persons, { personId: null, unitId: unit, saidAs }]
  return persons.length > 0 || saidAs === '' ? persons : [{ personId: null, unitId: null, saidAs }]
}

function piecesOf(said: string): string[] {
  const numbers = said.normalize('NFKC').match(/[A-Za-z]{0,2}\d{4,10}/g) ?? []
  const names = said.split(/[\s,，、;；。（）()]+/u).filter((piece) => piece !== '')
  return [...new Set([...numbers, ...names])].slice(0, 12)
}

/** Forms that nobody sent are removed when their time is over. */
export async function forgetDrafts(ctx: Context, most = 200): Promise<number> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const gone = await sql`delete from complaints.online where id in (
    select id from complaints.online where sent_at is null and expires_at <= ${ctx.now} order by expires_at limit ${most} for update skip locked)`.execute(
    ctx.db,
  )
  return Number(gone.numAffectedRows ?? 0)
}
