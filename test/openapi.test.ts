import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { serviceWindowApi } from '#modules/service-window/index.ts'
import { openApiOf } from '#platform/http/openapi.ts'

const file = join(import.meta.dirname, '../docs/openapi.json')

/** `node --test test/openapi.test.ts` with JINGMIN_WRITE_OPENAPI=1 writes the document anew. */
test('docs/openapi.json says what the server is bound by', async () => {
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8'))
  const document = `${JSON.stringify(openApiOf(serviceWindowApi, version), null, 2)}\n`
  if (process.env.JINGMIN_WRITE_OPENAPI === '1') await writeFile(file, document)
  assert.equal(await readFile(file, 'utf8'), document)
})

test('every JSON endpoint states permission, audit event and reply', () => {
  for (const said of serviceWindowApi) {
    assert.ok(said.reply, said.path)
    assert.notEqual(said.permission, 'anyone', said.path)
  }
})
