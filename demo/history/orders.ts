import { consentQuestion, orderProblem } from '#modules/callback/texts.ts'
import { orderDue, silenceFrom } from '#policy/supervision/order-due.ts'
import { standardRequirement } from '#policy/supervision/texts.ts'
import type { PersonRow } from '../bureau.ts'
import { explanations, measures, solutions } from '../order-words.ts'
import { addMessage } from './messages.ts'
import type { Past } from './past.ts'
import { askAbout, type CallbackRow, type Question, type Rated } from './questions.ts'
import { addSms } from './reply-plan.ts'
import { dateOf, day, instantAt, iso, minute, momentAt } from './time.ts'

type OrderRow = ReturnType<typeof newOrder>
type Tale = { past: Past; row: OrderRow; owner: PersonRow; question: Question; callbackId: string }

/** A dissatisfied reply of the past: its order, from the reply to the second opinion or to silence (R53). */
export function openOrder(past: Past, question: Question, callback: CallbackRow, rated: NonNullable<Rated>): void {
  askConsent(past, question, callback, rated)
  const owner = past.random.pick(past.bureau.desk)
  const row = newOrder(past, question, callback, rated, owner)
  past.rows.add('supervision.order', row)
  const date = dateOf(Temporal.Instant.from(row.issued_at).epochMilliseconds).toString().replaceAll('-', '')
  past.number(`order.${date}`, rated.at, (n) => {
    row.no = `DB${date}-${String(n).padStart(4, '0')}`
  })
  const tale: Tale = { past, row, owner, question, callbackId: callback.id }
  const issued = rated.at + 2500
  addStep(tale, 'issued', issued, null, '', { dueOn: row.due_on, provisional: row.due_provisional, missingYear: null })
  addStep(tale, 'assigned', issued, null, '', { ownerId: owner.id, automatic: true })
  tellRound(tale, rated.at)
}

function tellRound(tale: Tale, from: number): void {
  const { past, row, owner } = tale
  const { random } = past
  const due = Temporal.PlainDate.from(row.due_on)
  const late = random.chance(0.06)
  const wait = late
    ? 3 + random.int(1, 2)
    : random.weighted([
        [25, 1],
        [40, 2],
        [35, 3],
      ])
  const answered = Math.max(
    momentAt(past.days.after(dateOf(from), wait), random.int(9 * 60, 17 * 60)),
    from + 50 * minute,
  )
  const measured = from + (answered - from) * 0.4
  addStep(tale, 'measure', measured, owner, random.pick(measures), {})
  remind(tale, due, answered)
  const overdue = momentAt(due.add({ days: 1 }), 0) + 25_000
  if (overdue < answered) escalate(tale, due, overdue)
  const solved = random.chance(0.78)
  const text = random.pick(solved ? solutions : explanations)
  Object.assign(row, {
    status: 'answered',
    result: solved ? 'solved' : 'explained',
    answer_to_citizen: text,
    answered_at: iso(answered),
    answered_by: owner.id,
  })
  addStep(
    tale,
    'answered',
    answered,
    owner,
    text,
    solved ? { result: 'solved' } : { result: 'explained', basis: '户口登记条例第十三条' },
  )
  const opinion = askAbout(past, {
    ...tale.question,
    purpose: 'second_opinion',
    subjectId: row.id,
    round: row.round,
    askedAt: answered,
  })
  if (opinion) {
    hearOpinion(tale, opinion)
    return
  }
  const silent = silenceFrom(instantAt(answered)).epochMilliseconds + 30_000
  if (silent <= past.now) close(tale, 'silence', silent)
}

function hearOpinion(tale: Tale, opinion: NonNullable<Rated>): void {
  const { past, row } = tale
  const reopened = opinion.level <= 2
  addStep(tale, 'second_opinion', opinion.at + 2000, null, '', {
    level: opinion.level,
    outcome: reopened ? 'reopened' : 'closed',
  })
  if (!reopened) {
    close(tale, 'second_opinion', opinion.at + 2000)
    return
  }
  const due = orderDue(instantAt(opinion.at), past.calendar)
  const before = row.due_on
  Object.assign(row, {
    status: 'open',
    round: row.round + 1,
    round_started_at: iso(opinion.at),
    due_on: due.day.toString(),
    due_provisional: due.provisional,
    due_basis: due.basis,
    overdue_at: null,
    result: null,
    answer_to_citizen: null,
    answered_at: null,
    answered_by: null,
  })
  const step = addStep(tale, 'reopened', opinion.at + 2000, null, '', {
    dueOn: row.due_on,
    provisional: due.provisional,
    missingYear: null,
    before,
  })
  addOrderFact(tale, 'order_reopened', step, dateOf(opinion.at), opinion.at + 2000)
  tellRound(tale, opinion.at)
}

function escalate(tale: Tale, due: Temporal.PlainDate, at: number): void {
  const { past, row } = tale
  const step = addStep(tale, 'overdue', at, null, '', { dueOn: row.due_on, provisional: row.due_provisional })
  const leader = past.bureau.people.find((person) =>
    past.bureau.duties.some((duty) => duty.person_id === person.id && duty.role === 'bureau_leader'),
  ) as PersonRow
  addStep(tale, 'escalated', at, null, '', { to: leader.id })
  Object.assign(row, { overdue_at: iso(at), late_rounds: row.late_rounds + 1, escalated_to: leader.id })
  addOrderFact(tale, 'order_overdue', step, due.add({ days: 1 }), at)
}

/** Against whoever had to solve it, never visible to the rated unit (b-24). */
function addOrderFact(tale: Tale, kind: string, stepId: string, date: Temporal.PlainDate, at: number): void {
  const { past, row, owner } = tale
  const detail = {
    orderId: row.id,
    orderNo: '',
    round: row.round,
    dueOn: row.due_on,
    concernedUnitId: row.concerned_unit_id,
  }
  past.fact({
    kind,
    personId: owner.id,
    unitId: owner.unit_id,
    sourceKind: 'order',
    sourceId: stepId,
    day: date,
    at,
    basis: 'R53',
    detail,
  })
  past.number('after', at, () => Object.assign(detail, { orderNo: row.no }))
}

function close(tale: Tale, closing: 'silence' | 'second_opinion', at: number): void {
  Object.assign(tale.row, { status: 'closed', closing, closed_at: iso(at) })
  addStep(tale, 'closed', at, null, '', { closing })
}

/** Called to mind with one working day left and on the day itself, on working days only. */
function remind(tale: Tale, due: Temporal.PlainDate, answered: number): void {
  const { past, row } = tale
  for (const left of [1, 0]) {
    const at = momentAt(past.days.before(due, left), 0) + 35_000
    if (at < answered && at > Temporal.Instant.from(row.round_started_at).epochMilliseconds)
      addStep(tale, 'reminded', at, null, '', { daysLeft: left, dueOn: row.due_on })
  }
}

/** Asked apart from the rating, by a message of its own (CB06). */
function askConsent(past: Past, question: Question, callback: CallbackRow, rated: NonNullable<Rated>): void {
  const { random } = past
  const asked = rated.at + 3000
  const answer = random.weighted([
    [55, true],
    [15, false],
    [30, null],
  ])
  if (rated.byPage) {
    if (answer !== null) Object.assign(callback, { contact_consent: answer, consent_at: iso(asked) })
    return
  }
  callback.consent_asked_at = iso(asked)
  if (asked > past.now - 30 * day)
    addMessage(past, question, callback, {
      purpose: 'callback.consent',
      body: consentQuestion({ bureau: past.setting.nameZh, solveWithin: 3, link: '' }),
      queued: asked,
      sent: asked + 2000,
      delivered: asked + 8000,
      failedAt: null,
    })
  const replied = asked + random.int(2, 60) * minute
  if (answer === null || replied > past.now) return
  Object.assign(callback, { contact_consent: answer, consent_at: iso(replied) })
  addSms(past, question, callback, replied, answer ? 'Y' : 'N', null, { consent: answer })
}

function addStep(tale: Tale, kind: string, at: number, person: PersonRow | null, text: string, detail: object): string {
  const id = tale.past.random.uuid()
  tale.past.rows.add('supervision.step', {
    id,
    order_id: tale.row.id,
    round: tale.row.round,
    kind,
    at: iso(at),
    person_id: person?.id ?? null,
    text,
    detail,
  })
  return id
}

function newOrder(past: Past, question: Question, callback: CallbackRow, rated: NonNullable<Rated>, owner: PersonRow) {
  const due = orderDue(instantAt(rated.at), past.calendar)
  const item = question.itemCode ? (past.versionOn(question.itemCode, dateOf(rated.at))?.content.name.zh ?? null) : null
  return {
    id: past.random.uuid(),
    no: '',
    source_kind: 'callback',
    source_id: callback.id,
    concerned_person_id: question.officer.id,
    concerned_unit_id: question.window.unit.id,
    problem: orderProblem(rated.level, item),
    requirement: standardRequirement(dateOf(rated.at)),
    owner_id: owner.id,
    status: 'open',
    started_at: iso(rated.at),
    issued_at: iso(rated.at + 2500),
    round_started_at: iso(rated.at),
    due_on: due.day.toString(),
    due_provisional: due.provisional,
    due_basis: due.basis,
    contact_consent: callback.contact_consent,
    answer_to_citizen: null as string | null,
    answered_at: null as string | null,
    answered_by: null as string | null,
    result: null as string | null,
    closed_at: null as string | null,
    closing: null as string | null,
    round: 1,
    overdue_at: null as string | null,
    late_rounds: 0,
    escalated_to: null as string | null,
    version: 4,
  }
}
