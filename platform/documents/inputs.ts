import type { Query, Signature } from './data/parts.ts'
import { printable } from './printable.ts'
import { qrSvg, signatureSvg } from './svg.ts'
import { dayText, momentText, monthText } from './written.ts'

/** A Latin name or an address without a space cannot be broken in Chinese text: it gets a place after each 12 characters. */
function breakable(text: string): string {
  return text.replace(/[\p{Script=Latin}\p{Nd}@._/?=&%:#+-]{18,}/gu, (run) => run.match(/.{1,12}/gu)!.join('\u200B'))
}

/** The same shape with every text made printable; a drawing breaks its lines by itself. */
export function withPrintableText<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner) => (typeof inner === 'string' ? printable(inner) : inner)) as T
}

/** `not-accepted` and the like: compared by a template, never printed. */
const code = /^[a-z]+(-[a-z]+)+$/

/** The same shape with every text made printable and every moment and day written out. */
function printed(value: unknown): unknown {
  if (typeof value === 'string') return code.test(value) ? value : breakable(printable(value))
  if (value instanceof Temporal.Instant) return momentText(value)
  if (value instanceof Temporal.PlainDate) return dayText(value)
  if (value instanceof Temporal.PlainYearMonth) return monthText(value)
  if (Array.isArray(value)) return value.map(printed)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.map(([key, inner]) => [key, printed(inner)]))
}

type Drawable = { query?: Query; link?: string; signature?: Signature }

/** What a template gets as `sys.inputs`: `data` as JSON, and the drawings as SVG, empty where there is none. */
export function inputsFor(data: object): Record<string, string> {
  const { query, link, signature } = data as Drawable
  const target = query?.link ?? link
  return {
    data: JSON.stringify(printed(data)),
    qr: target ? qrSvg(target) : '',
    signature: signature?.kind === 'drawn' ? signatureSvg(signature) : '',
  }
}
