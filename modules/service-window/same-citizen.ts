import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Matter } from './matter-store.ts'

export type OpenMatter = {
  id: string
  no: string
  request: string
  status: string
  receivedAt: Temporal.Instant
  samePhone: boolean
}

/** Open matters, within the actor's reach, of the same citizen number or the same phone: a returning person. At most five. */
export async function otherMattersOf(
  ctx: Context,
  matter: Pick<Matter, 'id' | 'citizen_no_index' | 'phone_index'>,
): Promise<OpenMatter[]> {
  if (!matter.citizen_no_index && !matter.phone_index) return []
  const found = await sql<OpenMatter>`select m.id, m.no, m.request, m.status, m.received_at as "receivedAt",
      (m.citizen_no_index = ${matter.citizen_no_index}) is not true as "samePhone"
    from service_window.matter m
    where (m.citizen_no_index = ${matter.citizen_no_index} or m.phone_index = ${matter.phone_index})
      and m.id <> ${matter.id} and m.finished_at is null
    order by m.received_at desc limit 5`.execute(ctx.db)
  return found.rows
}
