import { connect, createServer, type Socket } from 'node:net'
import type { Ending } from './browser.ts'

export type DatabaseLine = {
  /** The same database, reached through the line. */
  through(url: string): string
  /** Every connection breaks and none is accepted, as when the server is gone. */
  cut(): Promise<void>
  mend(): Promise<void>
}

/** A line between the application and its database that a test can cut. */
export async function databaseLine(target: string, ending: Ending): Promise<DatabaseLine> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  const carry = (from: Socket) => {
    const to = connect(Number(port), hostname)
    for (const [end, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(end)
      end.pipe(other)
      end.on('error', () => other.destroy())
      end.on('close', () => open.delete(end))
    }
  }
  const server = createServer(carry)
  const listen = (at: number) => new Promise<void>((done) => server.listen(at, '127.0.0.1', done))
  const cut = async () => {
    if (!server.listening) return
    const closed = new Promise((done) => server.close(done))
    for (const socket of open) socket.destroy()
    await closed
  }
  await listen(0)
  const own = (server.address() as { port: number }).port
  ending.after(cut)
  return {
    through(url) {
      const lead = new URL(url)
      lead.host = `127.0.0.1:${own}`
      return lead.href
    },
    cut,
    mend: () => listen(own),
  }
}
