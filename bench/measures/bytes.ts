import { gzipSync } from 'node:zlib'
import type { Server } from '../processes.ts'
import type { Bench } from '../setup.ts'

export type ByteFigure = { name: string; target: string; page: number; script: number; style: number }

/** What a browser fetches for one page, compressed: the page itself, its scripts, its styles. */
export async function byteFigures({ platform, officer }: Bench): Promise<ByteFigure[]> {
  return [
    await weigh(platform, 'citizens’ start page', 'script ≤ 2 kB, style ≤ 8 kB', '/', ''),
    await weigh(
      platform,
      'citizens’ service page',
      'script ≤ 2 kB, style ≤ 8 kB',
      '/services/id_card.loss_replacement',
      '',
    ),
    await weigh(
      platform,
      'console worklist',
      'script ≤ 20 kB, style ≤ 8 kB',
      '/console/matters?view=mine',
      officer.cookie,
    ),
    await weigh(platform, 'console reception', 'script ≤ 20 kB, style ≤ 8 kB', '/console/receive', officer.cookie),
  ]
}

async function weigh(server: Server, name: string, target: string, path: string, cookie: string): Promise<ByteFigure> {
  const url = `http://127.0.0.1:${server.port}`
  const page = await (await fetch(url + path, { headers: { cookie, accept: 'text/html' } })).text()
  const scripts = [...page.matchAll(/<script[^>]+src="([^"]+)"/g)].map((found) => found[1]!)
  const styles = [...page.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)].map(
    (found) => /href="([^"]+)"/.exec(found[0])![1]!,
  )
  const all = async (paths: string[]) =>
    (await Promise.all(paths.map((one) => gzBytes(url + one)))).reduce((sum, one) => sum + one, 0)
  return { name, target, page: gzipSync(page).length, script: await all(scripts), style: await all(styles) }
}

/** fetch undoes the compression, so it is done again: the server's own is the same gzip. */
async function gzBytes(url: string): Promise<number> {
  const answer = await fetch(url)
  return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length
}
