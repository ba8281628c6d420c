import { sql } from 'kysely'
import { unitsOf } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import type { Text } from '#policy/registration/item.ts'
import { causesByRecord, type GapByRecord } from './causes-by-record.ts'
import { assessMatter } from './check-materials.ts'
import { findMatter } from './matter-store.ts'
import type { SupplementCause } from './second-notice.ts'

type About = {
  matterId: string
  matterNo: string
  version: number
  applicantName: string
  item: Text | null
  requestedBy: string
  requestedAt: Temporal.Instant
}

export type NoticeToDecide = About & {
  noticeId: string
  sequence: number
  cause: SupplementCause
  note: string
  /** What is wanting now, and what the record says about each (R49); empty when the papers are in order meanwhile. */
  gaps: (GapByRecord & { name: Text; defect: string | null })[]
}
export type ExtensionToDecide = About & { days: number; reason: string; dueOn: string }
export type Decisions = { notices: NoticeToDecide[]; extensions: ExtensionToDecide[] }

const most = 50
const about = sql`m.id as "matterId", m.no as "matterNo", m.version, m.applicant_name as "applicantName", v.content->'name' as item,
  p.name as "requestedBy", r.requested_at as "requestedAt"`

/** Second notices and extensions that wait for the actor's decision, oldest first; never his own requests (R49, R86). */
export async function waitingDecisions(ctx: Context): Promise<Decisions> {
  const units = await unitsOf(ctx, 'matter.decide')
  const mine = sql`(m.handling_unit_id = any (${units}::uuid[]) or m.unit_id = any (${units}::uuid[])) and r.requested_by <> ${ctx.actor.personId}`
  const joins = sql`join service_window.matter m on m.id = r.matter_id join directory.person p on p.id = r.requested_by
    left join registration.item_version v on v.id = m.item_version_id`
  const notices = await sql<
    Omit<NoticeToDecide, 'gaps'>
  >`select ${about}, r.id as "noticeId", r.sequence, r.cause, coalesce(r.cause_note, '') as note
    from service_window.notice r ${joins} where r.status = 'requested' and m.status = 'received' and ${mine} order by r.requested_at limit ${most}`.execute(
    ctx.db,
  )
  const extensions = ctx.actor.roles.includes('unit_head')
    ? await sql<ExtensionToDecide>`select ${about}, r.days, r.reason, r.old_due_on as "dueOn"
        from service_window.extension r ${joins} where r.approved is null and m.status = 'accepted' and ${mine} order by r.requested_at limit ${most}`.execute(
        ctx.db,
      )
    : { rows: [] }
  const judged: NoticeToDecide[] = []
  for (const notice of notices.rows) judged.push({ ...notice, gaps: await gapsOf(ctx, notice.matterId) })
  return { notices: judged, extensions: extensions.rows }
}

async function gapsOf(ctx: Context, matterId: string): Promise<NoticeToDecide['gaps']> {
  const matter = await findMatter(ctx, matterId)
  const { version, assessment } = await assessMatter(ctx, matter)
  if (assessment.gaps.length === 0) return []
  const byRecord = await causesByRecord(ctx, matter, version, assessment.gaps)
  return byRecord.map((gap, at) => ({
    ...gap,
    name: assessment.gaps[at]?.name as Text,
    defect: assessment.gaps[at]?.defect ?? null,
  }))
}
