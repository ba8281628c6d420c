import { earlyWarnings, type MonthlyCounts, type Warning } from '../figures/early-warning.ts'

/** `complaints`: cases of the unit in the month that is discussed. */
export type UnitCounts = { unitId: string; counts: MonthlyCounts; complaints: number }

/** `ahead`: nothing has been complained of yet; this is what the list is for. */
export type UnitWarning = { unitId: string; warnings: Warning[]; ahead: boolean }

/**
 * The units that come on the month's agenda because what goes before complaints has risen month after month (R135),
 * whether or not they have complaints. The rule is the one of the figures page, so that both name the same units. Most
 * warnings first, and of these the units without complaints, whom nobody would have discussed.
 */
export function unitsToWarn(units: readonly UnitCounts[], day: Temporal.PlainDate): UnitWarning[] {
  return units
    .map(({ unitId, counts, complaints }) => ({
      unitId,
      warnings: earlyWarnings(counts, day),
      ahead: complaints === 0,
    }))
    .filter(({ warnings }) => warnings.length > 0)
    .sort(
      (a, b) =>
        b.warnings.length - a.warnings.length || Number(b.ahead) - Number(a.ahead) || (a.unitId < b.unitId ? -1 : 1),
    )
}
