import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A user of the operating system under which the server runs; `null` means: whoever runs this program. */
export type Account = { name: string; uid: number; gid: number } | null

/** PostgreSQL refuses to run as root. */
export const runsAsRoot = (): boolean => process.getuid?.() === 0

/** The users root may lend the server to, best first: `postgres` if the machine has it, else `nobody`. */
export function serverAccounts(): NonNullable<Account>[] {
  const users = passwd()
  return ['postgres', '_postgres', 'nobody'].flatMap((name) => users.find((user) => user.name === name) ?? [])
}

/** The user with this number, for a cluster that already belongs to somebody. */
export function accountOf(uid: number, gid: number): NonNullable<Account> {
  return passwd().find((user) => user.uid === uid) ?? { name: String(uid), uid, gid }
}

/** The options that make a child process run as the account. */
export function spawnAs(account: Account): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {}
}

/** Whether the account can really enter this folder and write in it: tried, not guessed from the mode bits. */
export function canWriteIn(account: Account, folder: string): boolean {
  return tries(account, '/bin/sh', ['-c', 'cd "$1" && : > .probe && rm .probe', 'sh', folder])
}

/** Whether the account can really run this program. */
export function canRun(account: Account, program: string): boolean {
  return tries(account, program, ['--version'])
}

function tries(account: Account, program: string, args: string[]): boolean {
  const done = spawnSync(program, args, { ...spawnAs(account), cwd: '/', stdio: 'ignore', env: {}, timeout: 20_000 })
  return done.status === 0
}

function passwd(): NonNullable<Account>[] {
  let text = ''
  try {
    text = readFileSync('/etc/passwd', 'utf8')
  } catch {
    return []
  }
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    if (!name || name.startsWith('#') || !uid || !gid) return []
    // macOS writes nobody as -2; the system call wants it unsigned.
    return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }]
  })
}
