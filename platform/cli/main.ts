import { Command } from 'commander'
import { type Config, readConfig } from '#config'
import { chinaCalendar } from '#policy/calendar/work-calendar.ts'
import { retentionTasks, sealedTables } from '#upkeep'
import { verifierKeys } from '../audit/checkpoint.ts'
import { createAuth } from '../auth/index.ts'
import { noteBackup } from '../backup/note-backup.ts'
import { systemClock } from '../clock/clock.ts'
import { loadKeyRing } from '../crypto/key-ring.ts'
import { createSealProvider } from '../crypto/provider.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { openPool } from '../db/pools.ts'
import { createHouse } from '../house.ts'
import { openInstallation, openServer, secretsFrom, witnessDirOf } from '../installation.ts'
import { prepareJobs } from '../jobs/boss.ts'
import { runningOn } from '../postgres/run-lock.ts'
import { prepareDatabase } from '../prepare.ts'
import { auditCommand } from './audit-command.ts'
import { backupCommands } from './backup-command.ts'
import { keysCommand } from './keys-command.ts'
import { retentionCommand } from './retention-command.ts'
import { unitCommand } from './unit-command.ts'
import { userCommand } from './user-command.ts'
import { workdaysCommand } from './workdays-command.ts'

const print = (line: string) => console.log(line)
const exit = (code: number) => {
  process.exitCode = code
}
const lang = process.env.LANG?.startsWith('en') ? 'en' : 'zh'

/** The installation of this environment, opened for one command: a running database is visited, else started and stopped again. */
async function installed(config: Config) {
  const installation = await openInstallation(config)
  await prepareDatabase(installation)
  return installation
}

async function adminPool(config: Config) {
  const installation = await installed(config)
  const pool = openPool(installation.adminUrl, 4)
  const end = pool.end.bind(pool)
  // The command ends the pool; what was started for it ends with it.
  return Object.assign(pool, {
    end: async () => {
      await end()
      await installation.stop()
    },
  })
}

function program(): Command {
  const config = readConfig(process.env)
  const jingmin = new Command('jingmin')
    .description('警民桥命令行 / Jingmin Bridge command line')
    .helpOption('-h, --help', '显示帮助 / show help')
  jingmin
    .command('start')
    .description('启动平台 / start the platform')
    .action(async () => {
      await import('../../main.ts')
    })
  jingmin
    .command('demo')
    .description('以演示方式启动（空库时生成虚构分局）/ start with an invented bureau')
    .action(async () => {
      process.env.JINGMIN_MODE = 'demo'
      await import('../../main.ts')
    })
  jingmin
    .command('migrate')
    .description('把数据库更新到本版本 / bring the database to this release')
    .action(() => migrateNow(config))
  jingmin.addCommand(workdaysCommand({ print, exit, calendar: chinaCalendar }))
  jingmin.addCommand(
    auditCommand({
      openPool: () => adminPool(config),
      publicKeys: () => verifierKeys(loadKeyRing(config.keysDir)),
      witnessDir: witnessDirOf(config),
      lang,
      print,
      exit,
    }),
  )
  jingmin.addCommand(
    keysCommand({
      openPool: () => adminPool(config),
      tables: sealedTables,
      keysDir: config.keysDir,
      crypto: config.crypto,
      serving: () => runningOn(config.dataDir) !== null,
      seenAfterMs: 5000,
      lang,
      print,
      exit,
    }),
  )
  jingmin.addCommand(
    retentionCommand({ open: () => openSystemHouse(config), tasks: retentionTasks, lang, print, exit }),
  )
  for (const command of backupCommandsOf(config)) jingmin.addCommand(command)
  jingmin.addCommand(unitCommand({ print, exit, open: () => openHouse(config) }))
  jingmin.addCommand(userCommand({ print, exit, open: () => openHouse(config) }))
  return jingmin
}

function backupCommandsOf(config: Config): Command[] {
  return backupCommands({
    async openDatabase() {
      const server = await openServer(config)
      return { url: server.adminUrl, close: server.stop }
    },
    shipped: readMigrations,
    // Keys may have come back with the backup, so they are read here and not before.
    async rebuild(url) {
      await migrate(url, secretsFrom(loadKeyRing(config.keysDir)))
      await prepareJobs(url)
    },
    keysDir: config.keysDir,
    running: () => runningOn(config.dataDir),
    passphrase: process.env.JINGMIN_BACKUP_PASSPHRASE,
    note: noteBackup,
    now: () => Temporal.Now.instant(),
    lang,
    print,
    exit,
  })
}

async function migrateNow(config: Config): Promise<void> {
  const installation = await openInstallation(config)
  const applied = await prepareDatabase(installation)
  print(applied.length > 0 ? applied.join('\n') : '已是最新 / up to date')
  await installation.stop()
}

/** A house for the system's own work, by the machine's clock. It sends no jobs. */
async function openSystemHouse(config: Config) {
  const installation = await installed(config)
  const pool = openPool(installation.appUrl, 2)
  const house = createHouse({
    pool,
    clock: systemClock,
    calendar: chinaCalendar,
    seal: createSealProvider(config.crypto, installation.keys),
    actorKey: installation.secrets.actorKey,
    codeKey: installation.keys.current('code').bytes,
    queueOn: () => ({ send: () => Promise.reject(new Error('a command sends no jobs')) }),
  })
  return {
    house,
    async close() {
      await pool.end()
      await installation.stop()
    },
  }
}

async function openHouse(config: Config) {
  const installation = await installed(config)
  const pool = openPool(installation.adminUrl, 4)
  const auth = createAuth({
    pool,
    secret: installation.keys.current('cookie').bytes.toString('hex'),
    baseURL: config.siteUrl,
    secure: config.secure,
    needsSecondFactor: async () => false,
    onEvent: async () => {},
  })
  return {
    pool,
    auth,
    async close() {
      await pool.end()
      await installation.stop()
    },
  }
}

program()
  .parseAsync()
  .catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
