import type { CaseClass } from './lists.ts'

/**
 * `receiverUnit` with `receiverChain`: it and all units above it. `outsideDiscipline`: a discipline or supervision
 * body outside the bureau. `accused`: the units complained of and the units of the officers complained of.
 */
export type TransferTo = {
  caseClass: CaseClass
  receiverUnit: string | null
  receiverChain: readonly string[]
  receiverIsDiscipline: boolean
  receiverPerson: string | null
  accusedUnits: readonly string[]
  accusedPersons: readonly string[]
}

export type TransferRefusal = 'accused-person' | 'accused-unit' | 'discipline-only'

/**
 * Where a case may be sent: never to whom it complains of, nor to a part of the accused unit; an accusation to
 * discipline and supervision bodies alone (petition-regulations:22, 30, 46).
 */
export function transferAllowed(to: TransferTo): { allowed: true } | { refused: TransferRefusal } {
  if (to.receiverPerson !== null && to.accusedPersons.includes(to.receiverPerson)) return { refused: 'accused-person' }
  const units = to.receiverUnit === null ? to.receiverChain : [to.receiverUnit, ...to.receiverChain]
  if (units.some((unit) => to.accusedUnits.includes(unit))) return { refused: 'accused-unit' }
  if (to.caseClass === 'accusation' && !to.receiverIsDiscipline) return { refused: 'discipline-only' }
  return { allowed: true }
}
