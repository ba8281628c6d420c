import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { invalid } from '#platform/problem.ts'
import { words, wordsOrNone } from '#platform/typed.ts'
import { desksInstead } from '#policy/complaints/intake.ts'
import { addStep, lockCase, saveCase } from './case-store.ts'

/** Whom a complaint is about: an officer, a unit, or somebody as the complainant described him. */
export type Accused = { personId: string | null; unitId: string | null; saidAs: string }

export type OfficerFound = {
  id: string
  name: string
  policeNo: string
  unitId: string
  unitZh: string
  unitEn: string
}

/** Officers whose number or name is exactly this, also those who have left: they answer for what they did. At most 20. */
export async function officersCalled(ctx: Context, typed: string): Promise<OfficerFound[]> {
  const wanted = typed.normalize('NFKC').trim()
  if (wanted === '' || [...wanted].length > 50) return []
  const found =
    await sql<OfficerFound>`select p.id, p.name, p.police_no as "policeNo", p.unit_id as "unitId", u.name_zh as "unitZh", u.name_en as "unitEn"
    from directory.person p join directory.unit u on u.id = p.unit_id
    where upper(p.police_no) = upper(${wanted}) or p.name = ${wanted} order by p.police_no limit 20`.execute(ctx.db)
  return found.rows
}

export type AccusedTyped = {
  /** Numbers or names, several with commas or in lines; what fits nobody is kept as it was said. */
  officers?: string
  /** Ids chosen where a name fits several officers. */
  chosen?: readonly string[]
  unitId?: string
  saidAs?: string
}

/** A name that fits several officers; the form asks which. */
export type Ambiguous = { typed: string; candidates: OfficerFound[] }

/**
 * Reads whom it is about. A name that fits several officers is asked back: nobody is kept from a case because of a
 * namesake, and nobody who is meant may see it.
 */
export async function readAccused(
  ctx: Context,
  typed: AccusedTyped,
): Promise<{ accused: Accused[] } | { ambiguous: Ambiguous[] }> {
  const names = splitNames(wordsOrNone('officers', typed.officers, 400))
  const accused: Accused[] = []
  const ambiguous: Ambiguous[] = []
  for (const name of names) {
    const found = await officersCalled(ctx, name)
    const meant = found.length > 1 ? found.filter((officer) => typed.chosen?.includes(officer.id)) : found
    if (found.length > 1 && meant.length === 0 && !typed.chosen?.includes('none')) {
      ambiguous.push({ typed: name, candidates: found })
      continue
    }
    for (const officer of meant) accused.push({ personId: officer.id, unitId: officer.unitId, saidAs: '' })
    if (meant.length === 0) accused.push({ personId: null, unitId: null, saidAs: name })
  }
  if (ambiguous.length > 0) return { ambiguous }
  if (typed.unitId && !accused.some(({ unitId }) => unitId === typed.unitId))
    accused.push({ personId: null, unitId: await unitOr(ctx, typed.unitId), saidAs: '' })
  const saidAs = wordsOrNone('saidAs', typed.saidAs, 200)
  if (saidAs) accused.push({ personId: null, unitId: null, saidAs })
  return { accused: once(accused) }
}

function splitNames(typed: string): string[] {
  const names = typed
    .split(/[\n,，、;；]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length > 10) throw invalid({ officers: 'too-many' })
  return names.map((name) => [...name].slice(0, 200).join(''))
}

async function unitOr(ctx: Context, id: string): Promise<string> {
  const unit = await ctx.db.selectFrom('directory.unit').select('id').where('id', '=', id).executeTakeFirst()
  if (!unit) throw invalid({ unitId: 'choose-one' })
  return unit.id
}

function once(accused: readonly Accused[]): Accused[] {
  const seen = new Map(accused.map((one) => [one.personId ?? (one.unitId ? `unit ${one.unitId}` : one.saidAs), one]))
  return [...seen.values()]
}

/**
 * Writes whom a case is about, the last thing that is written: from then on the actor may be kept from it himself. A case
 * whose own desk is concerned leaves that desk.
 */
export async function keepAccused(ctx: Context, caseId: string, accused: readonly Accused[]): Promise<void> {
  if (accused.length === 0) return
  await ctx.db
    .insertInto('complaints.accused')
    .values(
      accused.map(({ personId, unitId, saidAs }) => ({
        case_id: caseId,
        person_id: personId,
        unit_id: unitId,
        said_as: saidAs,
        named_at: ctx.now,
        named_by: ctx.actor.personId,
      })),
    )
    .execute()
  await sql`select complaints.leave_concerned_desk(${caseId}, ${[...desksInstead]}::text[])`.execute(ctx.db)
}

/** Somebody turns out to be meant: named on the case by whoever works on it. Nobody is ever taken off again. */
export async function nameAccused(
  ctx: Context,
  id: string,
  input: AccusedTyped & { version: number; reason: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const reason = words('reason', input.reason, 500)
  const read = await readAccused(ctx, input)
  if ('ambiguous' in read) throw invalid({ officers: 'several-officers' })
  const known = await ctx.db
    .selectFrom('complaints.accused')
    .select(['person_id', 'unit_id'])
    .where('case_id', '=', id)
    .execute()
  const fresh = read.accused.filter(
    ({ personId, unitId }) =>
      !known.some((one) =>
        personId ? one.person_id === personId : one.person_id === null && unitId !== null && one.unit_id === unitId,
      ),
  )
  if (fresh.length === 0) throw invalid({ officers: 'required' })
  await saveCase(ctx, found, {})
  await addStep(ctx, found, 'accused-named', { text: reason, detail: { count: fresh.length } })
  await keepAccused(ctx, id, fresh)
}
