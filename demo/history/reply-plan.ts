import { optOutContext, pageKey, tokenContext } from '#modules/callback/link.ts'
import { inboundPhoneContext } from '#platform/notifications/receive.ts'
import { reminderMoment, replyDeadline } from '#policy/callback/schedule.ts'
import { comments, type Digit, readingOf, replyFor, stopReplies, unclearReplies } from '../replies.ts'
import type { Past } from './past.ts'
import type { CallbackRow, Question, Rated } from './questions.ts'
import { day, hour, instantAt, iso, minute } from './time.ts'

/** What happens to one question: how its message fared, and whether, when and how somebody answered. */
export type ReplyPlan = { queued: number; sent: number; delivered: number | null; failedAt: number | null } & (
  | { kind: 'none' }
  | { kind: 'sms' | 'page'; at: number; digit: Digit }
  | { kind: 'unclear'; at: number; digit: Digit | null; then: 'sms' | 'desk' | 'silence'; thenAt: number }
  | { kind: 'stop'; at: number }
)

const responding = { satisfaction: 0.285, second_opinion: 0.6 } as const
const opinions = {
  satisfaction: [
    [54, 5],
    [33.5, 4],
    [9, 3],
    [2.2, 2],
    [1.3, 1],
  ],
  second_opinion: [
    [22, 5],
    [42, 4],
    [20, 3],
    [11, 2],
    [5, 1],
  ],
} as const satisfies Record<Question['purpose'], readonly (readonly [number, Digit])[]>
/** Orders of the last three weeks are told through the counter's and the desk's own work, not here. */
const noOrdersSince = 23 * day

export function planReply(past: Past, question: Question, sendAfter: number): ReplyPlan {
  const { random } = past
  const queued = sendAfter + random.int(500, 5000)
  const sent = queued + random.int(500, 4000)
  const failedAt = random.chance(0.018) ? sent + random.int(4, 60) * 1000 : null
  const delivered = failedAt === null && random.chance(0.985) ? sent + random.int(2, 25) * 1000 : null
  const message = { queued, sent, delivered, failedAt }
  if (failedAt !== null || !random.chance(responding[question.purpose])) return { ...message, kind: 'none' }
  const at = replyMoment(past, sent)
  const digit = opinionAt(past, question, at)
  if (random.chance(0.24)) return { ...message, kind: 'page', at, digit }
  const kind = random.weighted([
    [94, 'sms'],
    [4.5, 'unclear'],
    [1.5, 'stop'],
  ])
  if (kind === 'stop')
    return question.purpose === 'satisfaction' ? { ...message, kind, at } : { ...message, kind: 'sms', at, digit }
  if (kind === 'sms' || digit <= 2) return { ...message, kind: 'sms', at, digit }
  const then = random.weighted<'sms' | 'desk' | 'silence'>([
    [55, 'sms'],
    [25, 'desk'],
    [20, 'silence'],
  ])
  const thenAt = at + (then === 'desk' ? random.int(4, 20) * hour : random.int(2, 90) * minute)
  return { ...message, kind: 'unclear', at, digit: then === 'silence' ? null : digit, then, thenAt }
}

function replyMoment({ random }: Past, sent: number): number {
  const remind = reminderMoment(instantAt(sent))?.epochMilliseconds ?? sent
  const deadline = replyDeadline(instantAt(sent)).epochMilliseconds
  const at = random.weighted([
    [58, sent + random.int(1, 200) * minute],
    [20, sent + random.int(4, 60) * hour],
    [22, remind + random.int(3, 400) * minute],
  ])
  return Math.min(at, deadline - hour)
}

function opinionAt(past: Past, { purpose }: Question, at: number): Digit {
  const digit = past.random.weighted<Digit>(opinions[purpose])
  const told = purpose === 'satisfaction' ? noOrdersSince : 40 * day
  return digit <= 2 && at > past.now - told ? 4 : digit
}

/** Writes the citizen's words with their proof. The rating follows from them in the database, as always. */
export function writeReply(past: Past, question: Question, row: CallbackRow, plan: ReplyPlan): Rated {
  if (plan.kind === 'none' || plan.at > past.now) return null
  if (plan.kind === 'page') {
    const key = pageKey(past.crypt, past.crypt.seal.open(row.token_sealed, tokenContext(row.id)))
    const comment = past.random.chance(0.25) ? past.random.pick(comments[plan.digit]) : null
    addAnswer(past, row, {
      channel: 'page',
      page_key: key,
      raw: String(plan.digit),
      level: plan.digit,
      reading: { level: plan.digit },
      comment,
      received_at: iso(plan.at),
    })
    return { level: plan.digit, at: plan.at, byPage: true }
  }
  if (plan.kind === 'sms') return writeSms(past, question, row, plan.at, replyFor(past.random, plan.digit), plan.digit)
  if (plan.kind === 'unclear') return writeUnclear(past, question, row, plan)
  if (plan.kind === 'stop') {
    const inboundId = addInbound(past, question, row, plan.at, past.random.pick(stopReplies))
    past.rows.add('callback.opt_out', {
      phone_index: row.phone_index,
      phone_sealed: past.crypt.seal.seal(question.phone as string, optOutContext(inboundId)),
      at: iso(plan.at),
      inbound_id: inboundId,
    })
  }
  return null
}

/** The desk reads an unclear answer the day after; some can be told, some not. */
function writeUnclear(
  past: Past,
  question: Question,
  row: CallbackRow,
  plan: Extract<ReplyPlan, { kind: 'unclear' }>,
): Rated {
  const raw = past.random.pick(unclearReplies)
  const answerId = addSms(past, question, row, plan.at, raw, null)
  if (plan.thenAt > past.now) return null
  if (plan.then === 'sms' && plan.digit)
    return writeSms(past, question, row, plan.thenAt, replyFor(past.random, plan.digit), plan.digit)
  const level = plan.then === 'desk' ? plan.digit : null
  const reader = past.random.pick(past.bureau.desk)
  addAnswer(past, row, {
    channel: 'desk_reading',
    reads_answer_id: answerId,
    raw,
    level,
    reading: level === null ? { unreadable: true } : { level },
    read_by: reader.id,
    read_at: iso(plan.thenAt),
    received_at: iso(plan.at),
  })
  return level === null ? null : { level, at: plan.at, byPage: false }
}

function writeSms(past: Past, question: Question, row: CallbackRow, at: number, raw: string, digit: Digit): Rated {
  addSms(past, question, row, at, raw, digit)
  return { level: digit, at, byPage: false }
}

export function addSms(
  past: Past,
  question: Pick<Question, 'phone'>,
  row: CallbackRow,
  at: number,
  raw: string,
  level: Digit | null,
  reading = readingOf(raw),
): string {
  const inbound_id = addInbound(past, question, row, at, raw)
  return addAnswer(past, row, {
    channel: 'sms',
    inbound_id,
    raw,
    level,
    reading: { ...reading, openAtOnce: 1 },
    received_at: iso(at),
  })
}

function addInbound(
  past: Past,
  { phone }: Pick<Question, 'phone'>,
  row: CallbackRow,
  at: number,
  body: string,
): string {
  const id = past.random.uuid()
  past.rows.add('platform.inbound_message', {
    id,
    gateway_ref: `${at > past.now - 3 * day ? 'demo' : 'past'}-past-${id}`,
    phone_sealed: past.crypt.seal.seal(phone as string, inboundPhoneContext(id)),
    phone_index: row.phone_index,
    body,
    received_at: iso(at),
    handled_at: iso(at + 1500),
  })
  return id
}

type AnswerRow = {
  channel: string
  raw: string
  level: number | null
  reading: object
  received_at: string
} & Partial<{
  inbound_id: string
  reads_answer_id: string
  page_key: string
  comment: string | null
  read_by: string
  read_at: string
}>

function addAnswer(past: Past, row: CallbackRow, answer: AnswerRow): string {
  const id = past.random.uuid()
  const empty = { inbound_id: null, reads_answer_id: null, page_key: null, comment: null, read_by: null, read_at: null }
  past.rows.add('callback.answer', { id, callback_id: row.id, ...empty, ...answer })
  return id
}
