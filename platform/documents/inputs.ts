import type { Query, Signature } from './data/parts.ts'
import type { TemplateData, TemplateName } from './data.ts'
import { printable } from './printable.ts'
import { qrSvg, signatureSvg } from './svg.ts'

const zone = 'Asia/Shanghai'

/** 2026年11月23日 */
function dayText({ year, month, day }: { year: number; month: number; day: number }): string {
  return `${year}年${month}月${day}日`
}

/** 2026年11月23日 09:05 */
function momentText(at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(zone)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${dayText(local)} ${two(local.hour)}:${two(local.minute)}`
}

/** A Latin name or an address without a space cannot be broken in Chinese text: it gets a place after each 12 characters. */
function breakable(text: string): string {
  return text.replace(/[\p{Script=Latin}\p{Nd}@._/?=&%:#+-]{18,}/gu, (run) => run.match(/.{1,12}/gu)!.join('\u200B'))
}

/** The same shape with every text made printable and every moment and day written out. */
function printed(value: unknown): unknown {
  if (typeof value === 'string') return breakable(printable(value))
  if (value instanceof Temporal.Instant) return momentText(value)
  if (value instanceof Temporal.PlainDate) return dayText(value)
  if (Array.isArray(value)) return value.map(printed)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.map(([key, inner]) => [key, printed(inner)]))
}

type Drawable = { query?: Query; link?: string; signature?: Signature }

/** What a template gets as `sys.inputs`: `data` as JSON, and the drawings as SVG, empty where there is none. */
export function inputsFor(data: TemplateData[TemplateName]): Record<string, string> {
  const { query, link, signature } = data as Drawable
  const target = query?.link ?? link
  return {
    data: JSON.stringify(printed(data)),
    qr: target ? qrSvg(target) : '',
    signature: signature?.kind === 'drawn' ? signatureSvg(signature) : '',
  }
}
