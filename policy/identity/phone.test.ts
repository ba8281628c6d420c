import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPhone, maskPhone } from './phone.ts'

const cases: [typed: string, read: string][] = [
  ['13800138000', 'mobile 13800138000'],
  ['+86 138 0013 8000', 'mobile 13800138000'],
  ['0086-138-0013-8000', 'mobile 13800138000'],
  ['86 13800138000', 'mobile 13800138000'],
  ['１３８００１３８０００', 'mobile 13800138000'],
  ['（＋86）138–0013–8000', 'mobile 13800138000'],
  ['19912345678', 'mobile 19912345678'],
  ['0532-86123456', 'landline 053286123456'],
  ['(0532) 8612 3456', 'landline 053286123456'],
  ['+86 532 8612 3456', 'landline 053286123456'],
  ['010-65123456', 'landline 01065123456'],
  ['', 'empty'],
  [' - ', 'empty'],
  ['138001380OO', 'characters'],
  ['86123456', 'area-code-missing'],
  ['1380013800', 'length'],
  ['138001380000', 'length'],
  ['12800138000', 'not-a-mobile-number'],
  ['12345', 'service-number'],
  ['110', 'service-number'],
  ['95588', 'service-number'],
  ['4008123123', 'service-number'],
  ['+852 5123 4567', 'not-mainland'],
  ['0532-06123456', 'length'],
]

for (const [typed, expected] of cases) {
  test(`“${typed}” is read as ${expected}`, () => {
    const result = checkPhone(typed)
    assert.equal('refused' in result ? result.refused : `${result.kind} ${result.phone}`, expected)
  })
}

test('a mask keeps the beginning and the last four digits', () => {
  assert.equal(maskPhone('13800138000'), '138****8000')
  assert.equal(maskPhone('053286123456'), '0532****3456')
  assert.equal(maskPhone('01065123456'), '010****3456')
  assert.equal(maskPhone('12345'), '*****')
})
