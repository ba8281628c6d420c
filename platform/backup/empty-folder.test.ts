import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '#config'
import { openServer } from '#platform/installation.ts'
import { testFolder } from './backup-testing.ts'

test('opening the database for a restore makes no keys, which would stand in the way of those of the backup', async (t) => {
  const dataDir = join(testFolder(t), 'data')
  const config = readConfig({ JINGMIN_DATA: dataDir, JINGMIN_MODE: 'live', LOG_LEVEL: 'silent' })
  const server = await openServer(config)
  await server.stop()
  assert.ok(existsSync(join(dataDir, 'keys')))
  assert.deepEqual(readdirSync(join(dataDir, 'keys')), ['postgres-superuser'])
})
