import { isBad, levelOfDigit } from '../callback/levels.ts'

/**
 * What the citizen's second opinion does. `level` is the digit of the five national levels, 5 the best; the two lowest
 * reopen the order (R53, A27, CB07).
 */
export function outcomeOfSecondOpinion(level: number): 'closed' | 'reopened' | { refused: 'not-a-level' } {
  const known = levelOfDigit(level)
  if (!known) return { refused: 'not-a-level' }
  return isBad(known) ? 'reopened' : 'closed'
}
