import { type ItemVersionRow, versionById, versionOn } from '#modules/registration/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { answersThatCount } from '#policy/registration/circumstances.ts'
import type { Answers, ItemContent } from '#policy/registration/item.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { materialsRequired } from '#policy/registration/requirements.ts'
import { type Assessment, assess } from './assessment.ts'
import { lockMatter, type Matter, nextStatus, saveMatter } from './matter-store.ts'

/** Chooses the item; the version in force on the day of reception holds for the whole matter (R133, style rule 11). */
export async function chooseItem(
  ctx: Context,
  id: string,
  input: { version: number; itemCode: string },
): Promise<void> {
  const matter = await lockMatter(ctx, id, input.version)
  nextStatus(ctx, matter, 'choose-item')
  const version = await versionOn(ctx, input.itemCode, dayOf(matter.received_at))
  if (!version) throw invalid({ itemCode: 'choose-one' })
  const issued = await ctx.db
    .selectFrom('service_window.notice')
    .select('id')
    .where('matter_id', '=', id)
    .where('status', '=', 'issued')
    .executeTakeFirst()
  if (issued && matter.item_code !== version.itemCode) throw new Problem(409, 'item-already-told')

  saveMatter(ctx, matter, { item_code: version.itemCode, item_version_id: version.id, answers: '{}' })
  dropChecks(ctx, matter)
}

function dropChecks(ctx: Context, matter: Matter): void {
  ctx.put(
    ctx.db
      .deleteFrom('service_window.material_check')
      .where('matter_id', '=', matter.id)
      .where('visit_no', '=', matter.visits),
  )
}

export type CheckInput = { version: number; answers: Answers; checks: readonly MaterialCheck[] }

/** Saves the circumstances and what was found for each paper at this visit; may be saved half done. */
export async function checkMaterials(ctx: Context, id: string, input: CheckInput): Promise<Assessment> {
  const matter = await lockMatter(ctx, id, input.version)
  nextStatus(ctx, matter, 'check-materials', matter.item_version_id ? ['item'] : [])
  const content = (await versionOf(ctx, matter)).content
  const answers = answersThatCount(content, input.answers)
  const required = materialsRequired(content, answers)
  const listed =
    'refused' in required ? [] : required.filter((material) => material.toBring).map((material) => material.code)
  const checks = input.checks.filter((check) => listed.includes(check.code)).map(named)

  saveMatter(ctx, matter, { answers: JSON.stringify(answers) })
  dropChecks(ctx, matter)
  if (checks.length > 0) insertChecks(ctx, matter, content, checks)
  return assess(content, answers, checks)
}

/** A defect without words helps nobody at home; words for a paper that is in order or missing are dropped. */
function named(check: MaterialCheck): MaterialCheck {
  if (check.verdict !== 'defective') return { ...check, defect: undefined }
  const field = `defect.${check.code}`
  if (!check.defect?.trim()) throw invalid({ [field]: 'defect-not-named' })
  return { ...check, defect: words(field, check.defect, 300) }
}

function insertChecks(ctx: Context, matter: Matter, content: ItemContent, checks: readonly MaterialCheck[]): void {
  ctx.put(
    ctx.db.insertInto('service_window.material_check').values(
      checks.map((check) => {
        const mendable =
          check.verdict === 'defective' &&
          (content.materials.find((m) => m.code === check.code)?.mendableOnSpot ?? false)
        return {
          matter_id: matter.id,
          visit_no: matter.visits,
          material_code: check.code,
          verdict: check.verdict,
          defect: check.defect ?? null,
          mendable_on_spot: mendable,
          mended: mendable && check.mended === true,
          new_paper: check.newPaper === true,
          checked_by: ctx.actor.personId as string,
          checked_at: ctx.now,
        }
      }),
    ),
  )
}

export async function versionOf(ctx: Context, matter: Pick<Matter, 'item_version_id'>): Promise<ItemVersionRow> {
  const version = matter.item_version_id ? await versionById(ctx, matter.item_version_id) : undefined
  if (!version) throw new Problem(409, 'item')
  return version
}

export async function checksAt(ctx: Context, matterId: string, visit: number): Promise<MaterialCheck[]> {
  const rows = await ctx.db
    .selectFrom('service_window.material_check')
    .selectAll()
    .where('matter_id', '=', matterId)
    .where('visit_no', '=', visit)
    .execute()
  return rows.map((row) => ({
    code: row.material_code,
    verdict: row.verdict,
    defect: row.defect ?? undefined,
    mendableOnSpot: row.mendable_on_spot,
    mended: row.mended,
    newPaper: row.new_paper,
  }))
}

/** The assessment of a matter as saved at its present visit. */
export async function assessMatter(
  ctx: Context,
  matter: Matter,
): Promise<{ version: ItemVersionRow; assessment: Assessment; checks: MaterialCheck[] }> {
  const [version, checks] = await Promise.all([versionOf(ctx, matter), checksAt(ctx, matter.id, matter.visits)])
  return { version, checks, assessment: assess(version.content, matter.answers as Answers, checks) }
}
