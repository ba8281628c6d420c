import { sql } from 'kysely'
import {
  callMeeting,
  confirmMonth,
  decideMeasure,
  draftReport,
  evaluateMeasure,
  findMonth,
  freezeMonths,
  listMeasures,
  noteAttendance,
  openMonths,
  receiveReport,
  reportProgress,
  signMinutes,
  signReport,
  viewMonth,
  writeMinutes,
} from '#modules/complaints/index.ts'
import { confirmRestriction, listRestrictions, listSlips, receiveSlip, signSlip } from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import type { Documents } from '#platform/documents/documents.ts'
import type { Department } from '#policy/complaints/lists.ts'
import type { InventedBureau } from '../bureau.ts'
import { momentAt, type WorkingDays } from '../history/time.ts'
import type { Play } from '../present/play.ts'
import type { Random } from '../random.ts'
import { measureTexts } from './scenes.ts'

type Cast = {
  play: Play
  random: Random
  days: WorkingDays
  bureau: InventedBureau
  documents: Pick<Documents, 'render'>
}

const confirms: readonly (readonly [string, Department])[] = [
  ['990052', 'petition_section'],
  ['990062', 'discipline_inspection'],
  ['990024', 'supervision_brigade'],
  ['990032', 'command_centre'],
]

/** One cycle of the institution: frozen on the 1st, confirmed, reported on the third working day, met about on the fifth. */
export function actMonth({ play, random, days, bureau, documents }: Cast, first: Temporal.PlainDate): void {
  const period = first.toPlainYearMonth().toString()
  const next = first.add({ months: 1 })
  const w = (n: number) => days.after(next, n - 1)
  play.at(first, '00:06', 'system', openMonths)
  play.at(next, '00:06', 'system', async (ctx) => {
    await openMonths(ctx)
    await freezeMonths(ctx)
  })
  for (const [who, department] of confirms)
    play.at(w(2), '09:30', who, async (ctx) => {
      const month = await findMonth(ctx, period)
      const cases = month.figures?.byDepartment[department] ?? 0
      await confirmMonth(ctx, period, { department, result: cases > 0 ? 'complete' : 'nil' })
    })
  play.at(w(3), '09:00', '990052', (ctx) =>
    draftReport(ctx, period, {
      shortcomings: '一次性告知仍有遗漏\n窗口高峰时段解释不够耐心',
      proposals: '加强首接责任制落实\n对重复被反映人员重点帮扶',
      typical: [],
    }),
  )
  play.at(w(3), '15:00', '990001', (ctx) => signReport(ctx, period, { version: 1 }, documents))
  play.at(w(3), '16:30', '990003', (ctx) => receiveReport(ctx, period))
  const leader = bureau.people.find((one) => one.police_no === '990001')
  const recorder = bureau.people.find((one) => one.police_no === '990053')
  if (!leader || !recorder) return
  const meetsOn = w(5)
  const moment = (minutes: number) => Temporal.Instant.fromEpochMilliseconds(momentAt(meetsOn, minutes))
  play.at(w(4), '09:00', '990052', (ctx) =>
    callMeeting(ctx, period, {
      plannedAt: moment(9 * 60),
      place: '分局第一会议室',
      chairId: leader.id,
      recorderId: recorder.id,
    }),
  )
  play.at(meetsOn, '09:05', '990052', (ctx) => attend(ctx, period, random))
  play.at(meetsOn, '10:40', '990052', (ctx) =>
    writeMinutes(ctx, period, {
      version: 1,
      beganAt: moment(9 * 60),
      endedAt: moment(10 * 60 + 30),
      discussion: [
        { topic: '案件成因分析', text: ['主要集中在一次性告知不完整和高峰时段解释不耐心。'] },
        { topic: '研究工作对策', text: ['各单位一把手对重复反映问题负总责。'] },
      ],
    }),
  )
  const unit = random.pick(bureau.windows).station
  play.at(meetsOn, '10:45', '990001', (ctx) =>
    decideMeasure(ctx, period, {
      text: random.pick(measureTexts),
      unitId: unit.id,
      dueOn: days.after(meetsOn, 15).toString(),
    }),
  )
  play.at(meetsOn, '11:00', '990053', (ctx) => signMinutes(ctx, period, { version: 2 }, documents))
  play.at(meetsOn, '14:00', '990001', (ctx) => signMinutes(ctx, period, { version: 3 }, documents))
  play.at(days.after(meetsOn, 12), '16:00', '990052', async (ctx) => {
    for (const one of await listMeasures(ctx, { period }))
      await reportProgress(ctx, one.id, '已组织落实，材料报信访科备查。')
  })
  play.at(days.after(meetsOn, 21), '10:20', '990001', async (ctx) => {
    for (const one of await listMeasures(ctx, { period }))
      if (one.status === 'open' && random.chance(0.85))
        await evaluateMeasure(ctx, one.id, { version: one.version, status: 'done', evaluation: '现场核查，已落实。' })
  })
}

/** What the ledger asks of people: the political department confirms, a leader signs slips, the officer receives his. */
export function actConsequences({ play, days, bureau }: Cast, first: Temporal.PlainDate): void {
  const day = days.after(first.add({ days: 19 }), 0)
  play.at(day, '09:40', '990042', async (ctx) => {
    for (const one of await listRestrictions(ctx, { status: 'proposed' }))
      await confirmRestriction(ctx, one.id, { version: one.version, note: '已核对扣分记录。' })
  })
  play.at(day, '10:10', '990001', async (ctx) => {
    for (const slip of (await listSlips(ctx)).filter((one) => one.status === 'draft'))
      await signSlip(ctx, slip.id, { version: await slipVersion(ctx, slip.id) })
  })
  for (const { police_no } of bureau.people.filter((person) => /^9901\d[2-9]$/.test(person.police_no)))
    play.at(days.after(day, 1), '09:20', police_no, async (ctx) => {
      const { rows } = await sql<{ id: string; version: number }>`select id, version from standing.slip
        where person_id = ${ctx.actor.personId} and status = 'signed'`.execute(ctx.db)
      for (const slip of rows) await receiveSlip(ctx, slip.id, { version: slip.version })
    })
}

async function slipVersion(ctx: Context, id: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`select version from standing.slip where id = ${id}`.execute(ctx.db)
  return rows[0]?.version ?? 0
}

/** Most are there; sometimes one is not. Leave would need the chair, a deputy is not the head. */
async function attend(ctx: Context, period: string, random: Random): Promise<void> {
  const { attendance } = await viewMonth(ctx, period)
  const away = random.chance(0.5) ? random.int(4, attendance.length - 1) : -1
  for (const [at, row] of attendance.entries())
    await noteAttendance(ctx, period, { personId: row.personId, state: at === away ? 'absent' : 'present' })
}
