import { chinaCalendar } from '#policy/calendar/work-calendar.ts'
import { systemActor } from '../actor.ts'
import { fixedClock } from '../clock/clock.ts'
import { loadKeyRing } from '../crypto/key-ring.ts'
import { createSealProvider } from '../crypto/provider.ts'
import { type FreshDatabase, testSecrets } from '../db/fresh-database.ts'
import { openPool } from '../db/pools.ts'
import { createHouse } from '../house.ts'
import { enqueueMessage, type NewMessage } from './enqueue-message.ts'

/** A house as another process has it: own connections, keys from a folder, a clock that stands. */
export function houseOfProcess(appUrl: string, keyDir: string, at: string) {
  const pool = openPool(appUrl, 4)
  const clock = fixedClock(at)
  const house = createHouse({
    pool,
    clock,
    calendar: chinaCalendar,
    seal: createSealProvider('sm', loadKeyRing(keyDir)),
    actorKey: testSecrets.actorKey,
    codeKey: Buffer.alloc(32, 9),
    queueOn: () => ({ send: async () => {} }),
  })
  return { house, clock, close: () => pool.end() }
}

export function phoneOf(n: number): string {
  return `139${String(n).padStart(8, '0')}`
}

export function subjectOf(n: number): string {
  return `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`
}

/** One message to the n-th citizen. */
export async function enqueue(
  house: FreshDatabase['house'],
  n: number,
  more: Partial<NewMessage> = {},
): Promise<string> {
  const id = await house.write(systemActor, 'test', (ctx) =>
    enqueueMessage(ctx, { purpose: 'test', subjectId: subjectOf(n), phone: phoneOf(n), body: `第 ${n} 条`, ...more }),
  )
  if (!id) throw new Error('already in line')
  return id
}

export async function stateOf({ admin }: FreshDatabase, id: string) {
  const { rows } = await admin.query(
    'select state, try, failure, next_try_at, gateway_ref from platform.outbound_message where id = $1',
    [id],
  )
  return rows[0] as {
    state: string
    try: number
    failure: string | null
    next_try_at: Temporal.Instant
    gateway_ref: string | null
  }
}
