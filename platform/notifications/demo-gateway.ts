import { sql } from 'kysely'
import { systemActor } from '../actor.ts'
import type { Context } from '../context.ts'
import { sealContext } from '../crypto/provider.ts'
import type { House } from '../house.ts'
import type { MessageGateway, Receipt } from './gateway.ts'
import { acceptInbound, inboundPhoneContext } from './receive.ts'

/** Numbers ending so are out of service: it lets a demonstration show a message that fails. */
const deadEnding = '0000'

/**
 * The simulated gateway of the demonstration: messages are kept in platform.demo_phone and no telephone rings.
 * Throws unless `demo: true` is given, so that no configuration puts it in a real bureau by omission.
 */
export function createDemoGateway(options: { demo: boolean; house: House }): MessageGateway {
  if (options.demo !== true) throw new Error('the simulated gateway belongs to the demonstration only')
  const { house } = options
  const inSystem = <T>(work: (ctx: Context) => Promise<T>) => house.write(systemActor, 'demo-gateway', work)
  return {
    name: 'demo',
    simulated: true,
    async send(message) {
      await inSystem((ctx) =>
        ctx.db
          .insertInto('platform.demo_phone')
          .values({
            id: message.id,
            phone_sealed: ctx.seal.seal(message.phone, demoContext(message.id)),
            phone_index: ctx.seal.blindIndex('phone', message.phone),
            body: message.body,
            at: ctx.now,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
      return { ref: `demo-${message.id}` }
    },
    async stateOf(id) {
      const row = await inSystem((ctx) =>
        ctx.db.selectFrom('platform.demo_phone').select('receipt_at').where('id', '=', id).executeTakeFirst(),
      )
      if (!row) return 'unknown'
      return 'accepted'
    },
    receipts: () => inSystem(takeReceipts),
  }
}

export type DemoMessage = { id: string; phone: string; body: string; at: Temporal.Instant; from: 'bureau' | 'citizen' }

/** What the telephones of the demonstration show, newest first: both directions. For the system actor. */
export async function demoInbox(ctx: Context, limit = 50): Promise<DemoMessage[]> {
  const sent = await ctx.db.selectFrom('platform.demo_phone').selectAll().orderBy('at', 'desc').limit(limit).execute()
  const replies = await ctx.db
    .selectFrom('platform.inbound_message')
    .selectAll()
    .where('gateway_ref', 'like', 'demo-%')
    .orderBy('received_at', 'desc')
    .limit(limit)
    .execute()
  const all: DemoMessage[] = [
    ...sent.map((row) => ({
      id: row.id,
      phone: ctx.seal.open(row.phone_sealed, demoContext(row.id)),
      body: row.body,
      at: row.at,
      from: 'bureau' as const,
    })),
    ...replies.map((row) => ({
      id: row.id,
      phone: ctx.seal.open(row.phone_sealed, inboundPhoneContext(row.id)),
      body: row.body,
      at: row.received_at,
      from: 'citizen' as const,
    })),
  ]
  return all.sort((a, b) => Temporal.Instant.compare(b.at, a.at)).slice(0, limit)
}

/** A reply from one of the telephones of the demonstration; it takes the way of every other one. For the system actor. */
export async function demoReply(ctx: Context, phone: string, text: string): Promise<{ id: string | null }> {
  const { rows } = await sql<{ next: number }>`select platform.next_number('demo-reply') as next`.execute(ctx.db)
  const known = await ctx.db
    .selectFrom('platform.demo_phone')
    .select('id')
    .where('phone_index', 'in', ctx.seal.blindIndexes('phone', phone))
    .limit(1)
    .executeTakeFirst()
  if (!known) return { id: null }
  const { id } = await acceptInbound(ctx, { ref: `demo-${rows[0]!.next}`, phone, text })
  return { id }
}

async function takeReceipts(ctx: Context): Promise<Receipt[]> {
  const rows = await ctx.db
    .updateTable('platform.demo_phone')
    .set({ receipt_at: ctx.now })
    .where('receipt_at', 'is', null)
    .returning(['id', 'phone_sealed'])
    .execute()
  return rows.map(({ id, phone_sealed }) => {
    const dead = ctx.seal.open(phone_sealed, demoContext(id)).endsWith(deadEnding)
    return dead ? { id, state: 'failed', reason: 'number out of service' } : { id, state: 'delivered' }
  })
}

export function demoContext(id: string): string {
  return sealContext('platform.demo_phone', 'phone', id)
}
