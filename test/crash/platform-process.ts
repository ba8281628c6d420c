import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')

export type PlatformOptions = {
  dataDir: string
  port: number
  gatewayUrl: string
  gatewaySecret: string
  naive: boolean
}

export type PlatformProcess = {
  url: string
  /** Starts it with the rules' clock this far ahead of the machine's; resolves when it serves. */
  start(aheadMs: number): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
  stop(): Promise<void>
  /** What it wrote to its error stream, for when a run fails. */
  said(): string
}

/** The platform as `npm start` runs it, in a process of its own that can be killed. */
export function platformProcess(options: PlatformOptions): PlatformProcess {
  const url = `http://127.0.0.1:${options.port}`
  let child: ChildProcess | null = null
  let said = ''

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = child
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const gone = once(ending, 'exit')
    ending.kill(signal)
    await gone
  }

  return {
    url,
    async start(aheadMs) {
      const started = spawn(
        process.execPath,
        [
          '--import',
          join(root, 'bin/tie-to-parent.mjs'),
          '--import',
          join(import.meta.dirname, 'replace-modules.ts'),
          'main.ts',
          'start',
        ],
        { cwd: root, env: environment(options, aheadMs), stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
      )
      child = started
      started.stderr?.on('data', (chunk: Buffer) => {
        said = (said + chunk).slice(-20_000)
      })
      while (!(await serves(url))) {
        if (started.exitCode !== null) throw new Error(`the platform did not start:\n${said}`)
        await sleep(10)
      }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    said: () => said,
  }
}

function environment(options: PlatformOptions, aheadMs: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: String(options.port),
    HOST: '127.0.0.1',
    JINGMIN_DATA: options.dataDir,
    JINGMIN_MODE: 'live',
    JINGMIN_SMS_URL: options.gatewayUrl,
    JINGMIN_SMS_SECRET: options.gatewaySecret,
    JINGMIN_CRASH_AHEAD_MS: String(aheadMs),
    JINGMIN_CRASH_NAIVE: options.naive ? '1' : '0',
    LOG_LEVEL: 'error',
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`.trim(),
  }
}

async function serves(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) })
    await answer.text()
    return answer.status === 200
  } catch {
    return false
  }
}
