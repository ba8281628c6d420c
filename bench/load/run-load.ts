import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { quiet, root } from '../processes.ts'
import type { Order, Stream } from './generator.ts'

export type Generator = { run(order: Order): Promise<Stream[]>; stop(): void }

/** The load generator in its own process. */
export function startGenerator(): Generator {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'generator.ts')], {
    cwd: root,
    env: quiet(),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return {
    async run(order) {
      child.send(order)
      const [answer] = (await once(child, 'message')) as [{ streams: Stream[] } | { error: string }]
      if ('error' in answer) throw new Error(answer.error)
      return answer.streams
    },
    stop: () => void child.kill(),
  }
}
