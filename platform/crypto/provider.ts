import { type CipherGCMTypes, createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { KeyRing, SecretKey } from './key-ring.ts'

export type SealProviderName = 'sm' | 'aes'

/** Seals single values under keys that the database does not have. */
export type SealProvider = {
  name: SealProviderName
  /** `<provider>1.<key version>.<base64url>`; the same text sealed twice differs. */
  seal(plain: string, context: string): string
  /** Opens what either provider sealed. `context` must be the one given to `seal`. Throws SealError. */
  open(sealed: string, context: string): string
  /** Hex, behind the key's version from the second one on. Equal values of one kind give equal indexes; without the key the value cannot be found by trying. */
  blindIndex(kind: string, value: string): string
  /** One index for each key version, newest first: what to look for while a rotation is being carried through. */
  blindIndexes(kind: string, value: string): string[]
}

export class SealError extends Error {
  readonly code: 'malformed' | 'unknown-key-version' | 'not-authentic'
  constructor(code: 'malformed' | 'unknown-key-version' | 'not-authentic', message: string) {
    super(message)
    this.name = 'SealError'
    this.code = code
  }
}

type Suite = { cipher: CipherGCMTypes | 'sm4-gcm'; keyBytes: number; digest: 'sm3' | 'sha256' }

// sm: GB/T 32907 SM4 in GCM (RFC 8998) with GB/T 32905 SM3. The dictionary is closed: text chooses no algorithm.
const suites: Record<SealProviderName, Suite> = {
  sm: { cipher: 'sm4-gcm', keyBytes: 16, digest: 'sm3' },
  aes: { cipher: 'aes-256-gcm', keyBytes: 32, digest: 'sha256' },
}
const nonceBytes = 12
const tagBytes = 16
const sealedText = /^(sm|aes)1\.([1-9]\d{0,8})\.([A-Za-z0-9_-]+)$/

/** The provider for one installation. `sm` needs Node 26 or an approved module in its place. */
export function createSealProvider(name: SealProviderName, keys: KeyRing): SealProvider {
  const sealKey = derivedKeys('seal')
  const indexKey = derivedKeys('blind-index')
  const indexUnder = (key: SecretKey, kind: string, value: string) =>
    `${key.version > 1 ? `${key.version}.` : ''}${createHmac(suites[name].digest, indexKey(name, key))
      .update(`${Buffer.byteLength(kind)}:${kind}:${value}`)
      .digest('hex')}`
  return {
    name,
    seal(plain, context) {
      const key = keys.current('seal')
      const header = `${name}1.${key.version}`
      return `${header}.${encrypt(suites[name], sealKey(name, key), header, context, plain).toString('base64url')}`
    },
    open(sealed, context) {
      const { suiteName, version, body } = parseSealed(sealed)
      const key = keys.version('seal', version)
      if (!key)
        throw new SealError('unknown-key-version', `sealed under key version ${version}, which the key ring lacks`)
      return decrypt(suites[suiteName], sealKey(suiteName, key), `${suiteName}1.${version}`, context, body)
    },
    blindIndex: (kind, value) => indexUnder(keys.current('blind-index'), kind, value),
    blindIndexes: (kind, value) => keys.versions('blind-index').map((key) => indexUnder(key, kind, value)),
  }
}

/** The context of a column's value: moved to another row, column or table it does not open. */
export function sealContext(table: string, column: string, rowId: string): string {
  return JSON.stringify([table, column, rowId])
}

// One root key per purpose, one derived key per algorithm: the same bits never serve SM4 and AES.
function derivedKeys(purpose: 'seal' | 'blind-index') {
  const cache = new Map<string, Buffer>()
  return (name: SealProviderName, key: SecretKey): Buffer => {
    const id = `${name}.${key.version}`
    const known = cache.get(id)
    if (known) return known
    const suite = suites[name]
    const length = purpose === 'seal' ? suite.keyBytes : 32
    const derived = Buffer.from(hkdfSync(suite.digest, key.bytes, '', `jingmin ${purpose} ${name}`, length))
    cache.set(id, derived)
    return derived
  }
}

function parseSealed(sealed: string): { suiteName: SealProviderName; version: number; body: Buffer } {
  const match = sealedText.exec(sealed)
  const body = Buffer.from(match?.[3] ?? '', 'base64url')
  // The second test refuses text whose spare bits differ from what `seal` writes.
  if (!match || body.toString('base64url') !== match[3] || body.length < nonceBytes + tagBytes) {
    throw new SealError('malformed', 'not a sealed value')
  }
  return { suiteName: match[1] as SealProviderName, version: Number(match[2]), body }
}

function encrypt(suite: Suite, key: Buffer, header: string, context: string, plain: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(suite.cipher as CipherGCMTypes, key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(associatedData(header, context))
  return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

function decrypt(suite: Suite, key: Buffer, header: string, context: string, body: Buffer): string {
  const nonce = body.subarray(0, nonceBytes)
  const decipher = createDecipheriv(suite.cipher as CipherGCMTypes, key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(associatedData(header, context))
  decipher.setAuthTag(body.subarray(body.length - tagBytes))
  try {
    const opened = decipher.update(body.subarray(nonceBytes, body.length - tagBytes))
    return Buffer.concat([opened, decipher.final()]).toString('utf8')
  } catch {
    throw new SealError('not-authentic', 'sealed value was altered, or belongs to another row or column')
  }
}

function associatedData(header: string, context: string): Buffer {
  return Buffer.from(`${header}|${context}`, 'utf8')
}
