import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

export type ThirdVisit = {
  matterId: string
  no: string
  applicantName: string
  itemZh: string | null
  itemEn: string | null
  visit: number
  at: Temporal.Instant
  cause: string
  officerName: string
  unitZh: string
  unitEn: string
}

/** Where the last page ended. */
export type VisitCursor = { key: string; id: string; visit: number }

/** Every third and later visit with the reason for it, newest first: what "done at the second visit" did not reach (R50). */
export async function listThirdVisits(
  ctx: Context,
  after: VisitCursor | null,
  most = 50,
): Promise<{ rows: ThirdVisit[]; next: VisitCursor | null }> {
  const size = Math.min(most, 200)
  const past = after
    ? sql`and (v.at, v.matter_id, v.no) < (${after.key}::timestamptz, ${after.id}::uuid, ${after.visit}::int)`
    : sql``
  const found = await sql<
    ThirdVisit & { key: string }
  >`select v.matter_id as "matterId", m.no, m.applicant_name as "applicantName",
      i.content->'name'->>'zh' as "itemZh", i.content->'name'->>'en' as "itemEn", v.no as visit, v.at, v.at::text as key, v.cause,
      p.name as "officerName", u.name_zh as "unitZh", u.name_en as "unitEn"
    from service_window.visit v join service_window.matter m on m.id = v.matter_id
    left join registration.item_version i on i.id = m.item_version_id
    join directory.person p on p.id = v.officer_id join directory.unit u on u.id = v.unit_id
    where v.no >= 3 ${past} order by v.at desc, v.matter_id desc, v.no desc limit ${size + 1}`.execute(ctx.db)
  const last = found.rows[size - 1]
  const next = found.rows.length > size && last ? { key: last.key, id: last.matterId, visit: last.visit } : null
  return { rows: found.rows.slice(0, size), next }
}
