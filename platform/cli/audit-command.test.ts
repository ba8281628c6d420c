import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { behindTheTriggers, emptyLog, filledLog, folder, type TestLog } from '#platform/audit/audit-testing.ts'
import { openPool } from '#platform/db/pools.ts'
import type { Lang } from '#platform/i18n.ts'
import { auditCommand } from './audit-command.ts'

async function run(log: TestLog, args: string[], lang: Lang = 'zh') {
  const lines: string[] = []
  let code: number | undefined
  await auditCommand({
    openPool: async () => openPool(log.admin.options.connectionString!),
    publicKeys: () => [log.publicKey],
    witnessDir: log.witnessDir,
    lang,
    print: (line) => lines.push(line),
    exit: (given) => {
      code = given
    },
  }).parseAsync(args, { from: 'user' })
  return { code, text: lines.join('\n') }
}

const edit = (log: TestLog) =>
  behindTheTriggers(log.admin, `update platform.audit_entry set outcome = 'refused' where id = 42`)

test('verify ends with 0 for a whole log and says how much it saw, in both languages', async (t) => {
  const log = await filledLog(t)
  const zh = await run(log, ['verify'])
  assert.equal(zh.code, 0)
  assert.match(zh.text, /审计记录完整,与见证一致。\n条目 300,树头 5,见证 5/)
  assert.match((await run(log, ['verify'], 'en')).text, /whole and as witnessed\.\n300 entries, 5 heads, 5 witnessed/)
})

test('verify ends with 1 for an edited entry and names it', async (t) => {
  const log = await filledLog(t)
  await edit(log)
  const { code, text } = await run(log, ['verify'])
  assert.equal(code, 1)
  assert.match(text, /已被改动[\s\S]*条目 42\(序位 41\)/)
  const json = JSON.parse((await run(log, ['verify', '--json'])).text)
  assert.deepEqual([json.verdict, json.findings[0].entryId], ['broken', '42'])
})

test("verify holds the log against a witness's own copy and key", async (t: TestContext) => {
  const log = await filledLog(t)
  const other = await emptyLog(t)
  const keyFile = join(folder(t), 'keys.txt')
  writeFileSync(keyFile, `${log.publicKey}\n`)
  assert.equal((await run(log, ['verify', '--key', keyFile, '--witness', join(log.witnessDir, 'heads.txt')])).code, 0)
  writeFileSync(keyFile, `${other.publicKey}\n`)
  assert.equal((await run(log, ['verify', '--key', keyFile])).code, 1)
  assert.equal((await run(log, ['verify', '--witness', join(folder(t), 'none.txt')])).code, 1)
})

test('verify ends with 3 when the newest head is not witnessed, and with 2 when it cannot look', async (t) => {
  const log = await filledLog(t)
  const path = join(log.witnessDir, 'heads.txt')
  const notes = readFileSync(path, 'utf8')
  writeFileSync(path, notes.slice(0, notes.lastIndexOf(`${log.keys.auditOrigin}\n300`)))
  assert.equal((await run(log, ['verify'])).code, 3)
  const broken = await run({ ...log, publicKey: 'nonsense' }, ['verify'])
  assert.equal(broken.code, 2)
  assert.match(broken.text, /无法核验/)
})

test('head and proof print what other tools read, and say so when there is nothing', async (t) => {
  const log = await filledLog(t)
  const head = await run(log, ['head'])
  assert.match(head.text, /^jingmin-bridge\/audit\/\w+\n300\n/)
  const proof = await run(log, ['proof', '42'])
  assert.match(proof.text, /^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex 41\n/)
  assert.ok(proof.text.endsWith(head.text))
  for (const id of ['999', 'x', '99999999999999999999']) assert.equal((await run(log, ['proof', id])).code, 1)
  assert.equal((await run(log, ['key'])).text, log.publicKey)
  assert.equal((await run(await emptyLog(t), ['head'])).text, '尚无树头。')
})
