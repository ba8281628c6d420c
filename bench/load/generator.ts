import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, openConnection } from './connection.ts'
import { type Scenario, type Speaker, type Step, stepsOf } from './scenarios.ts'

/** As many as `concurrency` at once, the next when one is answered. */
export type Closed = { kind: 'closed'; scenario: Scenario; concurrency: number; seconds: number }
/** Whatever the server does, `perSecond` begin; times count from when each was due (no coordinated omission). */
export type Open = {
  kind: 'open'
  streams: { name: string; scenario: Scenario; perSecond: number; speaker?: Speaker }[]
  seconds: number
}
export type Order = { port: number; speaker: Speaker } & (Closed | Open)

export type Stream = {
  name: string
  done: number
  perSecond: number
  failed: Record<string, number>
  /** Milliseconds. */
  p50: number
  p95: number
  p99: number
  worst: number
}

process.once('disconnect', () => process.exit())
// A process of its own: the load must not share a thread with what it measures.
process.on('message', (order: Order) => {
  const running = order.kind === 'closed' ? closedLoop(order) : openLoop(order)
  running.then(
    (streams) => process.send?.({ streams }),
    (error: Error) => process.send?.({ error: error.message }),
  )
})

async function closedLoop(order: Order & Closed): Promise<Stream[]> {
  const step = stepsOf(order.scenario, order.speaker)
  const tally = newTally()
  const connections = await openAll(order.port, order.concurrency)
  const began = performance.now()
  const until = began + order.seconds * 1000
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < until) await one(step, connection, tally, performance.now())
      connection.close()
    }),
  )
  return [summary('', tally, (performance.now() - began) / 1000)]
}

async function openLoop(order: Order & Open): Promise<Stream[]> {
  const began = performance.now()
  return Promise.all(
    order.streams.map(async (stream) => {
      const step = stepsOf(stream.scenario, stream.speaker ?? order.speaker)
      const tally = newTally()
      const free = await openAll(order.port, 64)
      const due: number[] = []
      const running = new Set<Promise<void>>()
      const take = () => {
        while (free.length > 0 && due.length > 0) {
          const connection = free.pop()!
          const work = one(step, connection, tally, due.shift()!).then(() => {
            running.delete(work)
            free.push(connection)
            take()
          })
          running.add(work)
        }
      }
      for (let n = 0; n < order.seconds * stream.perSecond; n += 1) {
        const at = began + (n * 1000) / stream.perSecond
        const wait = at - performance.now()
        if (wait > 1) await sleep(wait)
        due.push(at)
        take()
      }
      while (running.size > 0) await Promise.all(running)
      for (const connection of free) connection.close()
      return summary(stream.name, tally, (performance.now() - began) / 1000)
    }),
  )
}

type Tally = { times: number[]; failed: Record<string, number> }
const newTally = (): Tally => ({ times: [], failed: {} })

async function one(step: Step, connection: Connection, tally: Tally, from: number): Promise<void> {
  const wrong = await step(connection).catch((error: Error) => error.message)
  if (wrong) tally.failed[wrong] = (tally.failed[wrong] ?? 0) + 1
  else tally.times.push(performance.now() - from)
}

function openAll(port: number, count: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => openConnection(port)))
}

function summary(name: string, { times, failed }: Tally, seconds: number): Stream {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return {
    name,
    done: times.length,
    perSecond: times.length / seconds,
    failed,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    worst: at(1),
  }
}
