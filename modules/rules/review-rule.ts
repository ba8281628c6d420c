import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { cleanText } from '#policy/identity/text.ts'
import { readRule } from './list-rules.ts'

/**
 * Somebody who answers for the rules looked at this version and says that it still holds (R133). A version that was
 * replaced meanwhile is not reviewed by mistake.
 */
export async function reviewRule(ctx: Context, name: string, input: { version: string; note?: string }): Promise<void> {
  if (!may(ctx.actor, 'catalogue.publish') || !ctx.actor.personId) throw new Problem(403, 'not-permitted')
  const note = cleanText(input.note ?? '', 500)
  if ('refused' in note) throw invalid({ note: `text-${note.refused}` })
  const { rule } = await readRule(ctx, name)
  if (rule.version !== input.version) throw new Problem(409, 'changed-meanwhile')
  await ctx.db
    .insertInto('platform.rule_review')
    .values({ rule: rule.rule, version: rule.version, at: ctx.now, person_id: ctx.actor.personId, note: note.text })
    .execute()
}
