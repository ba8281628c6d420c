import type { Query, Signature } from './data/parts.ts'
import { printable } from './printable.ts'
import { qrSvg, signatureSvg } from './svg.ts'
import type { Printed } from './word/printed.ts'
import { dayText, momentText, monthText } from './written.ts'

/** A Latin name or an address without a space cannot be broken in Chinese text: it gets a place after each 12 characters. */
function breakable(text: string): string {
  return text.replace(/[\p{Script=Latin}\p{Nd}@._/?=&%:#+-]{18,}/gu, (run) => run.match(/.{1,12}/gu)!.join('\u200B'))
}

/** `not-accepted` and the like: compared by a template, never printed. */
const code = /^[a-z]+(-[a-z]+)+$/

/** The same shape with every moment and day written out and every text made printable, then `finish`ed. */
function written(value: unknown, finish: (text: string) => string): unknown {
  if (typeof value === 'string') return code.test(value) ? value : finish(printable(value))
  if (value instanceof Temporal.Instant) return momentText(value)
  if (value instanceof Temporal.PlainDate) return dayText(value)
  if (value instanceof Temporal.PlainYearMonth) return monthText(value)
  if (Array.isArray(value)) return value.map((inner) => written(inner, finish))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.map(([key, inner]) => [key, written(inner, finish)]))
}

/** For a drawing or for Word, which break their lines by themselves. */
export function writtenOut<T>(value: T): Printed<T> {
  return written(value, (text) => text) as Printed<T>
}

type Drawable = { query?: Query; link?: string; signature?: Signature }

/** What a template gets as `sys.inputs`: `data` as JSON, and the drawings as SVG, empty where there is none. */
export function inputsFor(data: object): Record<string, string> {
  const { query, link, signature } = data as Drawable
  const target = query?.link ?? link
  return {
    data: JSON.stringify(written(data, breakable)),
    qr: target ? qrSvg(target) : '',
    signature: signature?.kind === 'drawn' ? signatureSvg(signature) : '',
  }
}
