import { systemActor } from '../actor.ts'
import type { Context } from '../context.ts'
import type { House } from '../house.ts'
import type { MessageGateway } from './gateway.ts'
import {
  claimMessage,
  claimQuestion,
  dueMessages,
  recordDelivered,
  recordFailed,
  recordNeverSeen,
  recordRefused,
  recordSent,
  recordUnknown,
  sweepStates,
} from './message-store.ts'
import { acceptDelivery } from './receive.ts'
import { type DeliveryTiming, deliveryTiming } from './timing.ts'

export type Delivery = { house: House; gateway: MessageGateway; timing?: DeliveryTiming }

export type Outcome = 'sent' | 'refused' | 'failed' | 'unknown' | 'not-due'

/**
 * Brings one message to the gateway: claims it and commits, calls, records the answer in a second transaction. No
 * answer is a state of its own ('unknown'), resolved by asking. Safe to run twice at once and to be killed anywhere.
 */
export async function deliverMessage(delivery: Delivery, messageId: string): Promise<Outcome> {
  const { gateway, timing = deliveryTiming } = delivery
  const claim = await inSystem(delivery, (ctx) => claimMessage(ctx, messageId))
  if (!claim) return 'not-due'

  const answer = await gateway
    .send({ id: claim.id, phone: claim.phone, body: claim.body })
    .catch((error: Error) => ({ lost: error.message || error.name }))

  return inSystem(delivery, async (ctx) => {
    if ('lost' in answer) {
      await recordUnknown(ctx, claim, answer.lost, timing)
      return 'unknown'
    }
    if ('ref' in answer) {
      await recordSent(ctx, claim.id, answer.ref)
      return 'sent'
    }
    if (answer.forever) {
      await recordFailed(ctx, claim.id, answer.refused)
      return 'failed'
    }
    await recordRefused(ctx, claim, answer.refused, timing)
    return 'refused'
  })
}

/** Asks the gateway what became of a message; it goes out again only if the gateway never saw it. */
export async function askAboutMessage(delivery: Delivery, messageId: string): Promise<void> {
  const { gateway, timing = deliveryTiming } = delivery
  const question = await inSystem(delivery, (ctx) => claimQuestion(ctx, messageId, timing))
  if (!question) return

  const state = await gateway.stateOf(messageId).catch(() => null)

  await inSystem(delivery, async (ctx) => {
    if (state === 'accepted') await recordSent(ctx, messageId, null)
    if (state === 'delivered') await recordDelivered(ctx, messageId)
    if (state === 'failed') await recordFailed(ctx, messageId, 'gateway: failed')
    if (state === 'unknown') await recordNeverSeen(ctx, messageId, question.try)
  })
}

/** Looks for everything that is due, whoever has forgotten it. The worker runs it every few seconds. */
export async function sweepMessages(delivery: Delivery): Promise<Record<Outcome, number>> {
  const { gateway, timing = deliveryTiming } = delivery
  const counts: Record<Outcome, number> = { sent: 0, refused: 0, failed: 0, unknown: 0, 'not-due': 0 }
  await inSystem(delivery, (ctx) => sweepStates(ctx, timing))
  for (const id of await inSystem(delivery, (ctx) => dueMessages(ctx, 'unknown', timing.batch))) {
    await askAboutMessage(delivery, id)
  }
  let refusals = 0
  for (const id of await inSystem(delivery, (ctx) => dueMessages(ctx, 'waiting', timing.batch))) {
    const outcome = await deliverMessage(delivery, id)
    counts[outcome] += 1
    refusals = outcome === 'refused' || outcome === 'unknown' ? refusals + 1 : 0
    if (refusals >= timing.breakAfter) break
  }
  for (const receipt of (await gateway.receipts?.().catch(() => [])) ?? []) {
    await inSystem(delivery, (ctx) => acceptDelivery(ctx, receipt))
  }
  return counts
}

function inSystem<T>({ house }: Delivery, work: (ctx: Context) => Promise<T>): Promise<T> {
  return house.write(systemActor, 'messages', work)
}
