import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { invalid, notFound } from '#platform/problem.ts'
import { lookupText } from '#platform/typed.ts'
import { compact } from '#policy/identity/characters.ts'
import { passBaton } from './hand-over.ts'
import { findMatter, lockMatter, type Matter, nextStatus, saveMatter } from './matter-store.ts'
import { counterOf, servingUnit } from './receive-citizen.ts'

export const visitCauses = [
  'notice',
  'new_fact',
  'changed_policy',
  'officer_omission',
  'applicant_choice',
  'other',
] as const
export type VisitCause = (typeof visitCauses)[number]

/** Numbers as scanned, typed or copied: a link from a QR code, lower case, full width, spaces, a PDF's places for breaks. */
export function readNumber(typed: string): string {
  const fromLink = /\/q\/([^/]+)/.exec(typed)?.[1]
  return compact(lookupText(fromLink ? decoded(fromLink) : typed, 200)).toUpperCase()
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Opens a matter at any counter by the number of its notice, of its acceptance or its own (R48). */
export async function openByNumber(ctx: Context, typed: string): Promise<string> {
  const number = readNumber(typed)
  if (!number || number.length > 40) throw notFound('matter')
  const unitId = servingUnit(ctx)
  const found = await sql<{
    id: string | null
  }>`select service_window.open_by_number(${number}, ${unitId}) as id`.execute(ctx.db)
  const id = found.rows[0]?.id
  if (!id) throw notFound('matter')
  // Accepted work stays where it is done: its number is known here, its papers are not.
  return (await findMatter(ctx, id)).id
}

/** The citizen is back: the next visit begins, and from the third on its cause is on record (R50). */
export async function startReturnVisit(
  ctx: Context,
  id: string,
  input: { version: number; counterId?: string; cause?: VisitCause },
): Promise<{ visit: number }> {
  const matter = await lockMatter(ctx, id, input.version)
  const to = nextStatus(ctx, matter, 'return-visit')
  const visit = matter.visits + 1
  if (visit >= 3 && (!input.cause || !visitCauses.includes(input.cause))) throw invalid({ cause: 'choose-one' })
  const unitId = servingUnit(ctx)
  const counterId = await counterOf(ctx, unitId, input.counterId)
  await ctx.db
    .insertInto('service_window.visit')
    .values({
      matter_id: id,
      no: visit,
      at: ctx.now,
      officer_id: ctx.actor.personId as string,
      unit_id: unitId,
      counter_id: counterId,
      cause: input.cause ?? 'notice',
    })
    .execute()
  await keepMended(ctx, matter, visit)
  saveMatter(ctx, matter, {
    status: to,
    visits: visit,
    handling_unit_id: unitId,
    ...(await passBaton(ctx, matter, '申请人再次到场，由本窗口继续办理')),
  })
  return { visit }
}

/** Papers found in order stay in order: the citizen is not examined twice on the same paper. */
async function keepMended(ctx: Context, matter: Matter, visit: number): Promise<void> {
  await sql`insert into service_window.material_check (matter_id, visit_no, material_code, verdict, defect, mendable_on_spot, mended, checked_by, checked_at)
    select matter_id, ${visit}, material_code, 'present', null, false, false, checked_by, checked_at
      from service_window.material_check
     where matter_id = ${matter.id} and visit_no = ${matter.visits} and (verdict = 'present' or mended)`.execute(ctx.db)
}
