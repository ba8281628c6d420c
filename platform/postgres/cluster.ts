import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Account, spawnAs } from './account.ts'
import { program } from './binaries.ts'
import type { Placement } from './placement.ts'

/** The folders of a cluster's home. */
export const clusterData = (home: string): string => join(home, 'data')
export const clusterLog = (home: string): string => join(home, 'log')

/**
 * Makes the cluster if there is none. It is built beside its place and renamed when whole, so that an interrupted
 * attempt is never taken for a cluster, and a cluster never for an interrupted attempt.
 */
export async function ensureCluster(place: Placement, password: string, durable: boolean): Promise<void> {
  const data = clusterData(place.home)
  ownedFolder(clusterLog(place.home), place.account)
  if (existsSync(data)) return checkVersion(data, place.native)
  const draft = `${data}.new`
  rmSync(draft, { recursive: true, force: true })
  const passwordFile = join(place.home, 'initdb-password')
  writeOwned(passwordFile, `${password}\n`, place.account)
  try {
    await initdbWithCharacters(place, draft, passwordFile, durable)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  writeOwned(join(draft, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n', place.account)
  renameSync(draft, data)
  if (durable) syncFolder(place.home)
}

/** Writes a file that the server reads, whole or not at all, for its account alone. */
export function writeOwned(path: string, text: string, account: Account): void {
  const draft = `${path}.new`
  rmSync(draft, { force: true })
  writeFileSync(draft, text, { mode: 0o600 })
  if (account) chownSync(draft, account.uid, account.gid)
  renameSync(draft, path)
}

/** The superuser's password, made at the first start and kept in the folder of keys for its owner alone. */
export function superuserPassword(dataDir: string, clusterExists: boolean): string {
  const path = join(dataDir, 'keys', 'postgres-superuser')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  if (clusterExists)
    throw new Error(
      `数据库已存在，但缺少其口令文件 ${path}。请从备份的密钥中恢复。\n` +
        `The database exists, but its password file ${path} is missing. Bring it back from the backup of the keys.`,
    )
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const password = randomBytes(24).toString('base64url')
  writeFileSync(`${path}.new`, `${password}\n`, { mode: 0o600 })
  const handle = openSync(`${path}.new`, 'r')
  fsyncSync(handle)
  closeSync(handle)
  renameSync(`${path}.new`, path)
  syncFolder(dirname(path))
  return password
}

/**
 * The extension pg_trgm still asks the system's locale which characters are letters; under plain `C` none beyond ASCII
 * is, and Chinese text has no trigrams. So the character type is the first of these that the system knows.
 */
async function initdbWithCharacters(...[place, target, passwordFile, durable]: Parameters<typeof initdb>) {
  const types = process.platform === 'win32' ? [] : ['C.UTF-8', 'en_US.UTF-8']
  for (const type of types) {
    try {
      return await initdb(place, target, passwordFile, durable, type)
    } catch (error) {
      if (!/invalid locale name/.test((error as Error).message)) throw error
      rmSync(target, { recursive: true, force: true })
    }
  }
  return initdb(place, target, passwordFile, durable, 'C')
}

function initdb(
  place: Placement,
  target: string,
  passwordFile: string,
  durable: boolean,
  characters = 'C',
): Promise<void> {
  const args = [
    ...['-D', target, '-U', 'postgres', '-E', 'UTF8', `--pwfile=${passwordFile}`],
    ...['--auth=scram-sha-256', '--data-checksums', '--no-instructions'],
    // Order by code point (so that a prefix can use an index) with case rules for all of Unicode, on every system alike.
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', `--lc-ctype=${characters}`],
    ...(durable ? [] : ['--no-sync']),
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(program(place.native, 'initdb'), args, {
      ...spawnAs(place.account),
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`数据库初始化失败 The database could not be created in ${target}:\n${said.slice(-2000)}`))
    })
  })
}

/** What the server may see of our surroundings: nothing secret. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env
  return { LC_ALL: 'C', TZ: 'UTC', PATH, ...(process.platform === 'win32' ? { SystemRoot, TEMP, TMP } : {}) }
}

function checkVersion(data: string, native: string): void {
  const has = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const brings = readFileSync(join(native, 'share/postgresql/postgres.bki'), 'utf8').match(/^# PostgreSQL (\d+)/)?.[1]
  if (has === brings) return
  throw new Error(
    `数据库目录 ${data} 属于 PostgreSQL ${has}，本程序带的是 ${brings}。请用旧版本备份后在新版本恢复。\n` +
      `The database in ${data} is of PostgreSQL ${has}, this program brings ${brings}. ` +
      'Back it up with the former release and restore it with this one.',
  )
}

function ownedFolder(path: string, account: Account): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (account) chownSync(path, account.uid, account.gid)
}

/** A rename survives a power cut only once its folder is written too. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
