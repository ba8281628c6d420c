import { scheduleCallback } from '#modules/callback/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid } from '#platform/problem.ts'
import { words, wordsOrNone } from '#platform/typed.ts'
import type { Status } from '#policy/service-window/lifecycle.ts'
import { assessMatter } from './check-materials.ts'
import { openPhone } from './contact.ts'
import { count } from './figure-count.ts'
import { lockMatter, type Matter, nextStatus, saveMatter } from './matter-store.ts'
import { counterOf, servingUnit } from './receive-citizen.ts'

/** Done (R86). The citizen is asked whether they were satisfied; who served and where is frozen with it (R52). */
export async function completeMatter(
  ctx: Context,
  id: string,
  input: { version: number; counterId?: string },
): Promise<void> {
  const matter = await lockMatter(ctx, id, input.version)
  const to = nextStatus(ctx, matter, 'complete')
  await end(ctx, matter, to, { finished_counter_id: await servingCounter(ctx, matter, input.counterId) })
  const late =
    matter.due_on !== null && Temporal.PlainDate.compare(dayOf(ctx.now), Temporal.PlainDate.from(matter.due_on)) > 0
  count(ctx, late ? 'completed_late' : 'completed_on_time', {
    unitId: matter.unit_id,
    itemCode: matter.item_code,
  })
}

/** Policy not met: refused with the reason and what the citizen can do (R47); asked for satisfaction all the same (R52). */
export async function refuseMatter(
  ctx: Context,
  id: string,
  input: { version: number; reason: string; canDo: string; counterId?: string },
): Promise<void> {
  const matter = await lockMatter(ctx, id, input.version)
  const { assessment } = await assessMatter(ctx, matter)
  const to = nextStatus(ctx, matter, 'refuse', assessment.branch === 'refuse' ? ['item', 'policy-not-met'] : ['item'])
  const reason = words('reason', input.reason, 1000)
  const canDo = words('canDo', input.canDo, 1000)
  await end(ctx, matter, to, {
    outcome_reason: reason,
    outcome_can_do: canDo,
    finished_counter_id: await servingCounter(ctx, matter, input.counterId),
  })
}

export type Receiver = { name: string; phone: string; receipt: string; told: boolean }

/** Outside competence: a named receiver who has signed for it, and the citizen told (R84, A19). There is no other way out. */
export async function transferOut(
  ctx: Context,
  id: string,
  input: { version: number; receiver: Receiver; reason: string },
): Promise<void> {
  const matter = await lockMatter(ctx, id, input.version)
  const { receiver } = input
  const name = words('receiverName', receiver.name, 100)
  const receipt = words('receiverReceipt', receiver.receipt, 200)
  if (!receiver.told) throw invalid({ told: 'citizen-must-be-told' })
  const to = nextStatus(ctx, matter, 'transfer-out', ['named-receiver'])
  await end(ctx, matter, to, {
    receiver_name: name,
    receiver_phone: wordsOrNone('receiverPhone', receiver.phone, 40),
    receiver_receipt: receipt,
    citizen_told_at: ctx.now,
    outcome_reason: words('reason', input.reason, 1000),
  })
}

/** The citizen no longer wants it. */
export async function withdrawMatter(
  ctx: Context,
  id: string,
  input: { version: number; reason: string },
): Promise<void> {
  const matter = await lockMatter(ctx, id, input.version)
  const to = nextStatus(ctx, matter, 'withdraw')
  await end(ctx, matter, to, { outcome_reason: words('reason', input.reason, 1000) })
}

/** Nobody came back in the time for which the matter was kept open (R59). */
export async function lapseMatter(ctx: Context, id: string): Promise<void> {
  const matter = await lockMatter(ctx, id)
  const to = nextStatus(ctx, matter, 'lapse', ['due-passed'])
  await end(ctx, matter, to, { outcome_reason: '一次性告知后申请人未在保留期内补正，可随时重新申请' })
}

async function servingCounter(ctx: Context, matter: Matter, counterId: string | undefined): Promise<string | null> {
  if (counterId) return counterOf(ctx, servingUnit(ctx), counterId)
  const visit = await ctx.db
    .selectFrom('service_window.visit')
    .select('counter_id')
    .where('matter_id', '=', matter.id)
    .where('no', '=', matter.visits)
    .executeTakeFirst()
  return visit?.counter_id ?? matter.counter_id
}

type Ending = Parameters<typeof saveMatter>[2]

async function end(ctx: Context, matter: Matter, status: Status, change: Ending): Promise<void> {
  const served = ctx.actor.personId ?? matter.holder_id ?? matter.first_officer_id
  saveMatter(ctx, matter, { ...change, status, finished_at: ctx.now, finished_by: served })
  count(ctx, status as 'completed', { unitId: matter.unit_id, itemCode: matter.item_code })
  if (status !== 'completed' && status !== 'refused' && status !== 'transferred') return
  await scheduleCallback(ctx, {
    purpose: 'satisfaction',
    subjectId: matter.id,
    round: 1,
    matterId: matter.id,
    officerId: served,
    unitId: matter.handling_unit_id,
    counterId: (change.finished_counter_id as string | null | undefined) ?? matter.counter_id,
    itemCode: matter.item_code,
    finishedAt: ctx.now,
    phone: openPhone(ctx, matter),
  })
}
