import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findBinaries } from '#platform/postgres/binaries.ts'
import { placeCluster, removeCluster } from '#platform/postgres/placement.ts'
import { findPostmaster, stopPostmaster } from '#platform/postgres/postmaster.ts'

export type CrashedDatabase = {
  /** The migrating login, on whatever port the server listens now. */
  url(): string
  /** One row of whole numbers; tried again while the server is away. */
  query<Name extends string = string>(sql: string): Promise<Record<Name, number>>
  /** kill -9 of the server itself or of one process that serves the platform. `pick` is from 0 up to 1. */
  kill(what: 'postmaster' | 'backend', pick: number): Promise<void>
  stop(): Promise<void>
}

/** The embedded server of a data folder from outside the platform: to kill it and to look into it. */
export function crashedDatabase(dataDir: string, adminUrl: string): CrashedDatabase {
  const place = placeCluster(resolve(dataDir), findBinaries(), true)

  function url(): string {
    const target = new URL(adminUrl)
    target.port = String(findPostmaster(place.home)?.port ?? target.port)
    return target.href
  }

  async function connected<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const client = new pg.Client({ connectionString: url() })
      client.on('error', () => {})
      try {
        await client.connect()
        return await work(client)
      } catch (error) {
        if (tries > 200) throw error
        await sleep(100)
      } finally {
        await client.end().catch(() => {})
      }
    }
  }

  return {
    url,
    query: (sql) => connected(async (client) => (await client.query(sql)).rows[0]),
    async kill(what, pick) {
      if (what === 'postmaster') {
        const server = findPostmaster(place.home)
        if (server) process.kill(server.pid, 'SIGKILL')
        return
      }
      const pids = await connected(async (client) => {
        const found = await client.query(
          `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() order by pid`,
        )
        return found.rows.map((row) => Number(row.pid))
      })
      const pid = pids[Math.floor(pick * pids.length)]
      if (pid) process.kill(pid, 'SIGKILL')
    },
    async stop() {
      const server = findPostmaster(place.home)
      if (server) await stopPostmaster(place, server.pid, 'immediate')
      removeCluster(resolve(dataDir))
    },
  }
}
