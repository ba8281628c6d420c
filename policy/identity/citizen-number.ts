import { compact } from './characters.ts'

export type CitizenNumber = {
  number: string
  birthDate: Temporal.PlainDate
  sex: 'male' | 'female'
  /** The county at the time of numbering; says nothing about where the person lives now. */
  regionCode: string
}

export type CitizenNumberRefusal = 'length' | 'characters' | 'birth-date' | 'future-date' | 'check-digit'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'
const earliestBirthYear = 1880

/**
 * Reads an 18-character citizen identity number (GB 11643-1999). Spaces and full-width digits are normalised, a lower
 * x counts as X. The region code is never judged: abolished counties stay in numbers for life. `today` is the day in
 * China on which the number is given; a birth date after it is refused.
 */
export function checkCitizenNumber(
  text: string,
  today: Temporal.PlainDate,
): CitizenNumber | { refused: CitizenNumberRefusal } {
  const number = compact(text).toUpperCase()
  if (number.length !== 18) return { refused: 'length' }
  if (!/^\d{17}[\dX]$/.test(number)) return { refused: 'characters' }
  const birthDate = readBirthDate(number.slice(6, 14))
  if (!birthDate) return { refused: 'birth-date' }
  if (Temporal.PlainDate.compare(birthDate, today) > 0) return { refused: 'future-date' }
  if (checkCharacterOf(number) !== number[17]) return { refused: 'check-digit' }
  return {
    number,
    birthDate,
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
    regionCode: number.slice(0, 6),
  }
}

/** The check character for the first 17 digits of `number` (GB 11643). */
export function checkCharacterOf(number: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return checkCharacters[sum % 11] ?? ''
}

/**
 * Completed years on `day`. Someone born on 29 February completes a year on 28 February of a common year, the last
 * day of the month (民法典 202). Throws a RangeError for a day before birth.
 */
export function ageOn(birthDate: Temporal.PlainDate, day: Temporal.PlainDate): number {
  if (Temporal.PlainDate.compare(day, birthDate) < 0) throw new RangeError('a day before birth has no age')
  const years = day.year - birthDate.year
  return Temporal.PlainDate.compare(day, birthDate.add({ years })) < 0 ? years - 1 : years
}

/** First three and last four characters, the birth date hidden; any other text is hidden whole. */
export function maskCitizenNumber(number: string): string {
  if (!/^\d{17}[\dXx]$/.test(number)) return '*'.repeat([...number].length)
  return `${number.slice(0, 3)}${'*'.repeat(11)}${number.slice(14)}`
}

function readBirthDate(digits: string): Temporal.PlainDate | undefined {
  const year = Number(digits.slice(0, 4))
  if (year < earliestBirthYear) return undefined
  try {
    const parts = { year, month: Number(digits.slice(4, 6)), day: Number(digits.slice(6, 8)) }
    return Temporal.PlainDate.from(parts, { overflow: 'reject' })
  } catch {
    return undefined
  }
}
