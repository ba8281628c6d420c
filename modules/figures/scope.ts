import { listUnits, type Unit, unitsOf } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'

export type FigureScope = {
  /** The units whose figures are shown, in the order of their codes. */
  units: Unit[]
  unitIds: string[]
  /** The unit that was chosen, its own units with it; null for all that the reader may see. */
  chosen: Unit | null
  /** All that the reader may see, to choose from. */
  choices: Unit[]
  /** The reader sees the whole bureau: cells about few people are not hidden from him. */
  bureau: boolean
}

/** The units in which the reader may read figures; `chosenId` narrows them to that unit and those below it. */
export async function figureScope(ctx: Context, chosenId?: string): Promise<FigureScope> {
  const allowed = new Set(await unitsOf(ctx, 'figures.read'))
  const choices = (await listUnits(ctx)).filter((unit) => allowed.has(unit.id))
  const chosen = choices.find((unit) => unit.id === chosenId) ?? null
  const units = chosen ? below(choices, chosen) : choices
  return { units, unitIds: units.map((unit) => unit.id), chosen, choices, bureau: readsBureau(ctx) }
}

export function readsBureau(ctx: Context): boolean {
  return ctx.actor.kind === 'system' || (ctx.actor.grants['figures.read'] ?? []).includes('*')
}

function below(units: readonly Unit[], root: Unit): Unit[] {
  const inside = new Set([root.id])
  for (let before = 0; before < inside.size; ) {
    before = inside.size
    for (const unit of units) if (unit.parentId && inside.has(unit.parentId)) inside.add(unit.id)
  }
  return units.filter((unit) => inside.has(unit.id))
}
