import { unzipSync, type Zippable, zipSync } from 'fflate'

/** The first day a zip can name, without a zone, so that it is the same on every machine. */
const mtime = '1980-01-01T00:00:00'

/**
 * The library writes the clock into the file, its entries and the workbook of each chart, names relations at random and
 * counts drawings from the start of the process. In their place come the moment of the document and numbers: the same document and moment then give the same bytes.
 */
export function sameBytes(zip: Uint8Array, seconds: number): Uint8Array {
  const made = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString({ smallestUnit: 'second' })
  const numbers = new Map<string, string>()
  const entries = Object.entries(unzipSync(zip)).map(([path, bytes]) => {
    if (path.endsWith('.xlsx')) return [path, sameBytes(bytes, seconds)]
    return [path, /\.(xml|rels)$/.test(path) ? evened(bytes, made, numbers) : bytes]
  })
  return zipSync(Object.fromEntries(entries) as Zippable, { mtime, level: 6 })
}

const clock = /(<dcterms:(?:created|modified)[^>]*>)[^<]*/g
const drawing = /(<wp:docPr id=")\d+(?=")/g
const random = /((?:r:id|r:embed|Id)=")(rId[\w-]{21})(?=")/g

function evened(bytes: Uint8Array, made: string, numbers: Map<string, string>): Uint8Array {
  const text = new TextDecoder().decode(bytes)
  let drawings = 0
  const settled = text
    .replace(clock, `$1${made}`)
    .replace(drawing, (_, before: string) => `${before}${++drawings}`)
    .replace(random, (_, before: string, name: string) => {
      if (!numbers.has(name)) numbers.set(name, `rIdDrawn${numbers.size + 1}`)
      return before + numbers.get(name)
    })
  return new TextEncoder().encode(settled)
}
