import assert from 'node:assert/strict'
import { test } from 'node:test'
import { betrays } from './naming.ts'

const day = Temporal.PlainDate.from('2026-11-23')
const who = [{ name: '赵小某', phone: '13800000009', citizenNo: null, address: '云州市青山区柳林路12号' }]
const said = ['我上周三去办身份证，窗口的人头也不抬，说你自己看墙上的牌子。']
const found = (text: string) => betrays(text, who, said, day)

test('facts in the handler’s own words betray nobody', () => {
  assert.deepEqual(found('2026年11月18日上午，在户籍窗口接待群众时未作答复，仅指引其查看公示牌。'), [])
})

test('name, phone and address are found whatever stands between their characters', () => {
  assert.deepEqual(found('群众赵 小某反映'), ['name'])
  assert.deepEqual(found('来电１３８-０000-0009'), ['phone'])
  assert.deepEqual(found('住青山区柳林路，12号的群众'), ['address'])
})

test('twelve characters of the complaint in a row are the complainant’s own words, eleven are not', () => {
  assert.deepEqual(found('窗口的人头也不抬，说你自己看墙'), ['own-words'])
  assert.deepEqual(found('窗口的人头也不抬，说你自，其余不详'), [])
})

test('numbers that only share a few digits are no phone', () => {
  assert.deepEqual(found('编号 2026000009，时间 8:00'), [])
})
