import { sql } from 'kysely'
import { may } from '../actor.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'

export type GatewayHealth = {
  waiting: number
  /** Waiting past their time: the gateway refuses or nobody carries them. */
  late: number
  oldest: Temporal.Instant | null
  /** Nobody knows whether they were taken; the gateway is being asked. */
  unknown: number
  failedInWeek: number
  sentInWeek: number
}

/** The queue in numbers, for those who may see it: when the gateway is down, messages wait and the desk sees it. */
export async function gatewayHealth(ctx: Context): Promise<GatewayHealth> {
  if (!may(ctx.actor, 'messages.read')) throw new Problem(403, 'not-permitted')
  const { rows } = await sql<{
    waiting: number
    late: number
    oldest: Temporal.Instant | null
    unknown: number
    failed_week: number
    sent_week: number
  }>`select * from platform.message_health(${ctx.now})`.execute(ctx.db)
  const row = rows[0]!
  return {
    waiting: row.waiting,
    late: row.late,
    oldest: row.oldest,
    unknown: row.unknown,
    failedInWeek: row.failed_week,
    sentInWeek: row.sent_week,
  }
}
