import { markComplaintOpened, type StyleProblem, styleProblemsWithoutCase } from '#modules/supervision/index.ts'
import type { Context } from '#platform/context.ts'
import { Problem } from '#platform/problem.ts'
import { addStep } from './case-store.ts'
import { openSubmission } from './submission-open.ts'

/** Who gave the reply behind an order; the composition passes it in, because this area does not know the call-back. */
export type CitizenOf = (
  ctx: Context,
  about: { sourceId: string },
) => Promise<{ name: string; phone: string | null; matterNo: string }>

/** A supervision order that ended as a style problem becomes a case, with the citizen's consent (A29). Once for each order. */
export async function openFromOrder(
  ctx: Context,
  problem: StyleProblem,
  ports: { citizenOf: CitizenOf },
): Promise<{ caseId: string; caseNo: string }> {
  if (ctx.actor.kind !== 'system') throw new Problem(403, 'not-permitted')
  const citizen = await ports.citizenOf(ctx, { sourceId: problem.sourceId })
  const opened = await openSubmission(ctx, {
    // The reply was given on the platform's own page or by its message.
    channel: 'citizen_site',
    department: 'supervision_brigade',
    sourceRef: problem.orderNo,
    text: problem.problem,
    relatedMatterNo: citizen.matterNo,
    complainant: { name: citizen.name, phone: citizen.phone ?? undefined },
    accused: [{ personId: problem.personId, unitId: problem.unitId, saidAs: '' }],
  })
  if (!opened.known) await addStep(ctx, { id: opened.caseId }, 'from_order', { text: problem.found })
  await markComplaintOpened(ctx, problem.orderId)
  return opened
}

/** Takes up one order after the other, so that one that fails holds up no other. Returns how many became a case. */
export async function sweepStyleProblems(ctx: Context, ports: { citizenOf: CitizenOf }): Promise<number> {
  const [problem] = await styleProblemsWithoutCase(ctx, 1)
  if (!problem) return 0
  await openFromOrder(ctx, problem, ports)
  return 1
}
