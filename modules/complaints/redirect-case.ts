import type { Context } from '#platform/context.ts'
import { invalid } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { otherPaths } from '#policy/complaints/intake.ts'
import { classOf } from './accept-case.ts'
import { addStep, lockCase, nextStatus, saveCase } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { triageTexts } from './triage-texts.ts'

/** Another legal path is open: whoever complained is told where to go (petition-regulations:31). */
export async function redirectCase(
  ctx: Context,
  id: string,
  input: { version: number; path: string; pathTold: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const path = otherPaths.find((known) => known === input.path)
  if (!path) throw invalid({ path: 'choose-one' })
  const told = words('pathTold', input.pathTold, 1000)
  const status = nextStatus(ctx, found, 'redirect', [...classOf(found), 'path-told'])
  await saveCase(ctx, found, { status, path_told: told, noticed_at: found.noticed_at ?? ctx.now })
  await addStep(ctx, found, 'redirected', { text: told, detail: { path } })
  await issueNotices(ctx, found, 'redirected', triageTexts.redirected(told))
}
