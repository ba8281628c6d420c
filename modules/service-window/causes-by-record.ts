import type { ItemVersionRow } from '#modules/registration/index.ts'
import type { Context } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import type { Answers } from '#policy/registration/item.ts'
import type { Gap } from '#policy/registration/material-check.ts'
import { type LaterGapCause, laterGapCauses } from '#policy/registration/second-notice.ts'
import type { Matter } from './matter-store.ts'
import type { NoticeContent } from './notice-content.ts'

export type GapByRecord = {
  code: string
  cause: LaterGapCause
  notice: { id: string; no: string; officerId: string } | null
}

/**
 * What the record says about each gap of a later notice; in doubt the office bears it (R49). A gap is overlooked by the
 * first of the earlier notices that should have named it, and what any of them named is no addition.
 */
export async function causesByRecord(
  ctx: Context,
  matter: Matter,
  version: ItemVersionRow,
  gaps: readonly Gap[],
): Promise<GapByRecord[]> {
  const earlier = await issuedNotices(ctx, matter.id)
  if (earlier.length === 0) throw new Problem(409, 'earlier-notice')
  const named = new Map(earlier.flatMap((notice) => contentOf(notice).gaps).map((gap) => [gap.code, gap]))
  const later = { content: version.content, answers: matter.answers as Answers, gaps }
  const judged = earlier.map((notice) => ({
    notice: { id: notice.id, no: notice.no as string, officerId: notice.requested_by },
    causes: laterGapCauses(
      { content: version.content, answers: contentOf(notice).answers, gaps: [...named.values()] },
      later,
    ),
  }))
  return gaps.map((gap, at) => {
    const overlooked = judged.find(({ causes }) => causes[at]?.cause === 'officer_omission')
    return {
      code: gap.code,
      cause: overlooked ? 'officer_omission' : (judged.at(-1)?.causes[at]?.cause ?? 'officer_omission'),
      notice: overlooked?.notice ?? null,
    }
  })
}

function contentOf(notice: { content: unknown }): NoticeContent {
  return notice.content as NoticeContent
}

async function issuedNotices(ctx: Context, matterId: string) {
  return ctx.db
    .selectFrom('service_window.notice')
    .selectAll()
    .where('matter_id', '=', matterId)
    .where('status', '=', 'issued')
    .orderBy('sequence')
    .execute()
}

export function overlookedIn(byRecord: readonly GapByRecord[]): Set<string> {
  return new Set(byRecord.filter(({ cause }) => cause === 'officer_omission').map(({ code }) => code))
}
