import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  channels,
  departmentFor,
  departments,
  forDiscipline,
  styleCharacter,
  styleTagOf,
  styleTags,
  usualDepartment,
} from './lists.ts'

test('the five words are 冷硬横推托, and 拖 is read as 托', () => {
  assert.equal(styleTags.map((tag) => styleCharacter[tag]).join(''), '冷硬横推托')
  assert.deepEqual([...'冷硬横推托拖'].map(styleTagOf), [...styleTags, 'stalling'])
  for (const other of ['', '好', '冷硬', '橫']) assert.equal(styleTagOf(other), undefined)
})

test('each of the four departments takes a channel, and each channel has its desk', () => {
  const desks = new Set(channels.map((channel) => usualDepartment[channel]))
  assert.deepEqual([...desks].sort(), [...departments].sort())
})

test('an accusation and a hint of wrongful action go to discipline inspection, whatever the channel', () => {
  for (const channel of channels) {
    assert.equal(departmentFor({ channel, caseClass: 'accusation', behaviours: [] }), 'discipline_inspection')
    assert.equal(
      departmentFor({ channel, caseClass: 'appeal', behaviours: ['bad_attitude', 'wrongful_action'] }),
      'discipline_inspection',
    )
    assert.equal(departmentFor({ channel, caseClass: 'appeal', behaviours: ['inaction'] }), usualDepartment[channel])
  }
})

test('failing to act is not a matter of discipline by itself', () => {
  assert.equal(forDiscipline({ caseClass: 'appeal', behaviours: ['inaction', 'low_efficiency', 'other'] }), false)
})
