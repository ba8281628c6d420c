import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openBoss } from '#platform/jobs/boss.ts'
import type { Storm } from './storm.ts'

/**
 * Kills the process while a job is running and returns the milliseconds until the next one runs the same job
 * (reliability.md, promise 10). A lock on a table that the job needs keeps it in the middle of its work. Jobs of the
 * storm that were left over go first, so that the one that is kept is ours.
 */
export async function killWorkerInJob({ platform, database, ahead }: Storm): Promise<number> {
  const blocker = new pg.Client({ connectionString: database.url() })
  await blocker.connect()
  const boss = openBoss(database.url(), 'send', () => {})
  await boss.start()
  try {
    const left = "select count(*)::int as left from pgboss.job where name = 'callback.follow' and state < 'completed'"
    await until(
      async () => (await database.query<'left'>(left)).left === 0,
      120_000,
      'the storm left jobs that nobody does',
    )
    await blocker.query('begin')
    await blocker.query('lock table platform.inbound_message in access exclusive mode')
    const job = await boss.send('callback.follow', { inboundId: randomUUID() })
    const state = () =>
      database.query<'active' | 'again'>(
        `select (state = 'active')::int as active, (retry_count > 0 and (state = 'active' or state = 'completed'))::int as again from pgboss.job where id = '${job}'`,
      )
    await until(async () => (await state()).active > 0, 60_000, 'nobody began the job')
    await platform.kill()
    const killed = performance.now()
    await blocker.query('rollback')
    await platform.start(ahead)
    while ((await state()).again === 0) {
      if (performance.now() - killed > 60_000) return Number.POSITIVE_INFINITY
      await sleep(50)
    }
    return Math.round(performance.now() - killed)
  } finally {
    await boss.stop({ graceful: false })
    await blocker.end()
  }
}

async function until(reached: () => Promise<boolean>, most: number, otherwise: string): Promise<void> {
  const from = performance.now()
  while (!(await reached())) {
    if (performance.now() - from > most) throw new Error(otherwise)
    await sleep(20)
  }
}
