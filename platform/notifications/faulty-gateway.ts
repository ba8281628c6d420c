import type { MessageGateway, Receipt } from './gateway.ts'

export type Faults = { seed: number; swallow: number; refuse: number; lose: number }

/**
 * A gateway for tests that does what real ones do: takes a message and swallows the answer, refuses with 503, loses a
 * request, sends receipts twice and in any order. It rings for every call it takes, so a doubled call is seen.
 */
export function createFaultyGateway({ seed, swallow, refuse, lose }: Faults) {
  const random = randomFrom(seed)
  /** Our id → how often the telephone rang. */
  const rang = new Map<string, number>()
  const texts: { id: string; phone: string; body: string }[] = []
  const receipts: Receipt[] = []
  const seen = { swallowed: 0, refused: 0, lost: 0 }
  const gateway: MessageGateway = {
    name: 'faulty',
    simulated: true,
    async send(message) {
      const chance = random()
      if (chance < refuse) {
        seen.refused += 1
        return { refused: 'gateway answered 503' }
      }
      if (chance < refuse + lose) {
        seen.lost += 1
        throw new Error('connection reset')
      }
      rang.set(message.id, (rang.get(message.id) ?? 0) + 1)
      texts.push(message)
      receipts.push({ id: message.id, state: 'delivered' }, { id: message.id, state: 'delivered' })
      if (chance < refuse + lose + swallow) {
        seen.swallowed += 1
        throw new Error('no answer in time')
      }
      return { ref: `f-${message.id}` }
    },
    async stateOf(id) {
      if (random() < refuse) throw new Error('gateway answered 503')
      return rang.has(id) ? 'accepted' : 'unknown'
    },
  }
  /** The receipts so far, each twice, shuffled. */
  const takeReceipts = () =>
    receipts
      .splice(0)
      .map((one) => ({ one, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one)
  return { gateway, rang, texts, seen, takeReceipts }
}

/** mulberry32: the same seed gives the same faults. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
