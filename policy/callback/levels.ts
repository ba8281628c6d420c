/** The five national levels (国办发〔2019〕51号, GB/T 39735), best first. The last two are bad ratings (A27). */
export const levels = [
  'very_satisfied',
  'satisfied',
  'basically_satisfied',
  'dissatisfied',
  'very_dissatisfied',
] as const

export type Level = (typeof levels)[number]

/** The digit printed in the message and the words for each level. 5 is the best, as with stars. */
export const levelTable: Record<Level, { digit: 5 | 4 | 3 | 2 | 1; zh: string; en: string }> = {
  very_satisfied: { digit: 5, zh: '非常满意', en: 'very satisfied' },
  satisfied: { digit: 4, zh: '满意', en: 'satisfied' },
  basically_satisfied: { digit: 3, zh: '基本满意', en: 'basically satisfied' },
  dissatisfied: { digit: 2, zh: '不满意', en: 'dissatisfied' },
  very_dissatisfied: { digit: 1, zh: '非常不满意', en: 'very dissatisfied' },
}

/** A bad rating opens a supervision order (R53, A27). */
export function isBad(level: Level): boolean {
  return levelTable[level].digit <= 2
}

export function levelOfDigit(digit: number): Level | undefined {
  return levels.find((level) => levelTable[level].digit === digit)
}
