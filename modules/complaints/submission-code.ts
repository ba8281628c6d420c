import { randomInt } from 'node:crypto'
import type { Context } from '#platform/context.ts'

const half = 100_000_000

/** Sixteen digits, which look like a telephone number to whoever finds the slip of paper. */
export function newReceiptCode(): string {
  return [randomInt(half), randomInt(half)].map((part) => String(part).padStart(8, '0')).join('')
}

/** In groups of four, as it is printed and read out. */
export function groupedCode(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ')
}

/** As people type it: spaces, dashes, full width. Anything that is no code comes out as a text that matches none. */
export function normaliseReceiptCode(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '').slice(0, 32)
}

export function hashReceiptCode(ctx: Pick<Context, 'hashCode'>, code: string): string {
  return ctx.hashCode('complaint', normaliseReceiptCode(code))
}

export const receiptContext = (submissionId: string) => `complaints.submission.receipt.${submissionId}`

export function sealReceiptCode(ctx: Pick<Context, 'seal'>, submissionId: string, code: string): string {
  return ctx.seal.seal(code, receiptContext(submissionId))
}

export function openReceiptCode(ctx: Pick<Context, 'seal'>, submissionId: string, sealed: string): string {
  return ctx.seal.open(sealed, receiptContext(submissionId))
}
