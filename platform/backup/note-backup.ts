import { Client } from 'pg'
import type { BackupReport } from './backup.ts'

/** Leaves word of a finished backup in the database, where the alarm for an old one looks. */
export async function noteBackup(url: string, report: BackupReport, at: Temporal.Instant): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(
      `insert into platform.setting (name, value, changed_at) values ('last-backup', $1, now())
       on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at`,
      [JSON.stringify({ at: at.toString(), rows: report.rows, encrypted: report.encrypted })],
    )
  } finally {
    await client.end()
  }
}
