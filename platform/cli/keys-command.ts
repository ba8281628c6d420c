import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import type { Pool } from 'pg'
import { insertAudit } from '../audit/audit-entry.ts'
import { addKeyVersion, type KeyRing, keyDates, loadKeyRing, removeKeyVersion } from '../crypto/key-ring.ts'
import { createSealProvider, type SealProviderName } from '../crypto/provider.ts'
import { type KeyUse, keyUse, rekey } from '../crypto/rekey.ts'
import type { SealedTable } from '../crypto/sealed-columns.ts'
import { kyselyOn } from '../db/kysely-on.ts'
import { type Lang, messages } from '../i18n.ts'

export type KeysCommandDeps = {
  /** A pool of the migrating login. Closed by the command. */
  openPool(): Promise<Pool>
  tables: readonly SealedTable[]
  keysDir: string
  crypto: SealProviderName
  /** Whether a process serves this data folder now, which has to see a new key before values come under it. */
  serving(): boolean
  /** Longer than a serving process takes to read its key files again. */
  seenAfterMs: number
  lang: Lang
  print(line: string): void
  /** 0 done, 1 something is left to do, 2 not done. */
  exit(code: number): void
}

const purposes = ['seal', 'blind-index'] as const
type Purpose = (typeof purposes)[number]
const words = messages(
  {
    keys: '密钥：查看、轮换、清除旧版本',
    status: '显示各版本密钥和仍在使用它的数据量',
    rotate: '生成新版本密钥，并分批重新加密、重建索引（不停机；中断后再次运行即继续）',
    keyOnly: '只生成新版本，不处理数据（密钥文件需先分发到其他机器时使用；之后再次运行）',
    retire: '删除没有任何数据使用的旧版本密钥',
    yes: '确认删除；此前的备份仍需要旧密钥时，请先另行保管',
    added: (purpose: string, version: number) => `${purpose}：已生成第 ${version} 版。`,
    goesOn: (purpose: string, version: number) => `${purpose}：第 ${version} 版尚未完成，继续。`,
    waiting: '平台正在运行，等待其读取新密钥……',
    batch: (table: string, rows: number) => `${table}：${rows} 行`,
    done: (rows: number) => `完成：重新加密 ${rows} 行，全部数据使用现行密钥。`,
    left: (values: number) => `仍有 ${values} 个值使用旧密钥，请再次运行。`,
    line: (k: { purpose: string; version: number; created: string; values: number; current: boolean }) =>
      `${k.purpose}  第 ${k.version} 版  ${k.created}  ${k.values} 个值${k.current ? '  现行' : ''}`,
    none: '没有可以删除的旧版本。',
    would: (purpose: string, version: number) => `${purpose} 第 ${version} 版可以删除；确认请加 --yes。`,
    retired: (purpose: string, version: number) => `${purpose} 第 ${version} 版已删除。`,
    failed: (why: string) => `未完成：${why}`,
  },
  {
    keys: 'Keys: look at them, rotate them, remove old versions',
    status: 'Show the versions of each key and how many values use them',
    rotate:
      'Make a new version and seal and index everything again in batches, while serving; killed, run it again and it goes on',
    keyOnly:
      'make the new version only and touch no data (when key files must first be copied to other machines; then run again)',
    retire: 'Remove old versions that no value uses',
    yes: 'do it; where an earlier backup still needs them, keep a copy elsewhere first',
    added: (purpose, version) => `${purpose}: version ${version} made.`,
    goesOn: (purpose, version) => `${purpose}: version ${version} is not carried through yet; going on.`,
    waiting: 'The platform is running; waiting until it has read the new key …',
    batch: (table, rows) => `${table}: ${rows} rows`,
    done: (rows) => `Done: ${rows} rows sealed again; everything stands under the current keys.`,
    left: (values) => `${values} values still stand under an old key; run it again.`,
    line: (k) => `${k.purpose}  version ${k.version}  ${k.created}  ${k.values} values${k.current ? '  current' : ''}`,
    none: 'There is no old version to remove.',
    would: (purpose, version) => `${purpose} version ${version} can be removed; say --yes to do it.`,
    retired: (purpose, version) => `${purpose} version ${version} removed.`,
    failed: (why) => `Not done: ${why}`,
  },
)

/** `jingmin keys status|rotate|retire`. */
export function keysCommand(deps: KeysCommandDeps): Command {
  const text = words(deps.lang)
  const command = new Command('keys').description(text.keys)
  command
    .command('status')
    .description(text.status)
    .action(() => guarded(deps, status))
  command
    .command('rotate')
    .description(text.rotate)
    .option('--key-only', text.keyOnly)
    .action((flags: { keyOnly?: boolean }) => guarded(deps, (d, pool) => rotate(d, pool, flags.keyOnly === true)))
  command
    .command('retire')
    .description(text.retire)
    .option('--yes', text.yes)
    .action((flags: { yes?: boolean }) => guarded(deps, (d, pool) => retire(d, pool, flags.yes === true)))
  return command
}

async function status(deps: KeysCommandDeps, pool: Pool): Promise<number> {
  const ring = loadKeyRing(deps.keysDir, { create: false })
  const use = await keyUse(pool, deps.tables)
  for (const purpose of purposes) {
    for (const { version, created } of keyDates(deps.keysDir, purpose)) {
      const current = version === ring.current(purpose).version
      deps.print(words(deps.lang).line({ purpose, version, created, values: valuesOf(use, purpose, version), current }))
    }
  }
  return leftOver(use, ring) > 0 ? 1 : 0
}

async function rotate(deps: KeysCommandDeps, pool: Pool, keyOnly: boolean): Promise<number> {
  const text = words(deps.lang)
  const before = await keyUse(pool, deps.tables)
  const known = loadKeyRing(deps.keysDir, { create: false })
  let added = 0
  for (const purpose of purposes) {
    const { version } = known.current(purpose)
    // A rotation that was cut short is finished before another begins.
    if (before.some((use) => use.purpose === purpose && use.version !== version && use.values > 0))
      deps.print(text.goesOn(purpose, version))
    else {
      const next = addKeyVersion(deps.keysDir, purpose)
      added += 1
      await note(pool, 'keys.version-added', purpose, { version: next })
      deps.print(text.added(purpose, next))
    }
  }
  if (keyOnly) return 1
  if (added > 0 && deps.serving()) {
    deps.print(text.waiting)
    await sleep(deps.seenAfterMs)
  }
  const ring = loadKeyRing(deps.keysDir, { create: false })
  const rows = await rekey(pool, deps.tables, { ring, seal: createSealProvider(deps.crypto, ring) }, (table, count) =>
    deps.print(text.batch(table, count)),
  )
  await note(pool, 'keys.carried-through', 'seal', { rows })
  const left = leftOver(await keyUse(pool, deps.tables), ring)
  deps.print(left > 0 ? text.left(left) : text.done(rows))
  return left > 0 ? 1 : 0
}

async function retire(deps: KeysCommandDeps, pool: Pool, yes: boolean): Promise<number> {
  const text = words(deps.lang)
  const ring = loadKeyRing(deps.keysDir, { create: false })
  const use = await keyUse(pool, deps.tables)
  let found = 0
  for (const purpose of purposes) {
    for (const { version } of ring.versions(purpose).slice(1)) {
      if (valuesOf(use, purpose, version) > 0) continue
      found += 1
      if (yes) {
        removeKeyVersion(deps.keysDir, purpose, version)
        await note(pool, 'keys.version-removed', purpose, { version })
      }
      deps.print(yes ? text.retired(purpose, version) : text.would(purpose, version))
    }
  }
  if (found === 0) deps.print(text.none)
  return 0
}

function valuesOf(use: readonly KeyUse[], purpose: Purpose, version: number): number {
  return use.find((one) => one.purpose === purpose && one.version === version)?.values ?? 0
}

function leftOver(use: readonly KeyUse[], ring: KeyRing): number {
  return use
    .filter(({ purpose, version }) => version !== ring.current(purpose).version)
    .reduce((sum, { values }) => sum + values, 0)
}

async function note(pool: Pool, event: string, purpose: Purpose, data: object): Promise<void> {
  const client = await pool.connect()
  try {
    await insertAudit(kyselyOn(client), {
      at: Temporal.Now.instant(),
      actorKind: 'system',
      actorId: null,
      event,
      subjectKind: 'key',
      subjectId: purpose,
      unitId: null,
      outcome: 'done',
      data,
      requestId: null,
    })
  } finally {
    client.release()
  }
}

async function guarded(
  deps: KeysCommandDeps,
  work: (deps: KeysCommandDeps, pool: Pool) => Promise<number>,
): Promise<void> {
  try {
    const pool = await deps.openPool()
    try {
      deps.exit(await work(deps, pool))
    } finally {
      await pool.end()
    }
  } catch (error) {
    deps.print(words(deps.lang).failed((error as Error).message))
    deps.exit(2)
  }
}
