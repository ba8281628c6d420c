import { sweepCallback } from '#modules/callback/index.ts'
import { takeUpOnline, takeUpWish } from '#modules/complaints/index.ts'
import { lapseUnreturned, markOverdue, recomputeProvisional } from '#modules/service-window/index.ts'
import { noteConsent, openOrder, recordSecondOpinion, sweepOrders } from '#modules/supervision/index.ts'
import { systemActor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { FreshDatabase } from '#platform/db/fresh-database.ts'
import { foldFigures } from '#platform/figures.ts'
import { sweepMessages } from '#platform/notifications/deliver-messages.ts'
import { createDemoGateway, demoInbox, demoReply } from '#platform/notifications/demo-gateway.ts'

export type Background = {
  /** Everything that the worker repeats, once. */
  sweep(): Promise<void>
  /** What a citizen's telephone shows, newest first. */
  messagesOn(phone: string): Promise<string[]>
  /** Five minutes later a citizen answers a message; the worker reads it. */
  reply(phone: string, text: string): Promise<void>
}

/** The worker's chores and the telephones of a test. */
export function background(db: FreshDatabase): Background {
  const { house } = db
  const gateway = createDemoGateway({ demo: true, house })
  const system = <T>(work: (ctx: Context) => Promise<T>) => house.write(systemActor, 'worker', work)
  const until = async (round: (ctx: Context) => Promise<number>) => {
    while ((await system(round)) > 0);
  }
  const ports = { openOrder, recordSecondOpinion, noteConsent }
  const sweep = async () => {
    await sweepCallback(house, ports)
    await sweepMessages({ house, gateway })
    await sweepCallback(house, ports)
    await sweepMessages({ house, gateway })
    await until(takeUpOnline)
    await until(takeUpWish)
    await until(markOverdue)
    while ((await system(sweepOrders)).more);
    await until(lapseUnreturned)
    await system(recomputeProvisional)
    await until(foldFigures)
  }
  return {
    sweep,
    async messagesOn(phone) {
      const all = await system((ctx) => demoInbox(ctx, 500))
      return all
        .filter((message) => message.phone === phone && message.from === 'bureau')
        .map((message) => message.body)
    },
    async reply(phone, text) {
      db.clock.set(db.clock.now().add({ minutes: 5 }))
      const { id } = await system((ctx) => demoReply(ctx, phone, text))
      if (!id) throw new Error('nobody has written to this number')
      await sweep()
    },
  }
}
