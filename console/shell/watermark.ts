import { type Html, html } from '#platform/html.ts'

/**
 * The watermark as an SVG file: police number and minute, slanted, across the whole page and its print.
 * Serve it as image/svg+xml, private and not stored; it fills whatever box it is shown in.
 */
export function watermarkSvg(text: string): Html {
  const step = Math.max(260, [...text].length * 12 + 120)
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"><defs><pattern id="w" width="${step}" height="180" patternUnits="userSpaceOnUse" patternTransform="rotate(-20)"><text x="0" y="60" font-family="sans-serif" font-size="15" fill="#14202e" fill-opacity="0.07">${text}</text><text x="${Math.round(step / 2)}" y="150" font-family="sans-serif" font-size="15" fill="#14202e" fill-opacity="0.07">${text}</text></pattern></defs><rect width="100%" height="100%" fill="url(#w)"/></svg>`
}
