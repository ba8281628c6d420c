import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { type Lang, messages } from '#platform/i18n.ts'
import { type BackupReport, backup } from '../backup/backup.ts'
import { BackupError } from '../backup/backup-error.ts'
import type { AppliedMigration } from '../backup/manifest.ts'
import { type RestoreReport, restore } from '../backup/restore.ts'
import { verifyBackup } from '../backup/verify.ts'

export type BackupCommandDeps = {
  /** The database as its migrating login, started if it does not run; `close` ends what was started for it. */
  openDatabase(): Promise<{ url: string; close(): Promise<void> }>
  /** The migrations of this release (`readMigrations`). */
  shipped(): Promise<AppliedMigration[]>
  /** Migrations, queue tables, roles and secrets in an empty database; keys are in place when it is called. */
  rebuild(url: string): Promise<unknown>
  keysDir: string
  /** The process that serves this data folder now (`runningOn`); a restore waits for none. */
  running(): { pid: number } | null
  /** From the environment: JINGMIN_BACKUP_PASSPHRASE. Never an argument, which every user of the machine can read. */
  passphrase: string | undefined
  /** Leaves word of a finished backup where the alarm looks (`noteBackup`). */
  note(url: string, report: BackupReport, at: Temporal.Instant): Promise<void>
  now(): Temporal.Instant
  lang: Lang
  print(line: string): void
  /** 0 done, 1 the backup is damaged, 2 not done for another reason. */
  exit(code: number): void
}

type Flags = { passphraseFile?: string; force?: boolean; check?: boolean }

const words = messages(
  {
    backup: '把数据库备份到一个空目录（不影响运行）',
    restore: '从备份恢复到空数据库；写入前先核验全部内容',
    passphraseOption: '口令文件（也可用环境变量 JINGMIN_BACKUP_PASSPHRASE）：加密备份，并包含密钥',
    forceOption: '替换非空的数据库和不同的密钥文件',
    checkOption: '只核验备份，不写入',
    emptyPassphrase: '口令文件为空。',
    made: (r: BackupReport) => `备份完成：${r.tables} 张表，${r.rows} 行，${r.bytes} 字节。`,
    encrypted: (keys: number) => `已加密，包含 ${keys} 个密钥文件。请把口令与备份分开保管。`,
    noKeys:
      '注意：未给出口令，备份未加密，也不含密钥。没有密钥目录的另一份副本，电话和身份号码等已加密内容将无法读取。',
    whole: (madeAt: string, tables: number, rows: number) => `备份完好：${madeAt}，${tables} 张表，${rows} 行。`,
    restored: (r: RestoreReport) => `已恢复 ${r.madeAt} 的备份：${r.tables} 张表，${r.rows} 行，${r.keys} 个密钥文件。`,
    keysNotIn: '备份不含密钥，使用密钥目录中现有的密钥。',
    again: '备份时尚未发出的短信会在启动后发出；备份之后已发出的，请先核对。',
    running: (pid: number) => `平台正在运行（进程 ${pid}），请先停止。`,
    failed: (why: string) => `未完成：${why}`,
  },
  {
    backup: 'Copy the database into an empty folder, while it goes on serving',
    restore: 'Put a backup into an empty database, after checking all of it',
    passphraseOption:
      'file with a passphrase (or JINGMIN_BACKUP_PASSPHRASE): encrypts the backup and lets the keys come along',
    forceOption: 'replace a database that is not empty, and keys that differ',
    checkOption: 'check the backup only, write nothing',
    emptyPassphrase: 'The passphrase file is empty.',
    made: (r: BackupReport) => `Backup made: ${r.tables} tables, ${r.rows} rows, ${r.bytes} bytes.`,
    encrypted: (keys: number) => `Encrypted, with ${keys} key files. Keep the passphrase apart from the backup.`,
    noKeys:
      'Mind: without a passphrase the backup is not encrypted and holds no keys. Without another copy of the folder of keys, ' +
      'sealed values such as telephone and citizen numbers cannot be read.',
    whole: (madeAt: string, tables: number, rows: number) =>
      `The backup is whole: ${madeAt}, ${tables} tables, ${rows} rows.`,
    restored: (r: RestoreReport) =>
      `Restored the backup of ${r.madeAt}: ${r.tables} tables, ${r.rows} rows, ${r.keys} key files.`,
    keysNotIn: 'The backup holds no keys; those in the folder of keys are used.',
    again:
      'Messages that were still waiting when the backup was made will be sent after the start; check those sent since.',
    running: (pid: number) => `The platform is running (process ${pid}); stop it first.`,
    failed: (why: string) => `Not done: ${why}`,
  },
)

/** `jingmin backup DIR` and `jingmin restore DIR`. */
export function backupCommands(deps: BackupCommandDeps): Command[] {
  const text = words(deps.lang)
  const make = new Command('backup')
    .description(text.backup)
    .argument('<dir>')
    .option('--passphrase-file <file>', text.passphraseOption)
    .action((folder: string, flags: Flags) => guarded(deps, () => makeBackup(deps, folder, flags)))
  const bring = new Command('restore')
    .description(text.restore)
    .argument('<dir>')
    .option('--passphrase-file <file>', text.passphraseOption)
    .option('--check', text.checkOption)
    .option('--force', text.forceOption)
    .action((folder: string, flags: Flags) =>
      guarded(deps, () => (flags.check ? check(deps, folder, flags) : bringBack(deps, folder, flags))),
    )
  return [make, bring]
}

async function makeBackup(deps: BackupCommandDeps, folder: string, flags: Flags): Promise<void> {
  const text = words(deps.lang)
  const passphrase = await passphraseOf(deps, flags)
  const report = await onDatabase(deps, async (url) => {
    const made = await backup({ url, folder, passphrase, keysDir: deps.keysDir, madeAt: deps.now() })
    await deps.note(url, made, deps.now())
    return made
  })
  deps.print(text.made(report))
  deps.print(report.encrypted ? text.encrypted(report.keys) : text.noKeys)
}

async function check(deps: BackupCommandDeps, folder: string, flags: Flags): Promise<void> {
  const { manifest } = await verifyBackup(folder, await passphraseOf(deps, flags))
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  deps.print(words(deps.lang).whole(manifest.madeAt, manifest.tables.length, rows))
}

async function bringBack(deps: BackupCommandDeps, folder: string, flags: Flags): Promise<void> {
  const text = words(deps.lang)
  const running = deps.running()
  if (running) throw new Error(text.running(running.pid))
  const passphrase = await passphraseOf(deps, flags)
  // Before a server is started for it: a damaged backup changes nothing at all.
  await verifyBackup(folder, passphrase)
  const { shipped, rebuild, keysDir } = deps
  const report = await onDatabase(deps, (url) =>
    restore({ url, folder, passphrase, keysDir, shipped, rebuild, force: flags.force }),
  )
  deps.print(text.restored(report))
  if (report.keys === 0) deps.print(text.keysNotIn)
  deps.print(text.again)
}

async function onDatabase<T>(deps: BackupCommandDeps, work: (url: string) => Promise<T>): Promise<T> {
  const database = await deps.openDatabase()
  try {
    return await work(database.url)
  } finally {
    await database.close()
  }
}

async function passphraseOf(deps: BackupCommandDeps, flags: Flags): Promise<string | undefined> {
  if (!flags.passphraseFile) return deps.passphrase || undefined
  const passphrase = (await readFile(flags.passphraseFile, 'utf8')).replace(/\r?\n$/, '')
  if (!passphrase) throw new Error(words(deps.lang).emptyPassphrase)
  return passphrase
}

async function guarded(deps: BackupCommandDeps, work: () => Promise<void>): Promise<void> {
  try {
    await work()
    deps.exit(0)
  } catch (error) {
    deps.print(words(deps.lang).failed((error as Error).message))
    deps.exit(error instanceof BackupError && error.code === 'damaged' ? 1 : 2)
  }
}
