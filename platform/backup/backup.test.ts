import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { filledLog } from '../audit/audit-testing.ts'
import { verifyAudit } from '../audit/verify-audit.ts'
import { testSecrets } from '../db/fresh-database.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { openPool } from '../db/pools.ts'
import { prepareJobs } from '../jobs/boss.ts'
import { backup } from './backup.ts'
import { BackupError } from './backup-error.ts'
import { freeDatabase, ODD_ROWS, ODD_SCHEMA, rows, testFolder } from './backup-testing.ts'
import { restore } from './restore.ts'
import { verifyBackup } from './verify.ts'

const madeAt = Temporal.Instant.from('2026-11-23T01:00:00Z')
const shipped = async () => [{ name: '0001_odd', sha256: 'abc' }]
const rebuild = (url: string) => rows(url, ODD_SCHEMA)

/** Everything in the odd database that a restore must bring back. */
async function everything(url: string) {
  const tables = ['odd.thing', 'odd.journal', 'odd.seed', 'odd.empty', '"Schéma 2"."Tafel ""x"""']
  const found: Record<string, unknown> = {}
  for (const table of tables) found[table] = await rows(url, `select (t.*)::text as row from ${table} t order by 1`)
  found.next = await rows(
    url,
    `select nextval('odd.loose') as loose, nextval('odd.thing_id_seq') as thing, nextval('odd.journal_n_seq') as journal`,
  )
  return found
}

async function oddDatabase(t: TestContext) {
  const url = await freeDatabase(t, true)
  await rebuild(url)
  await rows(url, ODD_ROWS)
  return url
}

async function oddBackup(t: TestContext, passphrase?: string) {
  const url = await oddDatabase(t)
  const folder = join(testFolder(t), 'copy')
  const keysDir = join(testFolder(t), 'keys')
  mkdirSync(join(keysDir, 'audit'), { recursive: true })
  writeFileSync(join(keysDir, 'seal.1'), 'secret of the seal')
  writeFileSync(join(keysDir, 'audit', '1.pem'), Buffer.from([0, 255, 10]))
  writeFileSync(join(keysDir, 'postgres-superuser'), 'of this cluster alone')
  const report = await backup({ url, folder, madeAt, keysDir, passphrase })
  return { url, folder, keysDir, report }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
}

test('odd values, generated and identity columns, cycles and sequences come back as they were', async (t) => {
  const { url, folder, report } = await oddBackup(t)
  assert.deepEqual({ ...report, bytes: 0 }, { tables: 7, rows: 2506, bytes: 0, keys: 0, encrypted: false })
  const target = await freeDatabase(t, false)
  const done = await restore({ url: target, folder, shipped, rebuild })
  assert.equal(done.rows, 2506)
  assert.deepEqual(await everything(target), await everything(url))
  const [row] = await rows(target, 'select twice = t || t as twice, ascii(t) as first from odd.thing where id = 1')
  assert.deepEqual(row, { twice: true, first: 0x2cb4e })
  assert.deepEqual(await rows(target, 'select convert_from(value, $1) as value from platform.secret', ['UTF8']), [
    { value: 'made by rebuild' },
  ])
})

test('a snapshot is of one moment, whatever is written meanwhile', async (t) => {
  const url = await oddDatabase(t)
  const folder = testFolder(t)
  let wrote: Promise<unknown> | undefined
  const onTable = (): void => {
    wrote ??= rows(url, `insert into odd.thing (t) values ('too late'); update odd.seed set value = 'too late'`)
  }
  const report = await backup({ url, folder, madeAt, onTable })
  await wrote
  assert.equal(report.rows, 2506)
  const target = await freeDatabase(t, true)
  await restore({ url: target, folder, shipped, rebuild })
  assert.deepEqual(await rows(target, 'select value from odd.seed'), [{ value: 'changed here' }])
})

for (const passphrase of [undefined, '口令 correct horse']) {
  test(`a flipped byte in any file is noticed and named, ${passphrase ? 'encrypted' : 'plain'}`, async (t) => {
    const { folder } = await oddBackup(t, passphrase)
    await verifyBackup(folder, passphrase)
    const target = await freeDatabase(t, false)
    const names = filesOf(folder)
    assert.equal(names.length, passphrase ? 6 : 5)
    for (const name of names) {
      const path = join(folder, name)
      const whole = readFileSync(path)
      for (const at of [0, 5, whole.length >> 1, whole.length - 2, whole.length - 1]) {
        const broken = Buffer.from(whole)
        broken[at] = broken[at]! ^ 1
        writeFileSync(path, broken)
        const attempt = restore({ url: target, folder, shipped, rebuild, passphrase })
        await assert.rejects(attempt, { code: 'damaged', subject: name }, `${name} at ${at}`)
      }
      writeFileSync(path, whole.subarray(0, -1))
      await assert.rejects(verifyBackup(folder, passphrase), { code: 'damaged', subject: name })
      writeFileSync(path, whole)
    }
    await verifyBackup(folder, passphrase)
    writeFileSync(join(folder, 'tables', 'stranger'), '')
    await assert.rejects(verifyBackup(folder, passphrase), { code: 'damaged', subject: 'tables/stranger' })
    await assert.rejects(
      rows(target, 'select 1'),
      { code: '3D000' },
      'nothing was written: the database was not even created',
    )
  })
}

test('with a passphrase nothing can be read without it, and the keys come along', async (t) => {
  const passphrase = '口令 correct horse'
  const { url, folder, report } = await oddBackup(t, passphrase)
  assert.deepEqual([report.encrypted, report.keys], [true, 2])
  for (const name of filesOf(folder)) {
    const bytes = readFileSync(join(folder, name))
    assert.equal(bytes.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b])), false, name)
    assert.equal(statSync(join(folder, name)).mode & 0o077, 0)
  }
  await assert.rejects(verifyBackup(folder), { code: 'passphrase-needed' })
  await assert.rejects(verifyBackup(folder, 'another'), { code: 'wrong-passphrase' })
  const target = await freeDatabase(t, true)
  const keysDir = join(testFolder(t), 'new', 'keys')
  let seen = ''
  const watched = async (at: string) => {
    seen = readFileSync(join(keysDir, 'seal.1'), 'utf8')
    await rebuild(at)
  }
  await restore({ url: target, folder, shipped, rebuild: watched, passphrase, keysDir })
  assert.equal(seen, 'secret of the seal')
  assert.deepEqual(readFileSync(join(keysDir, 'audit', '1.pem')), Buffer.from([0, 255, 10]))
  assert.equal(statSync(join(keysDir, 'seal.1')).mode & 0o777, 0o600)
  assert.equal(existsSync(join(keysDir, 'postgres-superuser')), false)
  assert.deepEqual(await everything(target), await everything(url))
})

test('neither a database with tables nor a differing key is replaced without force', async (t) => {
  const passphrase = 'p'
  const { folder, url } = await oddBackup(t, passphrase)
  const target = await freeDatabase(t, true)
  const keysDir = testFolder(t)
  writeFileSync(join(keysDir, 'seal.1'), 'another seal')
  const options = { url: target, folder, shipped, rebuild, passphrase, keysDir }
  await assert.rejects(restore(options), { code: 'keys-differ' })
  await rows(target, 'create table precious (id int)')
  await assert.rejects(restore({ ...options, keysDir: undefined }), { code: 'database-not-empty' })
  assert.deepEqual(await rows(target, 'select * from precious'), [])
  await restore({ ...options, force: true })
  assert.deepEqual(await everything(target), await everything(url))
  assert.equal(readFileSync(join(keysDir, 'seal.1'), 'utf8'), 'secret of the seal')
  assert.equal(readFileSync(join(keysDir, 'seal.1.before-restore-20261123T010000Z'), 'utf8'), 'another seal')
})

test('a backup of another release is refused before anything is written, one that does not fit leaves nothing behind', async (t) => {
  const { folder } = await oddBackup(t)
  const target = await freeDatabase(t, false)
  const newer = async () => [...(await shipped()), { name: '0002_more', sha256: 'def' }]
  const refused = { code: 'other-release', subject: '0002_more' }
  await assert.rejects(restore({ url: target, folder, shipped: newer, rebuild }), refused)
  await assert.rejects(rows(target, 'select 1'), { code: '3D000' })
  const differing = (at: string) => rows(at, `${ODD_SCHEMA}; alter table odd.thing alter price type numeric(10, 2)`)
  await assert.rejects(restore({ url: target, folder, shipped, rebuild: differing }), { subject: 'odd.thing' })
  assert.deepEqual(await rows(target, `select from pg_namespace where nspname = 'odd'`), [])
})

test('a folder with something in it is not written into, and one without a manifest is no backup', async (t) => {
  const { url, folder } = await oddBackup(t)
  await assert.rejects(backup({ url, folder, madeAt }), { code: 'folder-not-empty' })
  await assert.rejects(
    verifyBackup(testFolder(t)),
    (error) => error instanceof BackupError && /没有完整的备份/.test(error.message),
  )
})

test('a login from which row-level security hides rows makes no backup rather than a thin one', async (t) => {
  const url = await oddDatabase(t)
  const role = new URL(url).pathname.slice(1)
  await rows(
    url,
    `create role ${role} login password 'x'; grant usage on schema odd, platform, "Schéma 2" to ${role};
     grant select on all tables in schema odd, platform, "Schéma 2" to ${role};
     alter table odd.thing enable row level security`,
  )
  const limited = new URL(url)
  limited.username = role
  limited.password = 'x'
  const attempt = backup({ url: limited.href, folder: testFolder(t), madeAt })
  await assert.rejects(
    attempt.finally(() => rows(url, `drop owned by ${role}; drop role ${role}`)),
    { code: '42501' },
  )
})

test('a database of this release comes back whole, and its audit log still verifies', async (t) => {
  const log = await filledLog(t)
  const folder = testFolder(t)
  await backup({ url: log.admin.options.connectionString!, folder, madeAt })
  const target = await freeDatabase(t, false)
  const real = { url: target, folder, shipped: readMigrations }
  await restore({
    ...real,
    rebuild: async (url) => {
      await migrate(url, testSecrets)
      await prepareJobs(url)
    },
  })
  const pool = openPool(target)
  t.after(() => pool.end())
  const report = await verifyAudit(pool, { witnessDir: log.witnessDir, publicKey: log.publicKey })
  assert.deepEqual([report.verdict, report.entries], ['whole', 300])
})
