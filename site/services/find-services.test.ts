import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadCatalogue } from '#modules/registration/catalogue/load.ts'
import { findServices, searchTerm } from './find-services.ts'

const items = (await loadCatalogue()).filter(({ from, content }) => content.code !== 'id_card.renewal' || from > '2026')
const codes = (found: typeof items) => found.map(({ content }) => content.code)

test('any fragment of a name finds the service, in either language and any width', () => {
  assert.ok(codes(findServices(items, '迁入').exact).includes('household.move_in'))
  assert.ok(codes(findServices(items, '丢').exact).includes('id_card.loss_replacement'))
  assert.equal(codes(findServices(items, 'LOST identity').exact)[0], 'id_card.loss_replacement')
  assert.equal(codes(findServices(items, 'ｌｏｓｔ').exact)[0], 'id_card.loss_replacement')
})

test('a question in everyday words finds what is nearest, the lost card first', () => {
  const { exact, near } = findServices(items, '身份证丢了怎么办呀')
  assert.deepEqual(exact, [])
  assert.equal(codes(near)[0], 'id_card.loss_replacement')
})

test('what people say at home finds what the catalogue says, each example of the hint first of all', () => {
  for (const [said, code] of [
    ['身份证', 'id_card.first_issue'],
    ['迁入', 'household.move_in'],
    ['丢了', 'id_card.loss_replacement'],
    ['落户', 'household.move_in'],
    ['上户口', 'household.birth_registration'],
    ['身份证过期', 'id_card.renewal'],
    ['改名', 'household.name_change'],
  ] as const)
    assert.ok(codes(findServices(items, said).exact).includes(code), said)
})

test('a service that only asks for a passport is not passed off as one that issues passports', () => {
  assert.equal(findServices(items, '护照').onlyMentioned, true)
  assert.equal(findServices(items, '身份证').onlyMentioned, false)
})

test('nothing is guessed where nothing is shared', () => {
  assert.deepEqual(findServices(items, 'zzzz qqqq'), { exact: [], onlyMentioned: false, near: [] })
})

test('what is counted of a search holds no number of a person and at most 40 characters', () => {
  assert.equal(searchTerm('  查 13800000001  身份证 37021119900307123X '), '查 身份证')
  assert.equal(searchTerm('１３８００００００01'), null)
  assert.equal(searchTerm('   '), null)
  assert.equal([...(searchTerm('证'.repeat(90)) ?? '')].length, 40)
  assert.equal(searchTerm('16岁'), '16岁')
})
