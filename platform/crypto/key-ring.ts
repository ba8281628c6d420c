import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { join } from 'node:path'
import { KeyRingError } from './key-ring-error.ts'
import { createFileOnce, readPrivateFile, replaceFile } from './private-file.ts'

/** What a key is for. No key serves two purposes. */
export type KeyPurpose = (typeof secretPurposes)[number]
export const secretPurposes = ['seal', 'blind-index', 'actor', 'code', 'cookie'] as const

export type SecretKey = { version: number; bytes: Buffer }
export type SigningKey = { version: number; privateKey: KeyObject; publicKey: KeyObject }

/**
 * All keys of one installation. The highest version is current; older ones still open. A version added while we serve is
 * seen within two seconds, and at once by whoever meets a value sealed under it.
 */
export type KeyRing = {
  current(purpose: KeyPurpose): SecretKey
  /** Undefined when the ring has no such version. */
  version(purpose: KeyPurpose, version: number): SecretKey | undefined
  /** Newest first. */
  versions(purpose: KeyPurpose): readonly SecretKey[]
  /** The name under which audit heads are signed; the same for the life of the log. */
  auditOrigin: string
  /** Newest first. */
  auditSigning: readonly SigningKey[]
  /** Short digests without secret content: which keys an installation has, to compare with the ones its data were sealed under. */
  fingerprints(): Record<string, string>
}

type StoredKey = { version: number; created: string; key: string }
type KeyFile = { purpose: string; origin?: string; keys: StoredKey[] }

const auditPurpose = 'audit-signing'

/** Where the keys are: JINGMIN_KEYS, else `keys` under the data directory. Never inside the database. */
export function keyDirectory(env: Record<string, string | undefined>, dataDir: string): string {
  return env.JINGMIN_KEYS || join(dataDir, 'keys')
}

/**
 * Reads the key ring from `dir`; a missing file is created with version 1 unless `create` is false.
 * Two processes that start at once agree on one file. Throws KeyRingError.
 */
export function loadKeyRing(dir: string, options: { create?: boolean } = {}): KeyRing {
  const create = options.create ?? true
  const secrets = new Map(
    secretPurposes.map((purpose) => [
      purpose,
      { keys: secretKeys(loadFile(dir, purpose, create)), at: performance.now() },
    ]),
  )
  const auditFile = loadFile(dir, auditPurpose, create)
  const origin = auditFile.origin
  if (!origin || /[\s+]/.test(origin)) throw new KeyRingError('malformed', `${auditPurpose}.json: origin`)
  const auditSigning = newestFirst(auditFile).map(signingKey)
  const versions = (purpose: KeyPurpose, oldest = rereadAfterMs) => {
    const known = secrets.get(purpose)!
    if (performance.now() - known.at >= oldest)
      secrets.set(purpose, { keys: reread(dir, purpose, known.keys), at: performance.now() })
    return secrets.get(purpose)!.keys
  }
  const find = (keys: readonly SecretKey[], version: number) => keys.find((key) => key.version === version)
  return {
    versions: (purpose) => versions(purpose),
    current: (purpose) => versions(purpose)[0]!,
    version: (purpose, version) => find(versions(purpose), version) ?? find(versions(purpose, 0), version),
    auditOrigin: origin,
    auditSigning,
    fingerprints: () =>
      fingerprints(new Map(secretPurposes.map((purpose) => [purpose, versions(purpose)])), auditSigning),
  }
}

const rereadAfterMs = 2000

/** A file that cannot be read now changes nothing: what is known still opens. */
function reread(dir: string, purpose: KeyPurpose, known: SecretKey[]): SecretKey[] {
  try {
    return secretKeys(loadFile(dir, purpose, false))
  } catch {
    return known
  }
}

/** Takes a version that nothing uses any more out of its file. The current one stays. */
export function removeKeyVersion(dir: string, purpose: KeyPurpose, version: number): void {
  const file = loadFile(dir, purpose, false)
  if (version >= Math.max(...file.keys.map((key) => key.version)))
    throw new KeyRingError('missing', `${purpose}: version ${version} is the current one`)
  replaceFile(fileOf(dir, purpose), serialise({ ...file, keys: file.keys.filter((key) => key.version !== version) }))
}

/** When each version of a purpose was made; for whoever looks after the keys. */
export function keyDates(dir: string, purpose: KeyPurpose): { version: number; created: string }[] {
  return loadFile(dir, purpose, false).keys.map(({ version, created }) => ({ version, created }))
}

/** Rotates: adds a version to one purpose, which becomes current. Returns its number. */
export function addKeyVersion(dir: string, purpose: KeyPurpose | typeof auditPurpose): number {
  const file = loadFile(dir, purpose, false)
  const version = 1 + Math.max(...file.keys.map((key) => key.version))
  replaceFile(fileOf(dir, purpose), serialise({ ...file, keys: [...file.keys, newKey(purpose, version)] }))
  return version
}

function loadFile(dir: string, purpose: string, create: boolean): KeyFile {
  const path = fileOf(dir, purpose)
  let text = readPrivateFile(path)
  if (text === undefined && create) {
    createFileOnce(path, serialise(firstFile(purpose)))
    text = readPrivateFile(path)
  }
  if (text === undefined) throw new KeyRingError('missing', `${path}: no such key file`)
  return parseFile(text, purpose, path)
}

function firstFile(purpose: string): KeyFile {
  const keys = [newKey(purpose, 1)]
  // The suffix makes two installations' logs distinct, as C2SP asks of an origin.
  return purpose === auditPurpose
    ? { purpose, origin: `jingmin-bridge/audit/${randomBytes(6).toString('hex')}`, keys }
    : { purpose, keys }
}

function newKey(purpose: string, version: number): StoredKey {
  const bytes =
    purpose === auditPurpose
      ? generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' })
      : randomBytes(32)
  return {
    version,
    created: Temporal.Now.instant().toString({ smallestUnit: 'second' }),
    key: bytes.toString('base64'),
  }
}

function parseFile(text: string, purpose: string, path: string): KeyFile {
  const malformed = (why: string) => new KeyRingError('malformed', `${path}: ${why}`)
  let file: KeyFile
  try {
    file = JSON.parse(text)
  } catch {
    throw malformed('not JSON')
  }
  if (file?.purpose !== purpose) throw malformed(`is not the file for "${purpose}"`)
  if (!Array.isArray(file.keys) || file.keys.length === 0) throw malformed('holds no key')
  const numbers = new Set<number>()
  for (const key of file.keys) {
    if (!Number.isInteger(key?.version) || key.version < 1 || typeof key.key !== 'string')
      throw malformed('bad key entry')
    if (numbers.has(key.version)) throw malformed(`version ${key.version} appears twice`)
    numbers.add(key.version)
    if (purpose !== auditPurpose && Buffer.from(key.key, 'base64').length !== 32) {
      throw malformed(`version ${key.version} is not 32 bytes`)
    }
  }
  return file
}

function secretKeys(file: KeyFile): SecretKey[] {
  return newestFirst(file).map((key) => ({ version: key.version, bytes: Buffer.from(key.key, 'base64') }))
}

function signingKey(key: StoredKey): SigningKey {
  try {
    const privateKey = createPrivateKey({ key: Buffer.from(key.key, 'base64'), format: 'der', type: 'pkcs8' })
    return { version: key.version, privateKey, publicKey: createPublicKey(privateKey) }
  } catch {
    throw new KeyRingError('malformed', `${auditPurpose}.json: version ${key.version} is not an Ed25519 key`)
  }
}

function fingerprints(secrets: Map<KeyPurpose, SecretKey[]>, signing: readonly SigningKey[]): Record<string, string> {
  const digest = (label: string, bytes: Buffer) =>
    createHash('sha256').update(`jingmin key fingerprint ${label}\0`).update(bytes).digest('hex').slice(0, 16)
  const result: Record<string, string> = {}
  for (const [purpose, keys] of secrets) {
    for (const key of keys) result[`${purpose}.${key.version}`] = digest(purpose, key.bytes)
  }
  for (const key of signing) {
    const spki = key.publicKey.export({ format: 'der', type: 'spki' })
    result[`${auditPurpose}.${key.version}`] = digest(auditPurpose, spki)
  }
  return result
}

function newestFirst(file: KeyFile): StoredKey[] {
  return file.keys.toSorted((a, b) => b.version - a.version)
}

function fileOf(dir: string, purpose: string): string {
  return join(dir, `${purpose}.json`)
}

function serialise(file: KeyFile): string {
  return `${JSON.stringify(file, null, 2)}\n`
}
