import { sql } from 'kysely'
import { beginInstitution, sweepComplaints } from '#modules/complaints/index.ts'
import { sweepStanding } from '#modules/standing/index.ts'
import { systemActor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { createDocuments } from '#platform/documents/documents.ts'
import type { InventedBureau } from '../bureau.ts'
import { dateOf, workingDaysOf } from '../history/time.ts'
import { createPlay } from '../present/play.ts'
import { createRandom } from '../random.ts'
import type { SeedParts } from '../seed.ts'
import { actCase } from './act-case.ts'
import { actConsequences, actMonth } from './act-month.ts'
import { planCases } from './plan.ts'

type Parts = Pick<SeedParts, 'house' | 'adminPool' | 'clock'> & { bureau: InventedBureau }

/** Two years of complaints, played in order of time. Returns how many cases there were. */
export async function actComplaints({ house, adminPool, clock, bureau }: Parts): Promise<number> {
  const now = clock.now()
  const today = dateOf(now.epochMilliseconds)
  const from = today.subtract({ months: 23 }).with({ day: 1 })
  const days = workingDaysOf(house.calendar, from.subtract({ days: 30 }), today.add({ days: 90 }))
  const random = createRandom(20260602)
  const play = createPlay({ house, adminPool, clock, now })
  const documents = createDocuments()
  await house.write(systemActor, 'demo', (ctx) => openDesks(ctx, bureau, from))
  const heads = new Map(bureau.windows.map((window) => [window.unit.id, window.head.police_no] as const))
  const plans = planCases({ bureau, random, days, from, until: today })
  const cast = { play, random, days, headOf: (unit: string) => heads.get(unit) ?? null }
  for (const [nth, plan] of plans.entries()) actCase(cast, plan, nth)
  for (let month = from; Temporal.PlainDate.compare(month, today) <= 0; month = month.add({ months: 1 })) {
    actMonth({ play, random, days, bureau, documents }, month)
    if (Temporal.PlainDate.compare(month, today.subtract({ months: 1 })) < 0)
      actConsequences({ play, random, days, bureau, documents }, month)
  }
  for (let day = from; Temporal.PlainDate.compare(day, today) <= 0; day = day.add({ days: 5 }))
    play.at(day, '00:20', 'system', async (ctx) => {
      await sweepComplaints(ctx)
      await sweepStanding(ctx)
    })
  try {
    await play.run()
  } finally {
    clock.moveTo(now)
    await documents.close()
  }
  return plans.length
}

/** The four departments have their desks, and the institution its first day (R111, R134). */
async function openDesks(ctx: Context, bureau: InventedBureau, from: Temporal.PlainDate): Promise<void> {
  const unit = (code: string) => bureau.units.find((one) => one.code === `990111${code}000`)?.id as string
  const desks = [
    ['petition_section', '050', true],
    ['command_centre', '030', false],
    ['supervision_brigade', '020', false],
    ['discipline_inspection', '060', false],
  ] as const
  for (const [department, code, lead] of desks)
    await sql`insert into complaints.desk (department, unit_id, lead) values (${department}, ${unit(code)}, ${lead}) on conflict do nothing`.execute(
      ctx.db,
    )
  await beginInstitution(ctx, from)
}
