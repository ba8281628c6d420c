import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

type Locked = {
  version?: string
  resolved?: string
  integrity?: string
  optionalDependencies?: Record<string, string>
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>
}

test('the lock file names the packages of every platform, so that npm ci works on each of them', () => {
  for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      const own = path === '' ? undefined : lock.packages[`${path}/node_modules/${name}`]
      assert.ok(own ?? lock.packages[`node_modules/${name}`], `${name}, wanted by ${path || 'the project'}`)
    }
  }
})

test('every locked package has its digest, and none the host it once came from', () => {
  for (const [path, { resolved, integrity }] of Object.entries(lock.packages)) {
    if (path === '') continue
    assert.match(integrity ?? '', /^sha512-/, path)
    assert.equal(resolved, undefined, path)
  }
})
