import { checkCharacterOf } from '#policy/identity/citizen-number.ts'
import { personName } from './names.ts'
import type { Random } from './random.ts'

export type Citizen = { name: string; phone: string | null; citizenNo: string | null; lastSeen: number }

/** No region of GB/T 2260 begins with 99: numbers that begin so are well formed and nobody's. */
export const region = '990111'

/**
 * 199 000x xxxx; those with a 9 in the eighth place belong to the stories told on purpose. China keeps no range for invented numbers; what keeps these silent is that the demonstration's gateway
 * reaches no network at all. The common beginning makes them plain to see.
 */
export function inventedPhone(random: Random): string {
  return `199000${String(random.int(0, 89999)).padStart(5, '0')}`
}

/** Well-formed number of an invented person, with its check character (GB 11643). */
export function inventedNumber(random: Random, year: number, male: boolean): string {
  const month = String(random.int(1, 12)).padStart(2, '0')
  const day = String(random.int(1, 28)).padStart(2, '0')
  const sequence = String(random.int(0, 499) * 2 + (male ? 1 : 0)).padStart(3, '0')
  const digits = `${region}${year}${month}${day}${sequence}`
  return digits + checkCharacterOf(`${digits}0`)
}

const enough = 21 * 24 * 3600 * 1000

/** Draws who comes next: mostly somebody new, sometimes somebody who was there more than three weeks ago. */
export function createCitizens(random: Random, thisYear: number) {
  const known: Citizen[] = []
  const usedPhones = new Set<string>()
  return function citizenAt(moment: number): Citizen {
    const again = known.length > 200 && random.chance(0.08) ? random.pick(known) : undefined
    if (again && moment - again.lastSeen > enough) {
      again.lastSeen = moment
      return again
    }
    const born =
      thisYear -
      random.weighted([
        [5, random.int(16, 20)],
        [30, random.int(21, 35)],
        [30, random.int(36, 50)],
        [24, random.int(51, 68)],
        [8, random.int(69, 88)],
      ])
    const male = random.chance(0.48)
    const citizen: Citizen = {
      name: personName(random, born, male),
      phone: phoneOf(random, usedPhones),
      citizenNo: random.chance(0.88) ? inventedNumber(random, born, male) : null,
      lastSeen: moment,
    }
    known.push(citizen)
    return citizen
  }
}

/** Nine in a hundred leave no mobile number, and then cannot be asked. No two people share one here. */
function phoneOf(random: Random, used: Set<string>): string | null {
  if (random.chance(0.07)) return null
  for (;;) {
    const phone = inventedPhone(random)
    // Numbers ending in 0000 are out of service in the demonstration.
    if (phone.endsWith('0000') || used.has(phone)) continue
    used.add(phone)
    return phone
  }
}
