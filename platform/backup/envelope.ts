import { createCipheriv, createDecipheriv, createHmac, type DecipherGCM, randomBytes, scryptSync } from 'node:crypto'

/** How the keys of a backup are derived from its passphrase (scrypt); `salt` in hex. */
export type Derivation = { kind: 'scrypt-aes-256-gcm'; salt: string; n: number; r: number; p: number }

export type Envelope = {
  derivation: Derivation
  /** Encrypts a stream. The name is bound in, so that two files cannot be exchanged. */
  seal(name: string): (source: AsyncIterable<Buffer>) => AsyncIterable<Buffer>
  /** Decrypts a stream; throws at its end when a byte was changed. */
  open(name: string): (source: AsyncIterable<Buffer>) => AsyncIterable<Buffer>
  /** A keyed digest that nobody without the passphrase can make. */
  mark(text: string): string
}

const IV = 12
const TAG = 16

export function newDerivation(): Derivation {
  return { kind: 'scrypt-aes-256-gcm', salt: randomBytes(16).toString('hex'), n: 2 ** 16, r: 8, p: 1 }
}

export function envelope(passphrase: string, derivation: Derivation): Envelope {
  const { salt, n, r, p } = derivation
  // Typed on another keyboard the same words may come as other code points.
  const secret = Buffer.from(passphrase.normalize('NFC'))
  const keys = scryptSync(secret, Buffer.from(salt, 'hex'), 64, { N: n, r, p, maxmem: 256 * n * r })
  const sealKey = keys.subarray(0, 32)
  return {
    derivation,
    seal: (name) =>
      async function* (source) {
        const iv = randomBytes(IV)
        const cipher = createCipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(name))
        yield iv
        for await (const chunk of source) yield cipher.update(chunk)
        yield Buffer.concat([cipher.final(), cipher.getAuthTag()])
      },
    open: (name) => (source) =>
      opened(source, (iv) => createDecipheriv('aes-256-gcm', sealKey, iv).setAAD(Buffer.from(name))),
    mark: (text) => createHmac('sha256', keys.subarray(32)).update(text).digest('hex'),
  }
}

async function* opened(source: AsyncIterable<Buffer>, start: (iv: Buffer) => DecipherGCM): AsyncIterable<Buffer> {
  let held: Buffer = Buffer.alloc(0)
  let decipher: DecipherGCM | null = null
  for await (const chunk of source) {
    held = Buffer.concat([held, chunk])
    if (held.length < (decipher ? TAG : IV + TAG)) continue
    if (!decipher) {
      decipher = start(held.subarray(0, IV))
      held = held.subarray(IV)
    }
    // The last bytes are the tag, and which bytes are the last is known at the end alone.
    yield decipher.update(held.subarray(0, -TAG))
    held = held.subarray(-TAG)
  }
  if (!decipher) throw new Error('The encrypted file is cut off.')
  yield decipher.setAuthTag(held).final()
}
