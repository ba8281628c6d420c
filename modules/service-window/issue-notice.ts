import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import type { Gap } from '#policy/registration/material-check.ts'
import { assessMatter } from './check-materials.ts'
import { count } from './figure-count.ts'
import { lockMatter, nextStatus, saveMatter } from './matter-store.ts'
import { noticeContent } from './notice-content.ts'

/** The first and, if all goes well, only notice: every gap the rule found, at once, in writing (R48, R49). */
export async function issueNotice(
  ctx: Context,
  id: string,
  input: { version: number },
): Promise<{ noticeId: string; no: string }> {
  const matter = await lockMatter(ctx, id, input.version)
  const { version, assessment } = await assessMatter(ctx, matter)
  const before = await lastNotice(ctx, id)
  const met = [
    ...(assessment.branch === 'supplement' ? (['item', 'gaps'] as const) : (['item'] as const)),
    ...(before ? [] : (['no-earlier-notice'] as const)),
  ]
  const to = nextStatus(ctx, matter, 'issue-notice', met)

  const noticeId = randomUUID()
  const no = await nextNoticeNo(ctx)
  const content = await noticeContent(ctx, matter, version, assessment.gaps, {
    no,
    officerId: ctx.actor.personId as string,
    second: null,
  })
  await ctx.db
    .insertInto('service_window.notice')
    .values({
      id: noticeId,
      matter_id: id,
      sequence: 1,
      visit_no: matter.visits,
      no,
      status: 'issued',
      requested_by: ctx.actor.personId as string,
      requested_at: ctx.now,
      issued_at: ctx.now,
      content: JSON.stringify(content),
    })
    .execute()
  await insertGaps(ctx, noticeId, assessment.gaps, new Set())
  saveMatter(ctx, matter, { status: to })
  count(ctx, 'notice_first', { unitId: matter.unit_id, itemCode: matter.item_code })
  return { noticeId, no }
}

export async function lastNotice(ctx: Context, matterId: string) {
  return ctx.db
    .selectFrom('service_window.notice')
    .selectAll()
    .where('matter_id', '=', matterId)
    .where('status', '=', 'issued')
    .orderBy('sequence', 'desc')
    .executeTakeFirst()
}

export async function nextNoticeNo(ctx: Context): Promise<string> {
  const day = dayOf(ctx.now).toString().replaceAll('-', '')
  const next = await sql<{ n: number }>`select platform.next_number(${`notice.${day}`}) as n`.execute(ctx.db)
  return `GZ${day}-${String(next.rows[0]?.n).padStart(4, '0')}`
}

export async function insertGaps(
  ctx: Context,
  noticeId: string,
  gaps: readonly Gap[],
  overlooked: ReadonlySet<string>,
): Promise<void> {
  await ctx.db
    .insertInto('service_window.notice_gap')
    .values(
      gaps.map((gap) => ({
        notice_id: noticeId,
        material_code: gap.code,
        verdict: gap.problem,
        defect: gap.defect ?? null,
        overlooked: overlooked.has(gap.code),
      })),
    )
    .execute()
}

export async function findNotice(ctx: Context, noticeId: string) {
  const notice = await ctx.db
    .selectFrom('service_window.notice')
    .selectAll()
    .where('id', '=', noticeId)
    .executeTakeFirst()
  if (!notice) throw notFound('notice')
  return notice
}
