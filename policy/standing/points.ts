import type { Severity } from '../complaints/lists.ts'
import { type InForce, valueOn } from '../parameter.ts'
import { type Band, officerBand, unitPoints } from './parameters.ts'

export type UnitDeduction = { points: number; basis: string; from: string; example: boolean }

/** The unit's deduction by the table in force on the day of the finding (R125, R133). */
export function unitDeduction(severity: Severity, effectiveOn: Temporal.PlainDate): UnitDeduction {
  const { value, ...version } = valueOn(unitPoints, effectiveOn)
  return { points: value[severity], ...version }
}

/** The band for the officer by the table in force on the day of the finding (R126). */
export function bandFor(severity: Severity, effectiveOn: Temporal.PlainDate): InForce<Band> {
  const version = valueOn(officerBand, effectiveOn)
  return { ...version, value: version.value[severity] }
}

/** Whole points inside the band. Zero is never inside: a unit may choose how much, not whether (R126). */
export function pointsAllowed(points: number, band: Band): { allowed: true } | { refused: 'out-of-range' } {
  const inside = Number.isInteger(points) && points > 0 && points >= band.min && points <= band.max
  return inside ? { allowed: true } : { refused: 'out-of-range' }
}
