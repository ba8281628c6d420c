import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Transaction } from '../db/transaction.ts'
import { type JobName, type JobQueue, jobNames } from './queue.ts'

/** A worker that dies without a word is noticed after this many seconds and its job runs again. */
const heartbeatSeconds = 10
export const queueOptions = {
  heartbeatSeconds,
  retryLimit: 20,
  // Grows with each try. The first is short: it also stands between a killed worker's job and its second life.
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 600,
  expireInSeconds: 300,
} as const

/** Creates or upgrades the queue's own tables and queues; run with the migrating login, never by a serving process. */
export async function prepareJobs(adminUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: adminUrl, supervise: false, schedule: false, max: 2 })
  boss.on('error', () => {})
  await boss.start()
  for (const name of jobNames) {
    if (await boss.getQueue(name)) await boss.updateQueue(name, queueOptions)
    else await boss.createQueue(name, queueOptions)
  }
  await boss.stop({ graceful: false })
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query(`grant usage on schema pgboss to jingmin_app;
    grant select, insert, update, delete on all tables in schema pgboss to jingmin_app;
    grant usage on all sequences in schema pgboss to jingmin_app;
    grant execute on all functions in schema pgboss to jingmin_app`)
  await client.end()
}

/** The queue as a serving process uses it: it sends, and in the worker role it works; it never changes the schema. */
export function openBoss(appUrl: string, role: 'send' | 'work', onError: (error: Error) => void): PgBoss {
  const working = role === 'work'
  const boss = new PgBoss({
    connectionString: appUrl,
    max: working ? 4 : 2,
    migrate: false,
    createSchema: false,
    supervise: working,
    schedule: false,
    monitorIntervalSeconds: 2,
    superviseIntervalSeconds: 2,
    reindex: false,
  })
  boss.on('error', onError)
  return boss
}

/** Sends on the transaction's own connection: rolled back, no job; committed, one job. */
export function queueOn(boss: PgBoss): (transaction: Transaction) => JobQueue {
  return (transaction) => ({
    async send(name: JobName, data: Record<string, unknown>) {
      const client = await transaction.open()
      await boss.send(name, data, { db: { executeSql: (text, values) => client.query(text, values as unknown[]) } })
    },
  })
}
