import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { assetUrl, buildIslands } from './build.ts'
import { keyMeaning } from './lib/keys.ts'

const key = (name: string, more = {}) => ({
  key: name,
  isComposing: false,
  keyCode: 0,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

test('while an input method composes, no key means anything', () => {
  for (const name of ['Enter', '/', 'j', 'Escape', '1']) {
    assert.equal(keyMeaning(key(name, { isComposing: true }), false), null)
    assert.equal(keyMeaning(key(name, { keyCode: 229 }), false), null)
    assert.equal(keyMeaning(key(name, { keyCode: 229, ctrlKey: true }), true), null)
  }
})

test('keys mean what the table of keys says, and nothing inside a field but Esc and Ctrl+Enter', () => {
  const expected = {
    '/': 'search',
    '?': 'help',
    j: 'next',
    ArrowUp: 'previous',
    Enter: 'open',
    Escape: 'back',
    '3': 3,
    '0': null,
    x: null,
  }
  for (const [name, meaning] of Object.entries(expected)) assert.equal(keyMeaning(key(name), false), meaning, name)
  assert.equal(keyMeaning(key('j'), true), null)
  assert.equal(keyMeaning(key('/'), true), null)
  assert.equal(keyMeaning(key('Escape'), true), 'back')
  assert.equal(keyMeaning(key('Enter', { ctrlKey: true }), true), 'send')
  assert.equal(keyMeaning(key('k', { ctrlKey: true }), false), null)
})

test('every key handler begins with the guard for input methods', () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'),
  )
  const handlers = sources.flatMap((name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8')
    return [...text.matchAll(/addEventListener\('key\w+', [^{]*\{\s*(.*)/g)].map((match) => ({
      name,
      first: match[1] ?? '',
    }))
  })
  assert.ok(handlers.length > 0)
  for (const { name, first } of handlers)
    assert.match(first, /^if \(e\.isComposing \|\| e\.keyCode === 229\) return/, name)
})

test('scripts and style sheets are named by their content, compressed, and within their budgets', async () => {
  const assets = await buildIslands()
  for (const [name, budget] of [
    ['swap.js', 4096],
    ['site.js', 1024],
    ['console.css', 8192],
    ['site.css', 8192],
  ] as const) {
    const url = assetUrl(name)
    assert.match(url, /^\/assets\/[a-z]+-[0-9a-f]{10}\.(?:js|css)$/)
    const asset = assets.get(url)
    assert.ok(asset, name)
    assert.ok(asset.gz.length <= budget, `${name}: ${asset.gz.length} bytes`)
    assert.deepEqual(gunzipSync(asset.gz), asset.body)
  }
})

test('the style sheets ask for nothing that an old browser lacks, and for nothing from elsewhere', async () => {
  const assets = await buildIslands()
  for (const name of ['console.css', 'site.css']) {
    const css = assets.get(assetUrl(name))?.body.toString() ?? ''
    assert.doesNotMatch(css, /:has\(|@layer|@container|color-mix|@import|url\(/, name)
  }
})
