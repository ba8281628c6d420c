import { type Parameter, valueOn } from '../parameter.ts'

/** How much of the complainant's own words may stand in what the officer reads before it gives him away. */
export const ownWords: Parameter<number> = {
  description: {
    zh: '说明通知中不得连续出现投诉人原话的字数（不计标点、空格）',
    en: 'Characters in a row of the complainant’s own words that may not stand in what the officer is asked',
  },
  unit: 'character',
  values: [{ from: '2013-01-01', value: 12, basis: 'petition-regulations:30, design', example: true }],
}

const phoneDigits = 7
const addressLength = 6

export type Named = { name: string | null; phone: string | null; citizenNo: string | null; address: string | null }
export type Betrayal = 'name' | 'phone' | 'citizen-number' | 'address' | 'own-words'

/**
 * What in a text would tell the officer who complained: name, phone, number, address, or a sentence of the complaint
 * itself (petition-regulations:30). Punctuation, spaces and width do not hide anything.
 */
export function betrays(
  text: string,
  who: readonly Named[],
  said: readonly string[],
  day: Temporal.PlainDate,
): Betrayal[] {
  const plain = bare(text)
  const found = new Set<Betrayal>()
  for (const { name, phone, citizenNo, address } of who) {
    if (name && [...bare(name)].length > 1 && plain.includes(bare(name))) found.add('name')
    if (phone && sharesRun(digits(text), digits(phone), phoneDigits)) found.add('phone')
    if (citizenNo && sharesRun(digits(text), digits(citizenNo), phoneDigits)) found.add('citizen-number')
    if (address && sharesRun(plain, bare(address), Math.min(addressLength, bare(address).length))) found.add('address')
  }
  const most = valueOn(ownWords, day).value
  if (said.some((words) => sharesRun(plain, bare(words), most))) found.add('own-words')
  return [...found]
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function digits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?<=\d)[\s()-]+(?=\d)/g, '')
    .replace(/[^\d]+/g, ' ')
}

/** Whether the two share `length` characters in a row, without a gap. */
function sharesRun(text: string, other: string, length: number): boolean {
  if (length === 0 || other.length < length || text.length < length) return false
  const runs = new Set<string>()
  for (let at = 0; at + length <= text.length; at++) {
    const run = text.slice(at, at + length)
    if (!run.includes(' ')) runs.add(run)
  }
  for (let at = 0; at + length <= other.length; at++) if (runs.has(other.slice(at, at + length))) return true
  return false
}
