import type { Text } from './item.ts'
import type { PolicyVerdict, RequiredMaterial } from './requirements.ts'

/**
 * What the officer found for one paper. `mended`: put right at the counter (R47).
 * `newPaper`: the applicant had not shown this very paper at an earlier visit.
 */
export type MaterialCheck = {
  code: string
  verdict: 'present' | 'missing' | 'defective'
  defect?: string
  mendableOnSpot?: boolean
  mended?: boolean
  newPaper?: boolean
}

/** One line of a one-time notice: what is wanting and how to put it right (4.6). */
export type Gap = {
  code: string
  name: Text
  problem: 'missing' | 'defective'
  defect?: string
  original: number
  copies: number
  obtain: Text
  replaceableBy?: Text
  mendableOnSpot: boolean
  newPaper?: boolean
}

export type CheckRefusal =
  | 'unchecked'
  | 'checked_twice'
  | 'not_required'
  | 'not_to_be_brought'
  | 'defect_not_named'
  | 'not_mendable'

export type MaterialsVerdict =
  | { verdict: 'complete'; mended: string[] }
  | { verdict: 'supplement'; gaps: Gap[]; mended: string[] }
  | { refused: CheckRefusal; codes: string[] }

/**
 * Complete, or to be supplemented with every gap named. Refused while a paper is unchecked, and when somebody
 * demands what the list does not contain: in that branch there is no way to ask for an origin certificate (R54).
 */
export function verdictOnMaterials(
  required: readonly RequiredMaterial[],
  checks: readonly MaterialCheck[],
): MaterialsVerdict {
  const refusal = faultyChecks(required, checks)
  if (refusal) return refusal

  const mended = checks.filter((check) => check.verdict === 'defective' && check.mended).map((check) => check.code)
  const gaps = noticeGaps(required, checks)
  return gaps.length === 0 ? { verdict: 'complete', mended } : { verdict: 'supplement', gaps, mended }
}

/** All that a one-time notice must name: everything missing, or defective and not mended on the spot (R49). */
export function noticeGaps(required: readonly RequiredMaterial[], checks: readonly MaterialCheck[]): Gap[] {
  return required
    .filter((material) => material.toBring)
    .flatMap((material) => {
      const check = checks.find((candidate) => candidate.code === material.code)
      if (!check || check.verdict === 'present' || (check.verdict === 'defective' && check.mended)) return []
      return [gapFrom(material, check.verdict, check)]
    })
}

/** Gaps the rule found and the notice leaves out; a notice may be printed only when there are none. */
export function unnamedGaps(named: readonly string[], gaps: readonly Gap[]): string[] {
  return gaps.map((gap) => gap.code).filter((code) => !named.includes(code))
}

/** The three ways at the counter (R47): policy not met → refuse; papers incomplete → supplement; else accept. */
export function counterBranch(policy: PolicyVerdict, materials: MaterialsVerdict) {
  if (!policy.met) return { branch: 'refuse' as const, reasons: policy.reasons }
  if ('refused' in materials) return materials
  if (materials.verdict === 'supplement') return { branch: 'supplement' as const, gaps: materials.gaps }
  return { branch: 'accept' as const }
}

function gapFrom(material: RequiredMaterial, problem: Gap['problem'], check: MaterialCheck): Gap {
  return {
    code: material.code,
    name: material.name,
    problem,
    ...(problem === 'defective' ? { defect: check.defect } : {}),
    original: material.original,
    copies: material.copies,
    obtain: material.obtain,
    ...(material.replaceableBy ? { replaceableBy: material.replaceableBy } : {}),
    mendableOnSpot: problem === 'defective' && mendable(material, check),
    ...(check.newPaper ? { newPaper: true } : {}),
  }
}

function mendable(material: RequiredMaterial, check: MaterialCheck): boolean {
  return check.mendableOnSpot ?? material.mendableOnSpot ?? false
}

function faultyChecks(
  required: readonly RequiredMaterial[],
  checks: readonly MaterialCheck[],
): { refused: CheckRefusal; codes: string[] } | undefined {
  const material = (code: string) => required.find((candidate) => candidate.code === code)
  const brought = required.filter(({ toBring }) => toBring)
  const faults: { refused: CheckRefusal; codes: string[] }[] = [
    { refused: 'not_required', codes: codesOf(checks.filter(({ code }) => !material(code))) },
    {
      refused: 'not_to_be_brought',
      codes: codesOf(checks.filter(({ code, verdict }) => verdict !== 'present' && material(code)?.toBring === false)),
    },
    { refused: 'checked_twice', codes: codesOf(checks.filter(({ code }, i) => indexOf(checks, code) !== i)) },
    { refused: 'unchecked', codes: codesOf(brought.filter(({ code }) => indexOf(checks, code) === -1)) },
    {
      refused: 'defect_not_named',
      codes: codesOf(checks.filter(({ verdict, defect }) => verdict === 'defective' && !defect?.trim())),
    },
    {
      refused: 'not_mendable',
      codes: codesOf(
        checks.filter((check) => {
          const found = material(check.code)
          return check.mended && (check.verdict !== 'defective' || !found || !mendable(found, check))
        }),
      ),
    },
  ]
  return faults.find(({ codes }) => codes.length > 0)
}

function indexOf(checks: readonly MaterialCheck[], code: string): number {
  return checks.findIndex((check) => check.code === code)
}

function codesOf(things: readonly { code: string }[]): string[] {
  return things.map(({ code }) => code)
}
