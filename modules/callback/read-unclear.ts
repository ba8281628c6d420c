import { randomUUID } from 'node:crypto'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { levelOfDigit } from '#policy/callback/levels.ts'

/**
 * A person of the desk says what an unclear answer means; null says that it cannot be told. The words stay as they
 * came. 404 for answers about oneself or the own unit, as for any that the desk may not see; 409 when it is rated.
 */
export async function readUnclear(ctx: Context, answerId: string, level: number | null): Promise<void> {
  if (!may(ctx.actor, 'callback.interpret') || !ctx.actor.personId) throw new Problem(403, 'not-permitted')
  if (level !== null && !levelOfDigit(level)) throw invalid({ level: 'choose-one' })
  const answer = await ctx.db
    .selectFrom('callback.answer as a')
    .innerJoin('callback.callback as c', 'c.id', 'a.callback_id')
    .select(['a.callback_id', 'a.raw', 'a.received_at', 'c.state', 'c.closed_at', 'c.answer_by'])
    .where('a.id', '=', answerId)
    .where('a.channel', '=', 'sms')
    .where('a.level', 'is', null)
    .executeTakeFirst()
  if (!answer) throw notFound('answer')
  if (answer.state !== 'unclear' || answer.closed_at) throw new Problem(409, 'answer-settled')
  if (answer.answer_by && Temporal.Instant.compare(answer.received_at, answer.answer_by) >= 0)
    throw new Problem(409, 'answer-late')

  await ctx.db
    .insertInto('callback.answer')
    .values({
      id: randomUUID(),
      callback_id: answer.callback_id,
      channel: 'desk_reading',
      reads_answer_id: answerId,
      raw: answer.raw,
      level,
      reading: JSON.stringify(level === null ? { unreadable: true } : { level }),
      read_by: ctx.actor.personId,
      read_at: ctx.now,
      received_at: answer.received_at,
    })
    .execute()
  if (level !== null) await ctx.queue.send('callback.follow', { callbackId: answer.callback_id })
}
