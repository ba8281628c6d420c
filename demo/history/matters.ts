import { lapseReason } from './words.ts'
import { elsewhere, extensionReasons, handOverReasons, plainDefects, requestFor, toldHow, withdrawReasons } from '../requests.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import type { PersonRow, Window } from '../bureau.ts'
import { addBaton, addChecks, addVisit, type CheckedAt, type Life, passBaton, receive } from './life.ts'
import { addFirstNotice, addSecondNotice, type Told } from './notices.ts'
import type { Past, Version } from './past.ts'
import { askAbout } from './questions.ts'
import { dateOf, day, instantAt, iso, minute, momentAt } from './time.ts'

/** How often each service is asked for, of a hundred. */
const demand = [
  [29, 'id_card.renewal'], [18, 'id_card.loss_replacement'], [10, 'id_card.first_issue'], [4, 'id_card.damage_replacement'], [11, 'temporary_id_card'],
  [13, 'household.move_in'], [11, 'household.birth_registration'], [4, 'household.name_change'],
] as const
const courses = [[76.2, 'accept'], [19.6, 'notice'], [2.4, 'refuse'], [1.3, 'elsewhere'], [0.5, 'withdraw']] as const
/** Of a hundred accepted ones: late by a few days, late by one or two weeks. */
const lateness = [[96.9, 0], [2.7, 4], [0.4, 14]] as const

/** Tells one matter from its reception to its end, or to now. */
export function tellMatter(past: Past, window: Window, at: number): void {
  const { random } = past
  const course = random.weighted(courses)
  if (course === 'elsewhere') return transfer(past, window, at)
  const itemCode = random.weighted(demand)
  const life = receive(past, { window, at, itemCode, request: requestFor(random, itemCode) })
  const checkedAt = at + random.int(5, 16) * minute
  if (!life.version || !life.profile || checkedAt > past.now) return
  if (course === 'refuse') return refuse(past, life, life.version, checkedAt)
  if (course === 'withdraw') return withdraw(past, life, checkedAt)
  life.row.answers = life.profile.answers
  life.row.version += 1
  const gaps = course === 'notice' ? gapsAmong(past, life) : []
  life.checks = checksOf(past, life, gaps)
  addChecks(past, life, { by: life.holder, at: checkedAt })
  if (gaps.length === 0) return accept(past, life, checkedAt + minute)
  const told = addFirstNotice(past, life, checkedAt + 2 * minute)
  life.row.status = 'awaiting_applicant'
  comeBack(past, life, told, checkedAt, { by: life.holder, at: checkedAt })
}

function gapsAmong(past: Past, life: Life): MaterialCheck[] {
  const papers = life.profile?.toBring ?? []
  const { random } = past
  const some = papers.filter(() => random.chance(1.4 / Math.max(papers.length, 1)))
  const wanting = some.length > 0 ? some : papers.slice(0, 1)
  return wanting.map((paper) =>
    random.chance(0.62)
      ? { code: paper.code, verdict: 'missing' as const }
      : { code: paper.code, verdict: 'defective' as const, defect: defectOf(past, life, paper.code), mendableOnSpot: paper.mendableOnSpot ?? false },
  )
}

function defectOf(past: Past, life: Life, code: string): string {
  const common = life.profile?.toBring.find((paper) => paper.code === code)?.commonDefects
  return common?.length ? past.random.pick(common).zh : past.random.pick(plainDefects)
}

function checksOf(past: Past, life: Life, gaps: readonly MaterialCheck[]): MaterialCheck[] {
  return (life.profile?.toBring ?? []).map((paper) => {
    const gap = gaps.find(({ code }) => code === paper.code)
    if (gap) return gap
    const mended = paper.mendableOnSpot === true && past.random.chance(0.2)
    return mended
      ? { code: paper.code, verdict: 'defective', defect: defectOf(past, life, paper.code), mendableOnSpot: true, mended: true }
      : { code: paper.code, verdict: 'present' }
  })
}

/** After the notice: most come back within two weeks and are done at the second visit (R50). */
function comeBack(past: Past, life: Life, told: Told, toldAt: number, checked: CheckedAt): void {
  const { random } = past
  const fate = random.weighted([[89, 'returns'], [2, 'withdraws'], [9, 'stays away']])
  if (fate === 'stays away') return lapse(past, life, toldAt)
  const next = openingMoment(past, toldAt, random.weighted([[30, 1], [25, 2], [20, 4], [15, 7], [10, random.int(8, 14)]]))
  if (next > past.now) return
  if (fate === 'withdraws') return withdraw(past, life, next)
  const earlier = new Map(life.checks.filter((check) => check.verdict === 'present' || check.mended).map((check) => [check.code, checked]))
  startVisit(past, life, next, 'notice')
  const checkedAt = next + random.int(4, 10) * minute
  if (checkedAt > past.now) return
  const again = random.chance(0.04) ? secondGap(past, life, told) : null
  life.checks = checksOf(past, life, again ? [again.check] : []).map((check) => (earlier.has(check.code) && check !== again?.check ? { code: check.code, verdict: 'present' } : check))
  if (again) earlier.delete(again.check.code)
  addChecks(past, life, { by: life.holder, at: checkedAt }, earlier)
  if (!again) return accept(past, life, checkedAt + minute)
  const decidedAt = checkedAt + random.int(6, 45) * minute
  const note = again.cause === 'officer_omission' ? '首次告知时该材料已出示，缺项未列入告知单' : '申请人本次新提交的材料不符合要求'
  if (!addSecondNotice(past, life, { first: told, cause: again.cause, note, at: checkedAt + 2 * minute, decidedAt, by: life.holder })) return
  life.row.status = 'awaiting_applicant'
  thirdVisit(past, life, decidedAt, again.cause)
}

type SecondGap = { cause: 'new_fact' | 'officer_omission'; check: MaterialCheck }

/** What the first notice should have named, or a paper that was not there to be seen (R49). */
function secondGap(past: Past, life: Life, told: Told): SecondGap {
  const named = new Set(told.gaps.map((gap) => gap.code))
  const seen = (life.profile?.toBring ?? []).filter((paper) => !named.has(paper.code))
  const omitted = seen.length > 0 && past.random.chance(0.45)
  const code = omitted ? past.random.pick(seen).code : (told.gaps[0]?.code ?? '')
  const check: MaterialCheck = { code, verdict: 'defective', defect: defectOf(past, life, code), mendableOnSpot: false, newPaper: !omitted }
  return { cause: omitted ? 'officer_omission' : 'new_fact', check }
}

function thirdVisit(past: Past, life: Life, since: number, cause: string): void {
  const next = openingMoment(past, since, past.random.int(1, 6))
  if (next > past.now) return
  const checked = new Map(life.checks.filter((check) => check.verdict === 'present').map((check) => [check.code, { by: life.holder, at: since }]))
  startVisit(past, life, next, cause)
  const checkedAt = next + past.random.int(4, 9) * minute
  if (checkedAt > past.now) return
  life.checks = life.checks.map(({ code }) => ({ code, verdict: 'present' }))
  addChecks(past, life, { by: life.holder, at: checkedAt }, checked)
  accept(past, life, checkedAt + minute)
}

/** Any counter opens the matter by the notice's number; whoever does so holds it from then on (R48). */
function startVisit(past: Past, life: Life, at: number, cause: string): void {
  const { random } = past
  if (random.chance(0.03)) life.handling = random.pick(past.bureau.windows)
  const same = life.handling.officers.includes(life.holder) && random.chance(0.6)
  const officer = same ? life.holder : random.pick(life.handling.officers)
  life.counter = random.pick(life.handling.counters)
  life.row.visits += 1
  life.row.version += 1
  life.row.status = 'received'
  life.row.handling_unit_id = life.handling.unit.id
  addVisit(past, life, at, officer, cause)
  if (officer !== life.holder) passBaton(past, life, officer, { offered: at, receipt: at, reason: '申请人再次到场，由本窗口继续办理' })
}

function accept(past: Past, life: Life, at: number): void {
  if (at > past.now) return
  const version = life.version as Version
  const date = dateOf(at)
  const due = past.due(version, date)
  const prefix = life.handling.unit.code.slice(0, 9) + date.toString().replaceAll('-', '')
  Object.assign(life.row, { status: 'accepted', accepted_at: iso(at), due_on: due.day, due_provisional: due.provisional, due_basis: due.basis, version: life.row.version + 1 })
  past.number(`acceptance.${prefix}`, at, (n) => {
    life.row.acceptance_no = prefix + String(n).padStart(5, '0')
  })
  const itemCode = life.row.item_code
  past.count('accepted', { unitId: life.handling.unit.id, itemCode, at })
  if (life.row.visits > 1) past.count(life.row.visits === 2 ? 'done_by_visit_2' : 'done_later', { unitId: life.row.unit_id, itemCode, at })
  if (version.content.promisedLimit.immediate) return complete(past, life, at + past.random.int(3, 14) * minute)
  work(past, life, at, Temporal.PlainDate.from(due.day))
}

/** The days between acceptance and the end: hand-overs, extensions, and how late it gets. */
function work(past: Past, life: Life, at: number, promised: Temporal.PlainDate): void {
  const { random } = past
  const accepted = dateOf(at)
  if (random.chance(0.035)) handOver(past, life, openingMoment(past, at, 1))
  const due = random.chance(life.row.item_code === 'household.name_change' ? 0.08 : 0.003) ? extend(past, life, promised) : promised
  const late = random.weighted(lateness)
  const open = past.days.between(accepted.add({ days: 1 }), due)
  const inTime = open.length === 0 ? accepted : (open[Math.floor(open.length * (0.35 + 0.65 * random.next()))] as Temporal.PlainDate)
  const end = late > 0 ? past.days.after(due, random.int(1, late)) : inTime
  complete(past, life, Math.max(momentAt(end, minuteOfDay(past)), at + 30 * minute))
}

function handOver(past: Past, life: Life, at: number): void {
  const { random } = past
  const colleagues = life.handling.officers.filter((officer) => officer !== life.holder)
  const reason = random.pick(handOverReasons)
  if (at > past.now || colleagues.length === 0) return
  if (random.chance(0.1)) {
    const declined = at + random.int(10, 90) * minute
    if (declined <= past.now) addBaton(past, life, random.pick(colleagues), { offered: at, receipt: null, reason, declined: { at: declined, reason: '手头急件较多，请另行安排' } })
    return
  }
  const receipt = at + random.int(5, 110) * minute
  if (receipt <= past.now) passBaton(past, life, random.pick(colleagues), { offered: at, receipt, reason })
}

/** Asked of the unit head before the day has come; once (R86). Returns the day that then holds. */
function extend(past: Past, life: Life, due: Temporal.PlainDate): Temporal.PlainDate {
  const { random } = past
  const asked = momentAt(past.days.before(due, 2), minuteOfDay(past))
  if (asked > past.now || asked < Temporal.Instant.from(life.row.accepted_at as string).epochMilliseconds) return due
  const decidedAt = random.chance(0.6) ? asked + random.int(15, 60) * minute : momentAt(past.days.after(dateOf(asked), 1), 8 * 60 + random.int(50, 110))
  const days = random.int(3, 10)
  const decided = decidedAt <= past.now
  const approved = random.chance(0.85)
  const until = past.calendar.addWorkingDays(due, days)
  if ('refused' in until) return due
  const row = {
    matter_id: life.id, days, reason: random.pick(extensionReasons), requested_by: life.holder.id, requested_at: iso(asked), decided_by: decided ? life.handling.head.id : null,
    decided_at: decided ? iso(decidedAt) : null, approved: decided ? approved : null, citizen_told_at: decided && approved ? iso(decidedAt) : null,
    citizen_told_how: decided && approved ? random.pick(toldHow) : null, old_due_on: due.toString(), new_due_on: decided && approved ? until.day.toString() : null,
  }
  past.rows.add('service_window.extension', row)
  if (!decided || !approved) return due
  Object.assign(life.row, { due_on: until.day.toString(), due_provisional: until.provisional, extended_days: days })
  const detail = { matterNo: '', days }
  past.fact({ kind: 'matter_extended', personId: life.first.id, unitId: life.row.unit_id, sourceKind: 'extension', sourceId: life.id, day: dateOf(decidedAt), at: decidedAt, basis: 'R86', detail })
  past.number('after', decidedAt, () => Object.assign(detail, { matterNo: life.row.no }))
  return until.day
}

function complete(past: Past, life: Life, at: number): void {
  const about = { unitId: life.row.unit_id, itemCode: life.row.item_code }
  const due = Temporal.PlainDate.from(life.row.due_on as string)
  // The clock-keeper looks every minute: a matter becomes a fact in the first minute after its due day.
  const overdue = momentAt(due.add({ days: 1 }), 0) + 20_000
  if (overdue <= Math.min(at, past.now)) markOverdue(past, life, due, overdue)
  if (at > past.now) return
  end(past, life, 'completed', at, life.holder)
  past.count(Temporal.PlainDate.compare(dateOf(at), due) > 0 ? 'completed_late' : 'completed_on_time', { ...about, at })
}

function markOverdue(past: Past, life: Life, due: Temporal.PlainDate, at: number): void {
  life.row.overdue_at = iso(at)
  const detail = { matterNo: '', dueOn: due.toString() }
  past.count('overdue', { unitId: life.row.unit_id, itemCode: life.row.item_code, at })
  past.fact({ kind: 'matter_overdue', personId: life.first.id, unitId: life.row.unit_id, sourceKind: 'matter', sourceId: life.id, day: due.add({ days: 1 }), at, basis: 'R86', detail })
  past.number('after', at, () => Object.assign(detail, { matterNo: life.row.no }))
}

function refuse(past: Past, life: Life, version: Version, at: number): void {
  const refused = version.profiles.refused
  if (refused.length === 0) return withdraw(past, life, at)
  const why = past.random.pick(refused)
  life.row.answers = why.answers
  Object.assign(life.row, { outcome_reason: why.reason, outcome_can_do: why.canDo })
  end(past, life, 'refused', at, life.holder)
}

function transfer(past: Past, window: Window, at: number): void {
  const { random } = past
  const whither = random.pick(elsewhere)
  const life = receive(past, { window, at, itemCode: null, request: whither.request })
  const done = at + random.int(6, 25) * minute
  if (done > past.now) return
  const time = instantAt(done).toZonedDateTimeISO('Asia/Shanghai').toPlainTime().toString({ smallestUnit: 'minute' })
  Object.assign(life.row, {
    receiver_name: whither.name, receiver_phone: whither.phone, receiver_receipt: `${whither.name}值班员 ${time} 电话签收`, citizen_told_at: iso(done), outcome_reason: whither.reason,
  })
  end(past, life, 'transferred', done, life.holder)
}

function withdraw(past: Past, life: Life, at: number): void {
  life.row.outcome_reason = past.random.pick(withdrawReasons)
  end(past, life, 'withdrawn', at, life.holder)
}

function lapse(past: Past, life: Life, toldAt: number): void {
  const at = toldAt + 91 * day + 5 * minute
  if (at > past.now) return
  life.row.outcome_reason = lapseReason
  end(past, life, 'lapsed', at, life.holder)
}

function end(past: Past, life: Life, status: 'completed' | 'refused' | 'transferred' | 'withdrawn' | 'lapsed', at: number, by: PersonRow): void {
  const counter = status === 'completed' || status === 'refused' ? life.counter.id : null
  Object.assign(life.row, { status, finished_at: iso(at), finished_by: by.id, finished_counter_id: counter, version: life.row.version + 1 })
  past.count(status, { unitId: life.row.unit_id, itemCode: life.row.item_code, at })
  if (status === 'withdrawn' || status === 'lapsed') return
  askAbout(past, {
    purpose: 'satisfaction', subjectId: life.id, round: 1, matterId: life.id, officer: by, window: life.handling, counterId: counter ?? life.row.counter_id,
    itemCode: life.row.item_code, finishedAt: at, askedAt: at, phone: life.citizen.phone,
  })
}

/** Counters open at 8:40 and 13:40; mornings are busier. */
function minuteOfDay({ random }: Past): number {
  return random.chance(0.57) ? random.int(8 * 60 + 40, 11 * 60 + 35) : random.int(13 * 60 + 40, 16 * 60 + 50)
}

function openingMoment(past: Past, since: number, workingDays: number): number {
  return momentAt(past.days.after(dateOf(since), workingDays), minuteOfDay(past))
}

/** When people come on a day, in order. Mondays, the days before holidays and the end of August are busy. */
export function arrivals(past: Past, window: Window, date: Temporal.PlainDate): number[] {
  const { random } = past
  const season = date.month === 8 && date.day > 15 ? 1.25 : date.month === 7 ? 1.08 : 1
  const weekday = date.dayOfWeek === 1 ? 1.2 : date.dayOfWeek === 5 ? 0.9 : 1
  const people = Math.max(1, Math.round(window.perDay * season * weekday * (0.75 + random.next() * 0.5)))
  return Array.from({ length: people }, () => momentAt(date, minuteOfDay(past)) + random.int(0, 59) * 1000)
}
