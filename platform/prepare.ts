import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { migrate } from './db/migrate.ts'
import type { Installation } from './installation.ts'
import { prepareJobs, queueOptions } from './jobs/boss.ts'

/** Brings schema and job queue to this release. Only ever with the migrating login; nothing is done when nothing is new. */
export async function prepareDatabase(installation: Installation): Promise<string[]> {
  const applied = await migrate(installation.adminUrl, installation.secrets)
  const release = await queueRelease()
  const client = new pg.Client({ connectionString: installation.adminUrl })
  await client.connect()
  try {
    const known = await client.query(`select value from platform.setting where name = 'job-queue'`)
    if (known.rows[0]?.value === release) return applied
    await prepareJobs(installation.adminUrl)
    await client.query(
      `insert into platform.setting (name, value, changed_at) values ('job-queue', to_jsonb($1::text), now())
       on conflict (name) do update set value = excluded.value, changed_at = now()`,
      [release],
    )
    return applied
  } finally {
    await client.end()
  }
}

/** The library's version, our queues and how they are kept: each may ask for work on the queue's own tables. */
async function queueRelease(): Promise<string> {
  const { version } = JSON.parse(
    await readFile(new URL('../node_modules/pg-boss/package.json', import.meta.url), 'utf8'),
  )
  const { jobNames } = await import('./jobs/queue.ts')
  return `${version} ${jobNames.join(' ')} ${JSON.stringify(queueOptions)}`
}
