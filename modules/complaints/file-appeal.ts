import { randomUUID } from 'node:crypto'
import { type Context, dayOf } from '#platform/context.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { appealUntil, isOver } from '#policy/complaints/clocks.ts'
import { nextFindingStatus, saveFinding } from './finding-store.ts'

/** The officer contests a finding about himself, within ten working days of its service (R124). */
export async function fileAppeal(ctx: Context, findingId: string, input: { grounds: string }): Promise<void> {
  const me = ctx.actor.personId as string
  const finding = await ctx.db
    .selectFrom('complaints.finding')
    .selectAll()
    .where('id', '=', findingId)
    .where('person_id', '=', me)
    .where('approved_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  if (!finding) throw notFound('finding')
  const until = finding.appeal_until
  const inTime = until !== null && !isOver({ day: Temporal.PlainDate.from(until) }, ctx.now)
  if (finding.status === 'appealed') throw new Problem(409, 'already-appealed')
  const status = nextFindingStatus(finding.status, 'appeal', ['officer'], inTime ? ['within-appeal-days'] : [])
  const grounds = words('grounds', input.grounds, 8000)

  await ctx.db
    .insertInto('complaints.appeal')
    .values({
      id: randomUUID(),
      finding_id: finding.id,
      person_id: me,
      grounds,
      filed_at: ctx.now,
      due_on: appealUntil(dayOf(ctx.now), ctx.calendar).day.toString(),
    })
    .execute()
  await saveFinding(ctx, finding.id, { status })
}

/** Opening the finding is receiving it. */
export async function markFindingRead(ctx: Context, findingId: string): Promise<void> {
  await ctx.db
    .updateTable('complaints.finding')
    .set({ read_at: ctx.now })
    .where('id', '=', findingId)
    .where('person_id', '=', ctx.actor.personId as string)
    .where('read_at', 'is', null)
    .execute()
}
