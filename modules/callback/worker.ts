import { systemActor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { House } from '#platform/house.ts'
import { followOne, pendingFollowUps } from './follow-up.ts'
import type { CallbackPorts } from './ports.ts'
import { receiveReply } from './receive-reply.ts'
import { closeDue, remindDue, sendDue, settleSent } from './send-callbacks.ts'

const inboundBatch = 200

/**
 * One round of everything that is due: the worker's chore. A message or consequence that fails stops no other; what
 * failed is thrown together at the end and tried again in the next round.
 */
export async function sweepCallback(house: House, ports: CallbackPorts): Promise<void> {
  const errors: Error[] = []
  for (const step of [settleSent, sendDue, remindDue, closeDue]) await attempt(errors, step.name, inSystem(house, step))
  for (const id of await inSystem(house, unreadInbound)) {
    await attempt(
      errors,
      `inbound message ${id}`,
      inSystem(house, (ctx) => receiveReply(ctx, id)),
    )
  }
  await drawConsequences(house, ports, errors)
  throwAll(errors)
}

/** The job 'callback.follow': a message to read if its data names one, then the consequences. */
export async function followCallback(house: House, ports: CallbackPorts, data: Record<string, unknown>): Promise<void> {
  const errors: Error[] = []
  const { inboundId } = data
  if (typeof inboundId === 'string') await inSystem(house, (ctx) => receiveReply(ctx, inboundId))
  await drawConsequences(house, ports, errors)
  throwAll(errors)
}

async function drawConsequences(house: House, ports: CallbackPorts, errors: Error[]): Promise<void> {
  const failed = new Set<string>()
  for (const pending of await inSystem(house, (ctx) => pendingFollowUps(ctx))) {
    if (failed.has(pending.callbackId)) continue
    const before = errors.length
    await attempt(
      errors,
      `consequence of call-back ${pending.callbackId}`,
      inSystem(house, (ctx) => followOne(ctx, ports, pending)),
    )
    if (errors.length > before) failed.add(pending.callbackId)
  }
}

async function attempt(errors: Error[], what: string, work: Promise<unknown>): Promise<void> {
  await work.catch((error: Error) => errors.push(new Error(`${what}: ${error.message}`, { cause: error })))
}

function throwAll(errors: Error[]): void {
  if (errors.length > 0) throw new AggregateError(errors, errors.map((error) => error.message).join('; '))
}

async function unreadInbound(ctx: Context): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('platform.inbound_message')
    .select('id')
    .where('handled_at', 'is', null)
    .orderBy('received_at')
    .limit(inboundBatch)
    .execute()
  return rows.map((row) => row.id)
}

function inSystem<T>(house: House, work: (ctx: Context) => Promise<T>): Promise<T> {
  return house.write(systemActor, 'callback', work)
}
