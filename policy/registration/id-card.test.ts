import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Parameter } from '../parameter.ts'
import { parameterFaults } from '../sources.ts'
import { crossStationChoice, idCardValidity } from './id-card.ts'
import * as parameters from './parameters.ts'

const day = Temporal.PlainDate.from('2026-05-06')

test('every parameter is dated and names a known source', () => {
  const all: [string, Parameter<unknown>][] = Object.entries(parameters)
  assert.deepEqual(
    all.flatMap(([name, parameter]) => parameterFaults(parameter).map((fault) => `${name}: ${fault}`)),
    [],
  )
})

test('validity changes at 16, 26 and 46', () => {
  const years = [0, 15, 16, 25, 26, 45, 46, 90].map((age) => idCardValidity(age, day).value)
  assert.deepEqual(years, [5, 5, 10, 10, 20, 20, null, null])
  assert.equal(idCardValidity(30, day).basis, 'id-card-law:5')
})

function answer(item: string, homeService = false): string {
  const choice = crossStationChoice({ item, homeService }, day)
  return 'refused' in choice ? `${choice.refused} ${choice.basis}` : 'allowed'
}

test('only renewal and loss replacement are open cross-station', () => {
  assert.equal(answer('id_card.renewal'), 'allowed')
  assert.equal(answer('id_card.loss_replacement'), 'allowed')
  for (const item of ['id_card.first_issue', 'id_card.damage_replacement', 'household.move_in']) {
    assert.equal(answer(item), 'only_at_registered_station R61')
  }
})

test('home service and the temporary card are not open cross-station', () => {
  assert.equal(answer('id_card.renewal', true), 'no_home_service_cross_station R67, R69')
  assert.equal(answer('temporary_id_card'), 'no_temporary_card_cross_station R68, R69')
})
