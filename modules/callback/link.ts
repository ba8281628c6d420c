import { createHash, randomInt } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import { sealContext } from '#platform/crypto/provider.ts'

// 31 characters that nobody confuses when typing from another screen: no 0 o 1 i l.
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
const length = 10

/** The end of the link in the message: 10 of 31 characters, 49 bits. */
export function newToken(): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/**
 * What the database asks for. It keeps the hash of this key alone, so that neither a dump nor a statement smuggled in
 * can answer in a citizen's place; the key is made from the token with a secret outside the database.
 */
export function pageKey(ctx: Pick<Context, 'hashCode'>, token: string): string {
  return ctx.hashCode(
    'rating',
    token
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^0-9a-z]/g, ''),
  )
}

export function keyHash(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

export function tokenContext(callbackId: string): string {
  return sealContext('callback.callback', 'token', callbackId)
}

export function optOutContext(inboundId: string): string {
  return sealContext('callback.opt_out', 'phone', inboundId)
}

export function phoneContext(callbackId: string): string {
  return sealContext('callback.callback', 'phone', callbackId)
}
