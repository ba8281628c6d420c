import { extensionReasons, handOverReasons, toldHow } from '../requests.ts'
import { minuteOfDay, openingMoment } from './arrivals.ts'
import { end } from './ends.ts'
import { addBaton, type Life, passBaton } from './life.ts'
import type { Past, Version } from './past.ts'
import { dateOf, iso, minute, momentAt } from './time.ts'

/** Of a hundred accepted ones: late by a few days, late by one or two weeks. */
const lateness = [
  [96.9, 0],
  [2.7, 4],
  [0.4, 14],
] as const
export function accept(past: Past, life: Life, at: number): void {
  if (at > past.now) return
  const version = life.version as Version
  const date = dateOf(at)
  const due = past.due(version, date)
  const prefix = life.handling.unit.code.slice(0, 9) + date.toString().replaceAll('-', '')
  Object.assign(life.row, {
    status: 'accepted',
    accepted_at: iso(at),
    due_on: due.day,
    due_provisional: due.provisional,
    due_basis: due.basis,
    version: life.row.version + 1,
  })
  past.number(`acceptance.${prefix}`, at, (n) => {
    life.row.acceptance_no = prefix + String(n).padStart(5, '0')
  })
  const itemCode = life.row.item_code
  past.count('accepted', { unitId: life.row.unit_id, itemCode, at })
  if (life.row.visits > 1)
    past.count(life.row.visits === 2 ? 'done_by_visit_2' : 'done_later', { unitId: life.row.unit_id, itemCode, at })
  if (version.content.promisedLimit.immediate) {
    complete(past, life, at + past.random.int(3, 14) * minute)
    return
  }
  work(past, life, at, Temporal.PlainDate.from(due.day))
}

/** The days between acceptance and the end: hand-overs, extensions, and how late it gets. */
function work(past: Past, life: Life, at: number, promised: Temporal.PlainDate): void {
  const { random } = past
  const accepted = dateOf(at)
  if (random.chance(0.035)) handOver(past, life, openingMoment(past, at, 1))
  const due = random.chance(life.row.item_code === 'household.name_change' ? 0.08 : 0.003)
    ? extend(past, life, promised)
    : promised
  const late = random.weighted(lateness)
  const open = past.days.between(accepted.add({ days: 1 }), due)
  const inTime =
    open.length === 0 ? accepted : (open[Math.floor(open.length * (0.35 + 0.65 * random.next()))] as Temporal.PlainDate)
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
    if (declined <= past.now)
      addBaton(past, life, random.pick(colleagues), {
        offered: at,
        receipt: null,
        reason,
        declined: { at: declined, reason: '手头急件较多，请另行安排' },
      })
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
  const decidedAt = random.chance(0.6)
    ? asked + random.int(15, 60) * minute
    : momentAt(past.days.after(dateOf(asked), 1), 8 * 60 + random.int(50, 110))
  const days = random.int(3, 10)
  const decided = decidedAt <= past.now
  const approved = random.chance(0.85)
  const until = past.calendar.addWorkingDays(due, days)
  if ('refused' in until) return due
  const row = {
    matter_id: life.id,
    days,
    reason: random.pick(extensionReasons),
    requested_by: life.holder.id,
    requested_at: iso(asked),
    decided_by: decided ? life.handling.head.id : null,
    decided_at: decided ? iso(decidedAt) : null,
    approved: decided ? approved : null,
    citizen_told_at: decided && approved ? iso(decidedAt) : null,
    citizen_told_how: decided && approved ? random.pick(toldHow) : null,
    old_due_on: due.toString(),
    new_due_on: decided && approved ? until.day.toString() : null,
  }
  past.rows.add('service_window.extension', row)
  if (!decided || !approved) return due
  Object.assign(life.row, { due_on: until.day.toString(), due_provisional: until.provisional, extended_days: days })
  const detail = { matterNo: '', days }
  past.fact({
    kind: 'matter_extended',
    personId: life.first.id,
    unitId: life.row.unit_id,
    sourceKind: 'extension',
    sourceId: life.id,
    day: dateOf(decidedAt),
    at: decidedAt,
    basis: 'R86',
    detail,
  })
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
  past.fact({
    kind: 'matter_overdue',
    personId: life.first.id,
    unitId: life.row.unit_id,
    sourceKind: 'matter',
    sourceId: life.id,
    day: due.add({ days: 1 }),
    at,
    basis: 'R86',
    detail,
  })
  past.number('after', at, () => Object.assign(detail, { matterNo: life.row.no }))
}
