import type { Context } from '#platform/context.ts'

/** A question that was put to the number a message came from. */
export type Asked = {
  id: string
  purpose: 'satisfaction' | 'second_opinion'
  state: string
  token_sealed: string
  queued_at: Temporal.Instant | null
  reminded_at: Temporal.Instant | null
  clarified_at: Temporal.Instant | null
  answer_by: Temporal.Instant | null
  closed_at: Temporal.Instant | null
  consent_asked_at: Temporal.Instant | null
  contact_consent: boolean | null
  /** Questions of this number that were open when the message came; above 1 the desk knows that it had to be guessed. */
  openAtOnce: number
}

export type Choice = { target: Asked | null; how: 'open' | 'late' | 'further'; consentFor: Asked | null }

/** The questions put to a number, the latest first, locked. A scheduled one counts once its message is in line: answers overtake receipts. */
export async function askedOf(ctx: Context, phoneIndexes: string[]): Promise<Asked[]> {
  const rows = await ctx.db
    .selectFrom('callback.callback')
    .select([
      'id',
      'purpose',
      'state',
      'token_sealed',
      'queued_at',
      'reminded_at',
      'clarified_at',
      'answer_by',
      'closed_at',
      'consent_asked_at',
      'contact_consent',
    ])
    .where('phone_index', 'in', phoneIndexes)
    .where('queued_at', 'is not', null)
    .orderBy('queued_at', 'desc')
    .limit(20)
    .forUpdate()
    .execute()
  return rows.map((row) => ({ ...row, openAtOnce: 0 }))
}

/**
 * Which question a message answers: the latest one still open; otherwise it is late for the latest unanswered one, or
 * a further word on the latest answered one. `consentFor` is set when the last thing asked of the number was whether
 * the desk may contact it.
 */
export function choose(asked: Asked[], receivedAt: Temporal.Instant): Choice {
  const open = asked.filter((one) => isOpen(one, receivedAt))
  const consentFor = asked.find((one) => one.consent_asked_at && one.contact_consent === null) ?? null
  const lastAsked = open.reduce((latest, one) => Math.max(latest, lastWord(one)), 0)
  const target = open[0] ?? asked.find((one) => one.state !== 'answered') ?? asked[0] ?? null
  return {
    target: target && { ...target, openAtOnce: open.length },
    how: open[0] ? 'open' : target?.state === 'answered' ? 'further' : 'late',
    consentFor: consentFor && consentFor.consent_asked_at!.epochMilliseconds >= lastAsked ? consentFor : null,
  }
}

/** Failed is open, since an answer proves that the message arrived; so is opted out, since a rating beside it is one. */
function isOpen(one: Asked, at: Temporal.Instant): boolean {
  const inTime = one.answer_by === null || Temporal.Instant.compare(at, one.answer_by) < 0
  if (one.state === 'unclear') return inTime && one.closed_at === null
  return inTime && ['scheduled', 'sent', 'delivered', 'failed', 'opted_out'].includes(one.state)
}

function lastWord({ queued_at, reminded_at, clarified_at }: Asked): number {
  return Math.max(...[queued_at, reminded_at, clarified_at].map((at) => at?.epochMilliseconds ?? 0))
}
