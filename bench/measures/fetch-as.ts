import type { Speaker } from '../load/scenarios.ts'
import type { Server } from '../processes.ts'

/** One request as a signed-in person; throws when it is not answered with 2xx. */
export async function fetchAs(server: Server, { cookie }: Speaker, path: string, html: boolean): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    headers: { cookie, accept: html ? 'text/html' : 'application/json' },
    redirect: 'manual',
  })
  const body = await answer.text()
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${body.slice(0, 200)}`)
  return body
}
