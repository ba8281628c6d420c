import { randomUUID } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import { invalid } from '#platform/problem.ts'
import { behaviours, styleTags } from '#policy/complaints/lists.ts'

export type Tags = { style: readonly string[]; behaviour: readonly string[] }

/** What one coder finds confirmed; apart from what was alleged, and from what another coder finds (A7, CO06). */
export async function confirmTags(ctx: Context, caseId: string, tags: Tags): Promise<void> {
  const style = styleTags.filter((tag) => tags.style.includes(tag))
  const behaviour = behaviours.filter((known) => tags.behaviour.includes(known))
  if (style.length !== new Set(tags.style).size) throw invalid({ style: 'choose-one' })
  if (behaviour.length !== new Set(tags.behaviour).size) throw invalid({ behaviour: 'choose-one' })
  const coder = ctx.actor.personId as string
  const before = await ctx.db
    .selectFrom('complaints.coding')
    .select('id')
    .where('case_id', '=', caseId)
    .where('stage', '=', 'confirmed')
    .where('coder_id', '=', coder)
    .executeTakeFirst()
  if (before) {
    await ctx.db
      .updateTable('complaints.coding')
      .set({ style, behaviour, coded_at: ctx.now })
      .where('id', '=', before.id)
      .execute()
    return
  }
  await ctx.db
    .insertInto('complaints.coding')
    .values({
      id: randomUUID(),
      case_id: caseId,
      stage: 'confirmed',
      coder_id: coder,
      style,
      behaviour,
      coded_at: ctx.now,
    })
    .execute()
}
