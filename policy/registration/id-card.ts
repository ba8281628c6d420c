import { type InForce, valueOn } from '../parameter.ts'
import {
  crossStationHomeService,
  crossStationTemporaryCard,
  crossStationTypes,
  idCardValidityBands,
} from './parameters.ts'

export const temporaryCardItem = 'temporary_id_card'

/** Years a card issued at this age (completed years) is valid; null is long-term (id-card-law:5). */
export function idCardValidity(age: number, day: Temporal.PlainDate): InForce<number | null> {
  const bands = valueOn(idCardValidityBands, day)
  const band = bands.value.find(({ upTo }) => upTo === null || age <= upTo)
  return { ...bands, value: band?.years ?? null }
}

export type CrossStationRefusal =
  | 'only_at_registered_station'
  | 'no_home_service_cross_station'
  | 'no_temporary_card_cross_station'

/**
 * Whether a station other than the registered one may take this business of a person registered in the city (R60–R69).
 * A refusal names the rule; the person is directed to the registered station.
 */
export function crossStationChoice(
  request: { item: string; homeService: boolean },
  day: Temporal.PlainDate,
): { allowed: true; basis: string } | { refused: CrossStationRefusal; basis: string } {
  if (request.item === temporaryCardItem) {
    const open = valueOn(crossStationTemporaryCard, day)
    if (!open.value) return { refused: 'no_temporary_card_cross_station', basis: open.basis }
  }
  const types = valueOn(crossStationTypes, day)
  if (request.item !== temporaryCardItem && !types.value.includes(request.item)) {
    return { refused: 'only_at_registered_station', basis: types.basis }
  }
  const home = valueOn(crossStationHomeService, day)
  if (request.homeService && !home.value) return { refused: 'no_home_service_cross_station', basis: home.basis }
  return { allowed: true, basis: types.basis }
}
