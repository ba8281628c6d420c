import { randomBytes } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, accountOf, canRun, canWriteIn, runsAsRoot, serverAccounts } from './account.ts'
import { type Binaries, program } from './binaries.ts'

/** Where a cluster lives, who runs it and with which programs. */
export type Placement = { home: string; native: string; account: Account }

/** The pointer left in the data folder when the cluster had to be kept elsewhere. */
const POINTER = 'elsewhere.json'

/**
 * Decides where the cluster of a data folder lives. As an ordinary user: in the folder itself. As root the server runs
 * as another user, and what that user cannot reach (because a folder lets only its owner in) is kept in a place that
 * it can: the programs as one copy for all, the cluster as a folder of its own with a pointer from the data folder.
 */
export function placeCluster(dataDir: string, binaries: Binaries, durable: boolean): Placement {
  const own = join(dataDir, 'postgres')
  mkdirSync(own, { recursive: true, mode: 0o711 })
  if (!runsAsRoot()) return { home: own, native: binaries.native, account: null }
  const pointed = readPointer(own)
  const home = pointed ?? own
  const account = existsSync(join(home, 'data')) ? ownerOf(join(home, 'data')) : usableAccount()
  const native = reachablePrograms(binaries, account)
  if (pointed) return { home, native, account }
  if (lstatSync(own).uid !== account.uid) chownSync(own, account.uid, account.gid)
  if (canWriteIn(account, own)) return { home: own, native, account }
  chownSync(own, 0, 0)
  return { home: homeElsewhere(own, account, durable), native, account }
}

/** Removes the cluster of a data folder, wherever it lives. The server must be stopped. */
export function removeCluster(dataDir: string): void {
  const own = join(dataDir, 'postgres')
  const pointed = existsSync(own) ? readPointer(own, false) : null
  if (pointed) {
    rmSync(pointed, { recursive: true, force: true })
    rmSync(`${pointed}.owner`, { force: true })
  }
  rmSync(own, { recursive: true, force: true })
}

function readPointer(own: string, mustExist = true): string | null {
  const path = join(own, POINTER)
  if (!existsSync(path)) return null
  const { home } = JSON.parse(readFileSync(path, 'utf8')) as { home: string }
  if (existsSync(home)) return home
  // Starting empty here would hide a loss.
  if (mustExist)
    throw new Error(
      `数据库目录 ${home} 不存在（${path} 指向它）。请恢复该目录；若确实要新建数据库，删除该文件。\n` +
        `The database folder ${home}, named in ${path}, is missing. Bring it back, or delete that file for a new database.`,
    )
  return null
}

function homeElsewhere(own: string, account: NonNullable<Account>, durable: boolean): string {
  // What must survive never goes where a restart or a cleaner empties; what need not, never where it would stay.
  for (const base of durable ? ['/var/lib/jingmin', '/opt/jingmin', '/srv/jingmin'] : [join(tmpdir(), 'jingmin')]) {
    if (!durable) pruneThrowaways(base)
    const home = join(base, `cluster-${randomBytes(8).toString('hex')}`)
    try {
      mkdirSync(base, { recursive: true, mode: 0o755 })
      mkdirSync(home, { mode: 0o700 })
      chownSync(home, account.uid, account.gid)
    } catch {
      continue
    }
    if (!canWriteIn(account, home)) {
      rmSync(home, { recursive: true, force: true })
      continue
    }
    writeFileSync(join(own, `${POINTER}.new`), `${JSON.stringify({ home })}\n`)
    renameSync(join(own, `${POINTER}.new`), join(own, POINTER))
    // After the pointer: a cluster with an owner but no pointer is one to throw away.
    if (!durable) writeFileSync(`${home}.owner`, own)
    return home
  }
  throw new Error(
    `用户 ${account.name} 无法进入数据目录，也没有其他可用位置。\n` +
      `The user ${account.name} can reach neither the data folder nor /var/lib/jingmin, /opt/jingmin or /srv/jingmin.`,
  )
}

/** Throws away the clusters of test folders that are gone. */
function pruneThrowaways(base: string): void {
  if (!existsSync(base)) return
  for (const name of readdirSync(base)) {
    if (!name.endsWith('.owner')) continue
    const home = join(base, name.slice(0, -'.owner'.length))
    if (existsSync(join(readFileSync(join(base, name), 'utf8'), POINTER))) continue
    rmSync(home, { recursive: true, force: true })
    rmSync(join(base, name), { force: true })
  }
}

function ownerOf(folder: string): NonNullable<Account> {
  const { uid, gid } = statSync(folder)
  return accountOf(uid, gid)
}

function usableAccount(): NonNullable<Account> {
  const account = serverAccounts().find((one) => canRun(one, '/bin/true') || canRun(one, '/usr/bin/true'))
  if (account) return account
  throw new Error(
    '以 root 运行时，数据库需要用户 postgres 或 nobody，此机器上都不可用。请以普通用户运行，或设置 DATABASE_URL。\n' +
      'Run as root, the database needs the user postgres or nobody, and neither can be used here. ' +
      'Run as an ordinary user, or set DATABASE_URL.',
  )
}

/** The programs where the account can run them: in the project, or as a copy that root owns and all may read. */
function reachablePrograms(binaries: Binaries, account: NonNullable<Account>): string {
  if (canRun(account, program(binaries.native, 'postgres'))) return binaries.native
  for (const base of ['/var/lib/jingmin', join(tmpdir(), 'jingmin-programs')]) {
    try {
      const copy = copyOnce(binaries, base)
      if (canRun(account, program(copy, 'postgres'))) return copy
    } catch {
      // This place cannot be written or is not to be trusted: the next one.
    }
  }
  throw new Error(
    `用户 ${account.name} 无法运行数据库程序 ${binaries.native}。\n` +
      `The user ${account.name} cannot run the database programs in ${binaries.native}, nor a copy of them.`,
  )
}

function copyOnce(binaries: Binaries, base: string): string {
  mkdirSync(base, { recursive: true, mode: 0o755 })
  trusted(base)
  const target = join(base, `postgres-${binaries.version}-${process.arch}`)
  if (!existsSync(target)) {
    const draft = `${target}.${randomBytes(6).toString('hex')}`
    cpSync(binaries.native, draft, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(draft, target)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      if (!existsSync(target)) throw error
    }
  }
  trusted(target)
  return target
}

/** In a shared folder somebody else may have been first: root runs nothing that others can write. */
function trusted(folder: string): void {
  const stat = lstatSync(folder)
  if (!stat.isDirectory() || stat.uid !== 0 || (stat.mode & 0o022) !== 0)
    throw new Error(`${folder} is not root's own.`)
}
