import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { isBad, levelOfDigit } from '#policy/callback/levels.ts'
import { cleanText } from '#policy/identity/text.ts'
import { pageKey } from './link.ts'
import type { Purpose } from './texts.ts'

export type RatingPage = {
  callbackId: string
  purpose: Purpose
  unitId: string
  itemCode: string | null
  finishedOn: Temporal.PlainDate
  answerBy: Temporal.Instant | null
  step: 'rate' | 'consent' | 'thanks' | 'too-late'
  contactConsent: boolean | null
  /** What the desk answered, where the question is whether that solved it. */
  answer: string | null
}

type ByToken = {
  id: string
  purpose: Purpose
  unit_id: string
  item_code: string | null
  finished_on: string
  answer_by: string | null
  contact_consent: boolean | null
  level: number | null
  answer: string | null
}

/** The one question behind a link. A link that is not known is not found. Works with the internet side's rights. */
export async function openRatingPage(ctx: Context, token: string): Promise<RatingPage> {
  const { rows } = await sql<{
    found: ByToken | null
  }>`select callback.by_token(${pageKey(ctx, token)}) as found`.execute(ctx.db)
  const found = rows[0]?.found
  if (!found) throw notFound('rating')
  const answerBy = found.answer_by === null ? null : Temporal.Instant.from(found.answer_by)
  return {
    callbackId: found.id,
    purpose: found.purpose,
    unitId: found.unit_id,
    itemCode: found.item_code,
    finishedOn: Temporal.PlainDate.from(found.finished_on),
    answerBy,
    step: stepOf(found, answerBy !== null && Temporal.Instant.compare(ctx.now, answerBy) >= 0),
    contactConsent: found.contact_consent,
    answer: found.answer,
  }
}

/** Only a bad rating is followed up, so only then is the citizen asked whether he may be contacted (CB06). */
function stepOf({ level, purpose, contact_consent }: ByToken, over: boolean): RatingPage['step'] {
  if (level === null) return over ? 'too-late' : 'rate'
  const known = levelOfDigit(level)
  return purpose === 'satisfaction' && known && isBad(known) && contact_consent === null ? 'consent' : 'thanks'
}

/** Rates by the link: `level` is the digit, 5 the best. 404 unknown, 409 answered before or too late, 422 a field is wrong. */
export async function rateByToken(
  ctx: Context,
  token: string,
  input: { level: number; comment?: string },
): Promise<void> {
  const comment = cleanText(input.comment ?? '', 1000)
  if ('refused' in comment) throw invalid({ comment: `text-${comment.refused}` })
  if (!Number.isInteger(input.level) || !levelOfDigit(input.level)) throw invalid({ level: 'choose-one' })
  const { rows } = await sql<{ said: string }>`
    select callback.answer_by_token(${randomUUID()}, ${pageKey(ctx, token)}, ${input.level}, ${comment.text}, ${ctx.now}) as said`.execute(
    ctx.db,
  )
  const said = rows[0]!.said
  if (said === 'not-found') throw notFound('rating')
  if (said !== 'answered') throw new Problem(409, `rating-${said}`)
}

/** The second step of the page: may the desk contact the citizen? It can be changed as long as the link is kept. */
export async function consentByToken(ctx: Context, token: string, agreed: boolean): Promise<void> {
  const { rows } = await sql<{ said: string }>`
    select callback.consent_by_token(${pageKey(ctx, token)}, ${agreed}, ${ctx.now}) as said`.execute(ctx.db)
  if (rows[0]!.said !== 'noted') throw notFound('rating')
}
