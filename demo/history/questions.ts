import { keyHash, newToken, pageKey, phoneContext, tokenContext } from '#modules/callback/link.ts'
import { reminderMoment, replyDeadline, sendMoment } from '#policy/callback/schedule.ts'
import type { CounterRow, PersonRow, Window } from '../bureau.ts'
import { addMessages } from './messages.ts'
import { openOrder } from './orders.ts'
import type { Past } from './past.ts'
import { planReply, type ReplyPlan, writeReply } from './reply-plan.ts'
import { instantAt, iso, minute } from './time.ts'

export type Question = {
  purpose: 'satisfaction' | 'second_opinion'
  subjectId: string
  round: number
  matterId: string
  officer: PersonRow
  window: Window
  counterId: CounterRow['id'] | null
  itemCode: string | null
  finishedAt: number
  /** When the question was put in line: the end of the service, or the answer to an order. */
  askedAt: number
  phone: string | null
}

export type CallbackRow = ReturnType<typeof newRow>
export type Rated = { level: number; at: number; byPage: boolean } | null

/** Numbers that asked for no more messages, and since when. */
const stopped = new WeakMap<Past, Map<string, number>>()

/** Asks the citizen as the rules say, and tells what became of it up to now (R52). Silence is most of it. */
export function askAbout(past: Past, question: Question): Rated {
  const { now } = past
  const row = newRow(past, question)
  past.rows.add('callback.callback', row)
  const stops = stopped.get(past) ?? new Map<string, number>()
  stopped.set(past, stops)
  if (!question.phone || (stops.get(question.phone) ?? Number.POSITIVE_INFINITY) <= question.askedAt) {
    Object.assign(row, { state: question.phone ? 'opted_out' : 'no_phone', closed_at: iso(question.askedAt) })
    return null
  }
  const sendAfter = sendMoment(instantAt(question.askedAt), past.calendar).at.epochMilliseconds
  row.send_after = iso(sendAfter)
  if (sendAfter > now - minute) return null
  const plan = planReply(past, question, sendAfter)
  if (plan.kind === 'stop' && plan.at <= now) stops.set(question.phone, plan.at)
  settle(row, plan, now)
  addMessages(past, question, row, plan)
  const rated = writeReply(past, question, row, plan)
  if (rated && rated.level <= 2 && question.purpose === 'satisfaction') openOrder(past, question, row, rated)
  return rated
}

/** The state before any answer; the database itself makes "answered" of it when the answer is written. */
function settle(row: CallbackRow, plan: ReplyPlan, now: number): void {
  const sent = instantAt(plan.sent)
  const answerBy = replyDeadline(sent).epochMilliseconds
  const remind = reminderMoment(sent)?.epochMilliseconds ?? null
  const replied = plan.kind !== 'none' && plan.at <= now ? plan.at : null
  const silentUntil = replied ?? now
  const reminded =
    remind !== null && plan.failedAt === null && remind + 4000 < Math.min(silentUntil, now) ? remind + 4000 : null
  Object.assign(row, {
    queued_at: iso(plan.queued),
    sent_at: iso(plan.sent),
    delivered_at: plan.delivered === null ? null : iso(plan.delivered),
    answer_by: iso(answerBy),
    remind_after: remind === null ? null : iso(remind),
    reminded_at: reminded === null ? null : iso(reminded),
    state: plan.failedAt !== null ? 'failed' : plan.delivered !== null ? 'delivered' : 'sent',
  })
  if (plan.failedAt !== null) row.closed_at = iso(plan.failedAt)
  else if (plan.kind === 'stop' && replied) Object.assign(row, { state: 'opted_out', closed_at: iso(replied + 2000) })
  else if (plan.kind === 'unclear' && replied)
    Object.assign(row, { state: 'unclear', clarified_at: iso(replied + 2000) })
  else if (!replied && answerBy + 5000 < now)
    Object.assign(row, { state: 'no_answer', closed_at: iso(answerBy + 3000) })
}

function newRow(past: Past, question: Question) {
  const { crypt } = past
  const id = past.random.uuid()
  const token = newToken()
  const { phone } = question
  return {
    id,
    purpose: question.purpose,
    subject_id: question.subjectId,
    round: question.round,
    matter_id: question.matterId,
    officer_id: question.officer.id,
    unit_id: question.window.unit.id,
    counter_id: question.counterId,
    item_code: question.itemCode,
    finished_at: iso(question.finishedAt),
    phone_sealed: phone && crypt.seal.seal(phone, phoneContext(id)),
    phone_index: phone && crypt.seal.blindIndex('phone', phone),
    token_hash: keyHash(pageKey(crypt, token)),
    token_sealed: crypt.seal.seal(token, tokenContext(id)),
    state: 'scheduled',
    send_after: iso(question.askedAt),
    queued_at: null as string | null,
    sent_at: null as string | null,
    delivered_at: null as string | null,
    remind_after: null as string | null,
    reminded_at: null as string | null,
    clarified_at: null as string | null,
    answer_by: null as string | null,
    closed_at: null as string | null,
    consent_asked_at: null as string | null,
    contact_consent: null as boolean | null,
    consent_at: null as string | null,
  }
}
