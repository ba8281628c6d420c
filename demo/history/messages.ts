import { tokenContext } from '#modules/callback/link.ts'
import { invitation, linkOf } from '#modules/callback/texts.ts'
import { sealContext } from '#platform/crypto/provider.ts'
import { phoneContext } from '#platform/notifications/enqueue-message.ts'
import { messageText } from '#policy/callback/texts.ts'
import type { Past } from './past.ts'
import type { CallbackRow, Question } from './questions.ts'
import type { ReplyPlan } from './reply-plan.ts'
import { day, iso } from './time.ts'

/** Of older messages only the question itself is kept. */
const keptFor = 30 * day
/** The telephones of the demonstration show what came in these days. */
const onPhones = 3 * day

/** The text messages behind one question, as the gateway took them. */
export function addMessages(past: Past, question: Question, row: CallbackRow, plan: ReplyPlan): void {
  if (plan.sent < past.now - keptFor) return
  const link = linkOf(past.setting.siteUrl, past.crypt.seal.open(row.token_sealed, tokenContext(row.id)))
  const values = { bureau: past.setting.nameZh, link, solveWithin: 3 }
  addMessage(past, question, row, { purpose: 'callback.first', body: invitation(question.purpose, values), ...plan })
  if (row.reminded_at)
    addMessage(past, question, row, later('callback.reminder', messageText('reminder', values), row.reminded_at))
  if (row.clarified_at)
    addMessage(past, question, row, later('callback.clarify', messageText('clarification', values), row.clarified_at))
}

type Message = {
  purpose: string
  body: string
  queued: number
  sent: number
  delivered: number | null
  failedAt: number | null
}

function later(purpose: string, body: string, when: string): Message {
  const queued = Temporal.Instant.from(when).epochMilliseconds
  return { purpose, body, queued, sent: queued + 2000, delivered: queued + 9000, failedAt: null }
}

export function addMessage(past: Past, { phone }: Pick<Question, 'phone'>, row: CallbackRow, message: Message): void {
  const id = past.random.uuid()
  const { queued, sent, delivered, failedAt } = message
  const text = (moment: number | null) => (moment === null ? null : iso(moment))
  past.rows.add('platform.outbound_message', {
    id,
    purpose: message.purpose,
    subject_id: row.id,
    phone_sealed: past.crypt.seal.seal(phone as string, phoneContext(id)),
    phone_index: row.phone_index,
    body: message.body,
    state: failedAt !== null ? 'failed' : delivered !== null ? 'delivered' : 'sent',
    try: 1,
    asks: 0,
    next_try_at: iso(queued),
    daily_from: '09:00',
    daily_until: '20:00',
    gateway_ref: `demo-${id}`,
    failure: failedAt === null ? null : 'number out of service',
    created_at: iso(queued),
    claimed_at: iso(sent),
    sent_at: iso(sent),
    delivered_at: text(delivered),
    failed_at: text(failedAt),
  })
  if (sent < past.now - onPhones) return
  past.rows.add('platform.demo_phone', {
    id,
    phone_sealed: past.crypt.seal.seal(phone as string, sealContext('platform.demo_phone', 'phone', id)),
    phone_index: row.phone_index,
    body: message.body,
    at: iso(sent),
    receipt_at: iso(delivered ?? failedAt ?? sent),
  })
}
