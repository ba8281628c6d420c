/** `homeUnits`: the own unit and all above it. `leads`: units for which the person holds a leading duty. */
export type Candidate = { personId: string; unitId: string; homeUnits: readonly string[]; leads: readonly string[] }

/** `unitChain`: the rated unit and all above it. */
export type Concerned = { personId: string | null; unitId: string; unitChain: readonly string[] }

export type OwnerRefusal = 'rated-officer' | 'rated-unit' | 'above-in-chain'

/**
 * Who may own, and so answer, an order: never the rated officer, nobody of the rated unit or a unit below it, nobody
 * who sits in or leads a unit above it (b-12, domain.md 6.4). People beside the chain may.
 */
export function ownerAllowed(owner: Candidate, concerned: Concerned): { allowed: true } | { refused: OwnerRefusal } {
  if (owner.personId === concerned.personId) return { refused: 'rated-officer' }
  if (owner.homeUnits.includes(concerned.unitId)) return { refused: 'rated-unit' }
  const above = [owner.unitId, ...owner.leads].some((unit) => concerned.unitChain.includes(unit))
  return above ? { refused: 'above-in-chain' } : { allowed: true }
}

/** The eligible officer with the fewest open orders; among equals the lowest police number. Undefined: a case for the desk. */
export function chooseOwner<T extends Candidate & { openOrders: number; policeNo: string }>(
  candidates: readonly T[],
  concerned: Concerned,
): T | undefined {
  return candidates
    .filter((candidate) => 'allowed' in ownerAllowed(candidate, concerned))
    .sort((a, b) => a.openOrders - b.openOrders || (a.policeNo < b.policeNo ? -1 : 1))[0]
}
