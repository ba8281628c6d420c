import { randomInt } from 'node:crypto'
import type { Context } from '#platform/context.ts'

// 31 characters that nobody confuses when copying by hand: no 0 O 1 I L.
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** Eight characters, 31^8 of them: with the number of the matter they open the citizen's own page and nothing else. */
export function newQueryCode(): string {
  return Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** As people type it: lower case, spaces, dashes, full width. */
export function normaliseCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
}

export function hashQueryCode(ctx: Pick<Context, 'hashCode'>, code: string): string {
  return ctx.hashCode('matter', normaliseCode(code))
}

export const codeContext = (matterId: string) => `service_window.matter.code.${matterId}`

export function sealedCode(ctx: Context, matterId: string, code: string): string {
  return ctx.seal.seal(code, codeContext(matterId))
}

/** Empty when the code was removed because its time was over (policy/retention). */
export function openCode(ctx: Context, matter: { id: string; query_code_sealed: string }): string {
  if (matter.query_code_sealed === '') return ''
  return ctx.seal.open(matter.query_code_sealed, codeContext(matter.id))
}
