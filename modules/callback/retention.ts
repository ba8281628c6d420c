import { sql } from 'kysely'
import type { RetentionTask } from '#platform/retention/retention-task.ts'

/** Not on its way to anybody any more. */
const over = sql`(c.closed_at is not null or c.state in ('no_phone', 'opted_out', 'answered', 'failed', 'no_answer'))`

/** A question that is over loses its phone, its link and the citizen's words; the level stays as the fact it became. */
const words: RetentionTask = {
  rule: 'callback.words',
  async remove(ctx, cutoff, most) {
    const { rows } = await sql<{ id: string }>`with due as (
        select c.id from callback.callback c
        where c.finished_at < ${cutoff} and c.erased_at is null and ${over}
          and not exists (select from callback.follow_up f where f.callback_id = c.id)
          and not callback.matter_is_held(c.matter_id, ${cutoff})
        order by c.finished_at limit ${most} for update skip locked
      ) update callback.callback c set erased_at = ${ctx.now}, phone_sealed = null, phone_index = null, token_sealed = ''
        from due where c.id = due.id returning c.id`.execute(ctx.db)
    const ids = rows.map((row) => row.id)
    await sql`select callback.erase_words(${ids}::uuid[], ${ctx.now})`.execute(ctx.db)
    return ids.length
  },
  async count(ctx, cutoff) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from callback.callback
      where finished_at < ${cutoff} and erased_at is null`.execute(ctx.db)
    return rows[0]?.n ?? 0
  },
}

/** A citizen's message stays while a question that it answered stays: it is that answer's proof. */
const received: RetentionTask = {
  rule: 'message.received',
  async remove(ctx, cutoff, most) {
    const gone = await sql`with due as (
        select i.id from platform.inbound_message i
        where i.received_at < ${cutoff} and i.erased_at is null and i.handled_at is not null
          and not exists (select from callback.answer a where a.inbound_id = i.id and a.erased_at is null)
        order by i.received_at limit ${most} for update skip locked
      ) update platform.inbound_message i set erased_at = ${ctx.now}, body = '', phone_sealed = '', phone_index = '', proof_sealed = null
        from due where i.id = due.id`.execute(ctx.db)
    return Number(gone.numAffectedRows ?? 0)
  },
  async count(ctx, cutoff) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from platform.inbound_message
      where received_at < ${cutoff} and erased_at is null`.execute(ctx.db)
    return rows[0]?.n ?? 0
  },
}

/** A sent text goes whole; that it was sent stays on the question. Never one that is still on its way. */
const sent: RetentionTask = {
  rule: 'message.sent',
  async remove(ctx, cutoff, most) {
    const gone = await sql`delete from platform.outbound_message where id in (
        select m.id from platform.outbound_message m
        where m.created_at < ${cutoff} and m.state in ('sent', 'delivered', 'failed', 'cancelled')
          and not exists (select from callback.callback c where c.id = m.subject_id and callback.matter_is_held(c.matter_id, ${cutoff}))
        order by m.created_at limit ${most} for update skip locked)`.execute(ctx.db)
    return Number(gone.numAffectedRows ?? 0)
  },
  async count(ctx, cutoff) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from platform.outbound_message
      where created_at < ${cutoff}`.execute(ctx.db)
    return rows[0]?.n ?? 0
  },
}

export const callbackRetention: RetentionTask[] = [words, received, sent]
