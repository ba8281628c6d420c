import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { invalid, notFound } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { officersCalled } from './name-accused.ts'

export type Relation = {
  id: string
  personName: string
  personNo: string
  relativeName: string
  relativeNo: string
  kind: string
  declaredAt: Temporal.Instant
  endedAt: Temporal.Instant | null
}

/** A relative in the force is declared: neither sees a case about the other (petition-regulations:28). */
export async function declareRelation(
  ctx: Context,
  input: { relative: string; kind: string },
): Promise<{ id: string }> {
  const me = ctx.actor.personId as string
  const kind = words('kind', input.kind, 40)
  const found = await officersCalled(ctx, words('relative', input.relative, 50))
  const [relative] = found
  if (!relative) throw invalid({ relative: 'no-such-officer' })
  if (found.length > 1) throw invalid({ relative: 'several-officers' })
  if (relative.id === me) throw invalid({ relative: 'oneself' })
  const known = await sql<{ known: boolean }>`select complaints.tie_declared(${me}, ${relative.id}) as known`.execute(
    ctx.db,
  )
  if (known.rows[0]?.known) throw invalid({ relative: 'declared-already' })
  const id = randomUUID()
  await ctx.db
    .insertInto('complaints.relation')
    .values({ id, person_id: me, relative_id: relative.id, kind, declared_at: ctx.now, declared_by: me })
    .execute()
  return { id }
}

/** One's own declaration ends; what it kept one from while it stood is history. */
export async function endRelation(ctx: Context, id: string): Promise<void> {
  const done = await ctx.db
    .updateTable('complaints.relation')
    .set({ ended_at: ctx.now })
    .where('id', '=', id)
    .where('declared_by', '=', ctx.actor.personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw notFound('relation')
}

const columns = sql<Relation>`r.id, p.name as "personName", p.police_no as "personNo", q.name as "relativeName", q.police_no as "relativeNo",
  r.kind, r.declared_at as "declaredAt", r.ended_at as "endedAt"`
const tables = sql`complaints.relation r join directory.person p on p.id = r.person_id join directory.person q on q.id = r.relative_id`

export async function ownRelations(ctx: Context): Promise<Relation[]> {
  const found = await sql<Relation>`select ${columns} from ${tables} where r.declared_by = ${ctx.actor.personId}
    order by r.ended_at is not null, r.declared_at desc limit 200`.execute(ctx.db)
  return found.rows
}

/** What everybody declared, for discipline inspection, newest first; the row security lets nobody else see it. At most 51. */
export async function allRelations(
  ctx: Context,
  after?: { key: string; id: string },
): Promise<(Relation & { key: string })[]> {
  const past = after ? sql`where (r.declared_at, r.id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  const found = await sql<
    Relation & { key: string }
  >`select ${columns}, r.declared_at::text as key from ${tables} ${past}
    order by r.declared_at desc, r.id desc limit 51`.execute(ctx.db)
  return found.rows
}
