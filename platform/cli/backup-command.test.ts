import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { freeDatabase, ODD_ROWS, ODD_SCHEMA, rows, testFolder } from '#platform/backup/backup-testing.ts'
import { type BackupCommandDeps, backupCommands } from './backup-command.ts'

function desk(t: TestContext, url: string, more: Partial<BackupCommandDeps> = {}) {
  const keysDir = join(testFolder(t), 'keys')
  mkdirSync(keysDir)
  writeFileSync(join(keysDir, 'seal.1'), 'seal')
  let opened = 0
  const run = async (...args: string[]) => {
    const lines: string[] = []
    let code: number | undefined
    const deps: BackupCommandDeps = {
      openDatabase: async () => {
        opened += 1
        return {
          url,
          close: async () => {
            opened -= 1
          },
        }
      },
      shipped: async () => [{ name: '0001_odd', sha256: 'abc' }],
      rebuild: (at) => rows(at, ODD_SCHEMA),
      keysDir,
      running: () => null,
      passphrase: undefined,
      note: async () => {},
      now: () => Temporal.Instant.from('2026-11-23T01:00:00Z'),
      lang: 'zh',
      print: (line) => lines.push(line),
      exit: (given) => {
        code = given
      },
      ...more,
    }
    const command = backupCommands(deps).find((one) => one.name() === args[0])!
    await command.parseAsync(args.slice(1), { from: 'user' })
    assert.equal(opened, 0, 'what was opened is closed')
    return { code, text: lines.join('\n') }
  }
  return { run }
}

test('backup, check and restore say what they did, and say that no keys came along', async (t) => {
  const url = await freeDatabase(t, true)
  await rows(url, ODD_SCHEMA)
  await rows(url, ODD_ROWS)
  const folder = join(testFolder(t), 'copy')
  const made = await desk(t, url).run('backup', folder)
  assert.equal(made.code, 0)
  assert.match(made.text, /备份完成：7 张表，2506 行[\s\S]*不含密钥/)
  assert.match(
    (await desk(t, url, { lang: 'en' }).run('restore', folder, '--check')).text,
    /is whole.*7 tables, 2506 rows/,
  )
  const refused = await desk(t, url).run('restore', folder)
  assert.deepEqual([refused.code, /不为空/.test(refused.text)], [2, true])
  const target = await freeDatabase(t, false)
  const restored = await desk(t, target).run('restore', folder)
  assert.equal(restored.code, 0)
  assert.match(restored.text, /已恢复 2026-11-23T01:00:00Z[\s\S]*备份不含密钥/)
  assert.deepEqual(await rows(target, 'select count(*)::int as n from odd.journal'), [{ n: 2500 }])
})

test('a damaged backup ends with 1, names the file and opens no database', async (t) => {
  const url = await freeDatabase(t, true)
  await rows(url, ODD_SCHEMA)
  await rows(url, ODD_ROWS)
  const folder = testFolder(t)
  await desk(t, url).run('backup', folder)
  const path = join(folder, 'manifest.json')
  writeFileSync(path, readFileSync(path, 'utf8').replace('"rows": 2500', '"rows": 2501'))
  const openDatabase = () => assert.fail('the database was opened')
  const { code, text } = await desk(t, url, { openDatabase }).run('restore', folder, '--force')
  assert.equal(code, 1)
  assert.match(text, /manifest\.json/)
})

test('a passphrase from a file encrypts and brings the keys; none is restored into a running platform', async (t) => {
  const url = await freeDatabase(t, true)
  await rows(url, ODD_SCHEMA)
  const folder = testFolder(t)
  const file = join(testFolder(t), 'passphrase')
  writeFileSync(file, '口令\n')
  assert.match((await desk(t, url).run('backup', folder, '--passphrase-file', file)).text, /已加密，包含 1 个密钥文件/)
  assert.match((await desk(t, url).run('restore', folder, '--check')).text, /需要口令/)
  const target = await freeDatabase(t, false)
  const busy = await desk(t, target, { running: () => ({ pid: 4711 }), passphrase: '口令' }).run('restore', folder)
  assert.deepEqual([busy.code, /4711/.test(busy.text)], [2, true])
  const newKeys = join(testFolder(t), 'new')
  const fresh = desk(t, target, { passphrase: '口令', keysDir: newKeys })
  assert.match((await fresh.run('restore', folder)).text, /1 个密钥文件/)
  assert.equal(readFileSync(join(newKeys, 'seal.1'), 'utf8'), 'seal')
  writeFileSync(file, '\n')
  assert.match((await desk(t, url).run('backup', testFolder(t), '--passphrase-file', file)).text, /口令文件为空/)
})
