import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import type { ArgonCost } from './parameters.ts'

export type PasswordHasher = {
  /** PHC string `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
  hash(password: string): Promise<string>
  /** Verifies with the cost written in the stored string. A malformed string never matches. */
  verify(stored: string, password: string): Promise<boolean>
  /** True when so many derivations wait that a further one should be refused. */
  full(): boolean
}

const TAG_BYTES = 32
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/**
 * argon2id with at most `atOnce` derivations at a time: each takes tens of MiB and a core's full attention,
 * so sign-ins must not be able to take the machine from everybody else.
 */
export function createPasswordHasher(cost: ArgonCost, atOnce: number, mayWait: number): PasswordHasher {
  const inTurn = createTurns(atOnce)
  return {
    full: () => inTurn.waiting() >= mayWait,
    async hash(password) {
      const salt = randomBytes(16)
      const tag = await inTurn.run(() => derive(password, salt, cost))
      return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${plain64(salt)}$${plain64(tag)}`
    },
    async verify(stored, password) {
      const [, memory, passes, parallelism, salt, tag] = PHC.exec(stored) ?? []
      if (!memory || !passes || !parallelism || !salt || !tag) return false
      const used = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
      const expected = Buffer.from(tag, 'base64')
      const actual = await inTurn.run(() => derive(password, Buffer.from(salt, 'base64'), used))
      return actual.length === expected.length && timingSafeEqual(actual, expected)
    },
  }
}

function derive(password: string, salt: Buffer, cost: ArgonCost): Promise<Buffer> {
  // The same password from two keyboards may arrive in two Unicode forms.
  const parameters = { message: password.normalize('NFKC'), nonce: salt, tagLength: TAG_BYTES, ...cost }
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)))
  })
}

const plain64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

function createTurns(atOnce: number) {
  const queue: (() => void)[] = []
  let running = 0
  return {
    waiting: () => queue.length,
    async run<T>(work: () => Promise<T>): Promise<T> {
      // A finished run hands its place to the next in the queue, so that nobody overtakes.
      if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve))
      else running += 1
      try {
        return await work()
      } finally {
        const next = queue.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
