import type { Pool } from 'pg'
import { followUp, sweepCallback } from '#modules/callback/index.ts'
import { loadActor } from '#modules/directory/index.ts'
import { markOverdue } from '#modules/service-window/index.ts'
import { noteConsent, openOrder, recordSecondOpinion, sweepOrders } from '#modules/supervision/index.ts'
import { systemActor } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { House } from '#platform/house.ts'
import { sweepMessages } from '#platform/notifications/deliver-messages.ts'
import { createDemoGateway, demoReply } from '#platform/notifications/demo-gateway.ts'
import type { DemoClock } from '../clock.ts'
import { minute, momentAt } from '../history/time.ts'

export type Play = {
  /** At this time of this day somebody (police number, or 'system') does something. What would lie ahead of now is left out. */
  at(date: Temporal.PlainDate, time: string, who: string, act: (ctx: Context) => Promise<unknown>): void
  /** Whoever the act turns out to need, such as the owner of an order. */
  as(
    date: Temporal.PlainDate,
    time: string,
    who: (ctx: Context) => Promise<string>,
    act: (ctx: Context) => Promise<unknown>,
  ): void
  reply(date: Temporal.PlainDate, time: string, phone: string, text: string): void
  /** Background work, as it would have run then. */
  sweep(date: Temporal.PlainDate, time: string, afterMinutes?: number): void
  run(): Promise<void>
}

type Scene = { at: number; play(): Promise<unknown> }
type Parts = { house: House; adminPool: Pool; clock: DemoClock; now: Temporal.Instant }

const ports = { openOrder, recordSecondOpinion, noteConsent }

/** The last days are acted, not written: every act goes through the use cases, at its own time of the movable clock. */
export function createPlay({ house, adminPool, clock, now }: Parts): Play {
  const scenes: Scene[] = []
  const gateway = createDemoGateway({ demo: true, house })
  const inSystem = <T>(work: (ctx: Context) => Promise<T>) => house.write(systemActor, 'demo', work)
  const add = (date: Temporal.PlainDate, time: string, play: Scene['play'], after = 0) => {
    const { hour, minute: past } = Temporal.PlainTime.from(time)
    scenes.push({ at: momentAt(date, hour * 60 + past + after), play })
  }
  const actorOf = async (number: string) => {
    if (number === 'system') return systemActor
    const found = await adminPool.query<{ id: string }>('select id from directory.person where police_no = $1', [
      number,
    ])
    const actor = found.rows[0] && (await loadActor(adminPool, found.rows[0].id, dayOf(clock.now())))
    if (!actor) throw new Error(`nobody has the number ${number}`)
    return actor
  }
  const sweep = async () => {
    await sweepCallback(house, ports)
    await sweepMessages({ house, gateway })
    await sweepCallback(house, ports)
    await inSystem(sweepOrders)
    await inSystem(markOverdue)
  }
  return {
    at: (date, time, who, act) => add(date, time, async () => house.write(await actorOf(who), 'demo', act)),
    as: (date, time, who, act) =>
      add(date, time, async () => house.write(await actorOf(await inSystem(who)), 'demo', act)),
    reply: (date, time, phone, text) =>
      add(date, time, async () => {
        await inSystem((ctx) => demoReply(ctx, phone, text))
        await sweep()
      }),
    sweep: (date, time, afterMinutes = 0) => add(date, time, sweep, afterMinutes),
    async run() {
      const until = now.epochMilliseconds - 2 * minute
      for (const scene of scenes.toSorted((a, b) => a.at - b.at)) {
        if (scene.at > until) break
        clock.moveTo(Temporal.Instant.fromEpochMilliseconds(scene.at))
        await scene.play()
      }
      clock.moveTo(now)
      await inSystem((ctx) => followUp(ctx, ports))
    },
  }
}
