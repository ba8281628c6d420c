import { sql } from 'kysely'
import { findUnit } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { isOver, objectionDue } from '#policy/complaints/clocks.ts'
import { mayBeReopened } from '#policy/complaints/reopen.ts'
import { transferAllowed } from '#policy/complaints/transfer.ts'
import { classOf } from './accept-case.ts'
import { addStep, type Case, lockCase, nextStatus, saveCase } from './case-store.ts'
import { issueNotices } from './citizen-notice.ts'
import { listDesks } from './desks.ts'
import { toldDay } from './notice-texts.ts'
import { triageTexts } from './triage-texts.ts'

/** `unitId` for a unit of the bureau, else `body` by name; `discipline` says that it is a discipline or supervision body. */
export type Transfer = { version: number; unitId?: string; body?: string; discipline?: boolean; reason: string }

/** The matter belongs to somebody else, never to whom it complains of (petition-regulations:22, 23). He may object for five working days. */
export async function transferCase(ctx: Context, id: string, input: Transfer): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  const to = await receiver(ctx, input)
  const refused = await refusal(ctx, found, to)
  if (refused) throw invalid({ [input.unitId ? 'unitId' : 'body']: `transfer-${refused}` })
  const reason = words('reason', input.reason, 1000)
  const status = nextStatus(ctx, found, 'transfer', [...classOf(found), 'receiver-not-accused'])
  const objection = objectionDue(dayOf(ctx.now), ctx.calendar)
  await saveCase(ctx, found, {
    status,
    transferred_to: to.name,
    objection_due_on: objection.day.toString(),
    noticed_at: found.noticed_at ?? ctx.now,
  })
  await addStep(ctx, found, 'transferred', {
    text: reason,
    detail: { to: to.name, unitId: to.unitId, objectionDue: objection.day.toString() },
  })
  await issueNotices(
    ctx,
    found,
    'transferred',
    triageTexts.transferred(to.name, toldDay('受转单位提出异议的期限', objection)),
  )
}

type Receiver = { name: string; unitId: string | null; chain: string[]; discipline: boolean }

async function receiver(ctx: Context, input: Transfer): Promise<Receiver> {
  if (!input.unitId) {
    return { name: words('body', input.body, 200), unitId: null, chain: [], discipline: input.discipline === true }
  }
  const unit = await findUnit(ctx, input.unitId)
  if (!unit) throw invalid({ unitId: 'choose-one' })
  const { rows } = await sql<{ chain: string[] }>`select directory.unit_chain(${unit.id})::text[] as chain`.execute(
    ctx.db,
  )
  const disciplineDesk = (await listDesks(ctx)).find(({ department }) => department === 'discipline_inspection')
  return {
    name: unit.nameZh,
    unitId: unit.id,
    chain: (rows[0]?.chain ?? []).filter((above) => above !== unit.id),
    discipline: disciplineDesk?.unitId === unit.id,
  }
}

async function refusal(ctx: Context, found: Case, to: Receiver) {
  if (found.class === null) return null
  const accused = await ctx.db
    .selectFrom('complaints.accused')
    .select(['person_id', 'unit_id'])
    .where('case_id', '=', found.id)
    .execute()
  const bureau = await ctx.db.selectFrom('directory.unit').select('id').where('kind', '=', 'bureau').executeTakeFirst()
  const answer = transferAllowed({
    caseClass: found.class,
    receiverUnit: to.unitId,
    // That a leader is complained of does not close the whole bureau.
    receiverChain: to.chain.filter((unit) => unit !== bureau?.id),
    receiverIsDiscipline: to.discipline,
    receiverPerson: null,
    accusedUnits: accused.flatMap(({ unit_id }) => unit_id ?? []),
    accusedPersons: accused.flatMap(({ person_id }) => person_id ?? []),
  })
  return 'refused' in answer ? answer.refused : null
}

/** The receiver objects within his days that it is not his, or the bureau takes it back: the case is ours again. */
export async function returnTransfer(
  ctx: Context,
  id: string,
  input: { version: number; by: string; reason: string },
): Promise<void> {
  const found = await lockCase(ctx, id, input.version)
  if (found.status !== 'transferred') throw new Problem(409, 'wrong-state')
  const reason = words('reason', input.reason, 1000)
  if (input.by !== 'receiver' && input.by !== 'bureau') throw invalid({ by: 'choose-one' })
  const last = found.objection_due_on && Temporal.PlainDate.from(found.objection_due_on)
  if (input.by === 'receiver' && last && isOver({ day: last }, ctx.now)) throw new Problem(409, 'objection-late')
  const again = mayBeReopened({
    status: found.status,
    by: 'bureau',
    today: dayOf(ctx.now),
    until: null,
    reopenedByComplainant: 0,
    reReviewed: false,
    newFacts: false,
  })
  if ('refused' in again) throw new Problem(409, `reopen-${again.refused}`)
  const status = nextStatus(ctx, found, 'reopen', ['may-be-reopened'])
  await saveCase(ctx, found, {
    status,
    objection_due_on: null,
    accepted_at: null,
    due_on: null,
    due_basis: null,
    due_provisional: false,
  })
  await addStep(ctx, found, 'transfer-returned', { text: reason, detail: { by: input.by, from: found.transferred_to } })
}
