import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import { awardKind } from '#policy/standing/award-kinds.ts'
import type { Eligibility } from '#policy/standing/eligibility.ts'
import {
  type NominationAction,
  type NominationStatus,
  possibleForNomination,
} from '#policy/standing/nomination-lifecycle.ts'
import { eligibilityOfMany } from './check-eligibility.ts'
import { metFor, standingToNomination } from './nominations.ts'

export type NominationRow = {
  id: string
  personId: string
  personName: string
  policeNo: string
  unitZh: string
  unitEn: string
  awardKind: string
  year: number
  reason: string
  status: NominationStatus
  nominatedBy: string
  nominatedById: string
  nominatedAt: Temporal.Instant
  nominatedSeen: Eligibility
  grantedBy: string | null
  grantedAt: Temporal.Instant | null
  grantedSeen: Eligibility | null
  withdrawnBy: string | null
  withdrawnAt: Temporal.Instant | null
  withdrawReason: string | null
  version: number
  /** As it stands now, for a nomination that is still open: what the grant would see. */
  now: Eligibility | null
  can: NominationAction[]
}

type Stored = Omit<NominationRow, 'now' | 'can'>

const read = (where: ReturnType<typeof sql>) =>
  sql<Stored>`select n.id, n.person_id as "personId", p.name as "personName", p.police_no as "policeNo", u.name_zh as "unitZh", u.name_en as "unitEn",
    n.award_kind as "awardKind", n.year, n.reason, n.status, b.name as "nominatedBy", n.nominated_by as "nominatedById", n.nominated_at as "nominatedAt",
    n.nominated_seen as "nominatedSeen", g.name as "grantedBy", n.granted_at as "grantedAt", n.granted_seen as "grantedSeen", w.name as "withdrawnBy",
    n.withdrawn_at as "withdrawnAt", n.withdraw_reason as "withdrawReason", n.version
  from standing.nomination n join directory.person p on p.id = n.person_id join directory.unit u on u.id = p.unit_id
    join directory.person b on b.id = n.nominated_by left join directory.person g on g.id = n.granted_by left join directory.person w on w.id = n.withdrawn_by
  where ${where} order by (n.status = 'nominated') desc, n.nominated_at desc, n.id limit 500`

export async function listNominations(ctx: Context): Promise<NominationRow[]> {
  return complete(ctx, (await read(sql`true`).execute(ctx.db)).rows)
}

export async function viewNomination(ctx: Context, id: string): Promise<NominationRow> {
  const [found] = await complete(ctx, (await read(sql`n.id = ${id}::uuid`).execute(ctx.db)).rows)
  if (!found) throw notFound('nomination')
  return found
}

async function complete(ctx: Context, rows: Stored[]): Promise<NominationRow[]> {
  const today = ctx.now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const now = new Map<string, Eligibility>()
  // One question for each honour and year, however many candidates.
  const groups = Map.groupBy(
    rows.filter((row) => row.status === 'nominated' && awardKind(row.awardKind)),
    (row) => `${row.awardKind} ${row.year}`,
  )
  for (const group of groups.values()) {
    const { awardKind: kind, year } = group[0] as Stored
    const on = year === today.year ? today : Temporal.PlainDate.from({ year, month: 12, day: 31 })
    const answers = await eligibilityOfMany(
      ctx,
      group.map((row) => row.personId),
      { awardKind: kind, on },
    )
    for (const row of group) {
      const answer = answers.get(row.personId)
      if (answer) now.set(row.id, answer)
    }
  }
  return rows.map((row) => ({ ...row, now: now.get(row.id) ?? null, can: canDo(ctx, row, now.get(row.id)) }))
}

function canDo(ctx: Context, row: Stored, now: Eligibility | undefined): NominationAction[] {
  const met = metFor(ctx, { person_id: row.personId, nominated_by: row.nominatedById })
  return possibleForNomination(row.status, standingToNomination(ctx)).filter((action) => {
    if (!met.includes('not-the-candidate')) return false
    return action !== 'grant' || (met.includes('other-than-nominator') && now?.eligible === true)
  })
}
