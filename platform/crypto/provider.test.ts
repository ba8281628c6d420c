import assert from 'node:assert/strict'
import { type CipherGCMTypes, createCipheriv, createHash, createHmac } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { addKeyVersion, keyDirectory, loadKeyRing, secretPurposes } from './key-ring.ts'
import { KeyRingError } from './key-ring-error.ts'
import { createSealProvider, SealError, type SealProviderName, sealContext } from './provider.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const names: SealProviderName[] = ['sm', 'aes']
const context = sealContext('complaints.identity', 'name', '7')

function keyDir(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'jingmin-keys-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

function sealError(code: SealError['code']) {
  return (error: unknown) => error instanceof SealError && error.code === code
}

function keyError(code: KeyRingError['code']) {
  return (error: unknown) => error instanceof KeyRingError && error.code === code
}

test('SM3 gives the digests of GB/T 32905 appendix A', () => {
  const sm3 = (text: string) => createHash('sm3').update(text).digest('hex')
  assert.equal(sm3('abc'), '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
  assert.equal(sm3('abcd'.repeat(16)), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
})

test('HMAC-SM3 is the HMAC construction over SM3', () => {
  const key = Buffer.alloc(64, 'k')
  const padded = (pad: number) => key.map((byte) => byte ^ pad)
  const inner = createHash('sm3').update(padded(0x36)).update('phone').digest()
  const outer = createHash('sm3').update(padded(0x5c)).update(inner).digest('hex')
  assert.equal(createHmac('sm3', key).update('phone').digest('hex'), outer)
})

test('SM4 gives the block of GB/T 32907 appendix A', () => {
  const key = hex('0123456789abcdeffedcba9876543210')
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  assert.equal(cipher.update(key).toString('hex'), '681edf34d206965e86b3e94f536e4246')
})

test('SM4-GCM gives the ciphertext and tag of RFC 8998 appendix A', () => {
  const key = hex('0123456789ABCDEFFEDCBA9876543210')
  const cipher = createCipheriv('sm4-gcm' as CipherGCMTypes, key, hex('00001234567800000000ABCD'), {
    authTagLength: 16,
  })
  cipher.setAAD(hex('FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2'))
  const plain = hex(
    'AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDDEEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA',
  )
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('hex')
  assert.equal(
    sealed,
    '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec',
  )
})

for (const name of names) {
  test(`${name}: a sealed value opens in its place, and sealing twice never gives the same text`, (t) => {
    const provider = createSealProvider(name, loadKeyRing(keyDir(t)))
    for (const plain of ['', '13800138000', '欧阳·艾力江 𠮷', 'x'.repeat(10_000)]) {
      const sealed = provider.seal(plain, context)
      assert.match(sealed, new RegExp(`^${name}1\\.1\\.[\\w-]+$`))
      assert.equal(provider.open(sealed, context), plain)
      assert.notEqual(provider.seal(plain, context), sealed)
    }
  })

  test(`${name}: a value does not open in another row, column or table`, (t) => {
    const provider = createSealProvider(name, loadKeyRing(keyDir(t)))
    const sealed = provider.seal('张三', context)
    for (const other of [
      sealContext('complaints.identity', 'name', '8'),
      sealContext('complaints.identity', 'phone', '7'),
      sealContext('callback.contact', 'name', '7'),
      '',
    ]) {
      assert.throws(() => provider.open(sealed, other), sealError('not-authentic'))
    }
  })

  test(`${name}: every flipped byte, cut or lengthened text is refused`, (t) => {
    const provider = createSealProvider(name, loadKeyRing(keyDir(t)))
    const sealed = provider.seal('张三', context)
    const start = sealed.lastIndexOf('.') + 1
    const body = Buffer.from(sealed.slice(start), 'base64url')
    for (let i = 0; i < body.length; i++) {
      const flipped = Buffer.from(body)
      flipped[i]! ^= 1
      const altered = sealed.slice(0, start) + flipped.toString('base64url')
      assert.throws(() => provider.open(altered, context), sealError('not-authentic'), `byte ${i}`)
    }
    assert.throws(() => provider.open(`${sealed}AAAA`, context), SealError)
    assert.throws(() => provider.open(sealed.slice(0, -4), context), SealError)
  })

  test(`${name}: a key version the ring lacks is named, and cannot be claimed for another`, (t) => {
    const dir = keyDir(t)
    loadKeyRing(dir)
    addKeyVersion(dir, 'seal')
    const provider = createSealProvider(name, loadKeyRing(dir))
    const sealed = provider.seal('张三', context)
    assert.match(sealed, /^\w+\.2\./)
    assert.throws(() => provider.open(sealed.replace('.2.', '.3.'), context), sealError('unknown-key-version'))
    assert.throws(() => provider.open(sealed.replace('.2.', '.1.'), context), sealError('not-authentic'))
  })

  test(`${name}: what is not sealed text is refused as such`, (t) => {
    const provider = createSealProvider(name, loadKeyRing(keyDir(t)))
    for (const text of [
      '',
      '张三',
      `${name}1.1.`,
      `${name}1.1.AAAA`,
      `${name}2.1.${'A'.repeat(60)}`,
      `des1.1.${'A'.repeat(60)}`,
    ]) {
      assert.throws(() => provider.open(text, context), sealError('malformed'), text)
    }
    const sealed = provider.seal('张三', context)
    assert.throws(() => provider.open(sealed.replace('.1.', '.01.'), context), sealError('malformed'))
  })

  test(`${name}: a blind index is equal for equal values of one kind under one key, and for nothing else`, (t) => {
    const dir = keyDir(t)
    const provider = createSealProvider(name, loadKeyRing(dir))
    const index = provider.blindIndex('phone', '13800138000')
    assert.match(index, /^[0-9a-f]{64}$/)
    assert.equal(createSealProvider(name, loadKeyRing(dir)).blindIndex('phone', '13800138000'), index)
    assert.notEqual(provider.blindIndex('phone', '13800138001'), index)
    assert.notEqual(provider.blindIndex('identity', '13800138000'), index)
    assert.notEqual(provider.blindIndex('a', 'b:c'), provider.blindIndex('a:b', 'c'))
    assert.notEqual(createSealProvider(name, loadKeyRing(keyDir(t))).blindIndex('phone', '13800138000'), index)
  })
}

test('each provider opens what the other sealed, so that a change of provider locks nothing in', (t) => {
  const keys = loadKeyRing(keyDir(t))
  const [sm, aes] = [createSealProvider('sm', keys), createSealProvider('aes', keys)]
  assert.equal(sm.open(aes.seal('张三', context), context), '张三')
  assert.equal(aes.open(sm.seal('李四', context), context), '李四')
  assert.notEqual(sm.blindIndex('phone', '1'), aes.blindIndex('phone', '1'))
})

test('after a rotation new values carry the new version, old ones still open, and both indexes are looked for', (t) => {
  const dir = keyDir(t)
  const before = createSealProvider('sm', loadKeyRing(dir))
  const old = before.seal('张三', context)
  assert.equal(addKeyVersion(dir, 'seal'), 2)
  assert.equal(addKeyVersion(dir, 'blind-index'), 2)
  const after = createSealProvider('sm', loadKeyRing(dir))
  assert.equal(after.open(old, context), '张三')
  assert.match(after.seal('张三', context), /^sm1\.2\./)
  const [newest, oldest] = after.blindIndexes('phone', '1')
  assert.equal(oldest, before.blindIndex('phone', '1'))
  assert.equal(newest, after.blindIndex('phone', '1'))
  assert.notEqual(newest, oldest)
})

test('the key ring is made once, for its owner alone, with different keys for different purposes', (t) => {
  const dir = join(keyDir(t), 'keys')
  const ring = loadKeyRing(dir)
  assert.deepEqual(loadKeyRing(dir).fingerprints(), ring.fingerprints())
  assert.equal(loadKeyRing(dir).auditOrigin, ring.auditOrigin)
  assert.deepEqual(readdirSync(dir).sort(), [...secretPurposes, 'audit-signing'].map((name) => `${name}.json`).sort())
  assert.equal(statSync(dir).mode & 0o777, 0o700)
  for (const file of readdirSync(dir)) assert.equal(statSync(join(dir, file)).mode & 0o777, 0o600)
  const secrets = secretPurposes.map((purpose) => ring.current(purpose).bytes.toString('hex'))
  assert.equal(new Set(secrets).size, secretPurposes.length)
  assert.equal(ring.auditSigning[0]?.publicKey.asymmetricKeyType, 'ed25519')
  for (const secret of secrets) assert.ok(!JSON.stringify(ring.fingerprints()).includes(secret))
})

test('a key file that others may read, that is missing or that is damaged stops the start and is not replaced', (t) => {
  const dir = keyDir(t)
  assert.throws(() => loadKeyRing(dir, { create: false }), keyError('missing'))
  assert.deepEqual(readdirSync(dir), [])
  loadKeyRing(dir)
  const path = join(dir, 'seal.json')
  chmodSync(path, 0o640)
  assert.throws(() => loadKeyRing(dir), keyError('too-open'))
  chmodSync(path, 0o600)
  const good = readFileSync(path, 'utf8')
  const { keys } = JSON.parse(good)
  for (const bad of [
    '',
    '{',
    'null',
    good.replace('"seal"', '"actor"'),
    JSON.stringify({ purpose: 'seal', keys: [] }),
    JSON.stringify({ purpose: 'seal', keys: [...keys, ...keys] }),
    JSON.stringify({ purpose: 'seal', keys: [{ ...keys[0], key: 'AAAA' }] }),
    JSON.stringify({ purpose: 'seal', keys: [{ ...keys[0], version: 0 }] }),
  ]) {
    writeFileSync(path, bad)
    assert.throws(() => loadKeyRing(dir), keyError('malformed'), bad)
    assert.equal(readFileSync(path, 'utf8'), bad)
  }
  writeFileSync(path, good)
  writeFileSync(join(dir, 'audit-signing.json'), good.replace('"seal"', '"audit-signing"'))
  assert.throws(() => loadKeyRing(dir), keyError('malformed'))
})

test('the keys are where JINGMIN_KEYS says, else under the data directory', (t) => {
  assert.equal(keyDirectory({ JINGMIN_KEYS: '/media/token' }, '/var/jingmin'), '/media/token')
  assert.equal(keyDirectory({}, '/var/jingmin'), join('/var/jingmin', 'keys'))
  const dir = join(keyDir(t), 'a', 'b')
  mkdirSync(dir, { recursive: true })
  assert.equal(loadKeyRing(dir).current('cookie').bytes.length, 32)
})
