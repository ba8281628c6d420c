import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { Context } from '#platform/context.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import type { Severity } from '#policy/complaints/lists.ts'
import { aBureau, type PersonKey, type UnitKey } from '#test/fixtures/bureau.ts'
import { decideDeduction } from './decide-deduction.ts'
import { type ResponsibilityInput, recordResponsibility } from './record-responsibility.ts'

type About = {
  who?: PersonKey | null
  unit?: UnitKey
  severity?: Severity
  on?: string
  caseId?: string
  findingId?: string
}

/** A bureau with people in every duty, and short ways to a finding and to the deduction that follows from it. */
export async function standingWorld(t: TestContext, at = '2026-03-02T02:00:00Z') {
  const db = await freshDatabase(t, at)
  const bureau = await aBureau(db)
  let cases = 0
  const be = async <T>(key: PersonKey, work: (ctx: Context) => Promise<T>) => db.as(await bureau.actorNow(key), work)
  const finding = (about: About = {}): ResponsibilityInput => {
    const who = about.who === undefined ? 'officer' : about.who
    cases += 1
    return {
      findingId: about.findingId ?? randomUUID(),
      caseId: about.caseId ?? randomUUID(),
      caseNo: `XF2026-${String(cases).padStart(4, '0')}`,
      factLine: `第${cases}件：接待中态度生硬`,
      clause: '《礼仪规范手册》第3条',
      severity: about.severity ?? 'minor',
      unitId: bureau.units[about.unit ?? 'eastWindow'],
      personId: who && bureau.people[who].id,
      ...(who === null && { unitOnlyReason: '无法查明当班人员' }),
      effectiveOn: Temporal.PlainDate.from(about.on ?? today()),
    }
  }
  const today = () => db.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const record = async (about: About = {}) => {
    const input = finding(about)
    return { ...input, ...(await be('leader', (ctx) => recordResponsibility(ctx, input))) }
  }
  /** The finding, and the head's decision upon it. */
  const deduct = async (about: About & { points?: number; by?: PersonKey } = {}) => {
    const made = await record(about)
    const { taskId } = made
    if (taskId) {
      const input = { version: 1, points: about.points ?? 1, reason: '当班民警接待失当' }
      await be(about.by ?? 'head', (ctx) => decideDeduction(ctx, taskId, input))
    }
    return made
  }
  const setDay = (day: string, time = '10:00:00') => db.clock.set(Temporal.Instant.from(`${day}T${time}+08:00`))
  const rows = async <T = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> =>
    (await db.admin.query(sql, values)).rows as T[]
  const restrictions = () =>
    rows<{ status: string; year: number; merit: boolean; decoration: boolean }>(
      `select status, year, merit, decoration from standing.restriction order by proposed_at, id`,
    )
  const slips = () =>
    rows<{ nth: number; status: string }>('select nth, status from standing.slip order by drafted_at, nth')
  return { ...db, bureau, be, finding, record, deduct, setDay, rows, restrictions, slips }
}

export type StandingWorld = Awaited<ReturnType<typeof standingWorld>>
