import { encode } from 'uqr'
import type { Signature } from './data/parts.ts'

/** A QR code, error correction M, as one path: runs of modules are joined so that no hairlines show in print. */
export function qrSvg(text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const path = data.map((row, y) =>
    runs(row)
      .map(({ start, length }) => `M${start} ${y}h${length}v1h-${length}z`)
      .join(''),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${path.join('')}"/></svg>`
}

function runs(row: boolean[]): { start: number; length: number }[] {
  const found: { start: number; length: number }[] = []
  row.forEach((dark, x) => {
    const last = found.at(-1)
    if (!dark) return
    if (last && last.start + last.length === x) last.length += 1
    else found.push({ start: x, length: 1 })
  })
  return found
}

const pathData = /^[MmLlHhVvCcSsQqTtAaZz0-9\s,.+eE-]*$/

/** The strokes as a drawing. Only path data is taken over; anything else is refused, as it came from a browser. */
export function signatureSvg({ width, height, strokes }: Extract<Signature, { kind: 'drawn' }>): string {
  if (!(width > 0 && height > 0)) throw new RangeError('A signature needs a box')
  const drawn = strokes.map((stroke) => {
    if (!pathData.test(stroke.path) || !(stroke.width > 0)) throw new RangeError('A stroke is not SVG path data')
    return `<path d="${stroke.path}" stroke-width="${stroke.width}"/>`
  })
  const style = 'fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round"'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><g ${style}>${drawn.join('')}</g></svg>`
}
