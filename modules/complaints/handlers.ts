import { sql } from 'kysely'
import { type Colleague, listByRole } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { Case } from './case-store.ts'

/** Why somebody may have nothing to do with a case (art. 28); null when he may. Kinship is not told apart from recusal. */
export type Barred = 'accused' | 'related' | 'same-unit'

export async function whyBarred(ctx: Context, caseId: string, personId: string): Promise<Barred | null> {
  const { rows } = await sql<{
    why: Barred | null
  }>`select complaints.why_barred(${caseId}, ${personId}) as why`.execute(ctx.db)
  return rows[0]?.why ?? null
}

export type Handler = Colleague & { barred: Barred | null }

/** Who may handle a case of this class: an accusation is for discipline inspection alone (arts. 22, 30). */
export async function handlersFor(ctx: Context, found: Pick<Case, 'id' | 'class'>): Promise<Handler[]> {
  const roles = found.class === 'accusation' ? ['discipline_officer'] : ['complaint_officer', 'discipline_officer']
  const people = await listByRole(ctx, roles, dayOf(ctx.now))
  return await Promise.all(
    people.map(async (person) => ({ ...person, barred: await whyBarred(ctx, found.id, person.id) })),
  )
}
