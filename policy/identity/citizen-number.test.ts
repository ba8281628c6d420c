import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageOn, checkCharacterOf, checkCitizenNumber, maskCitizenNumber } from './citizen-number.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-11-23')

function read(text: string): string {
  const result = checkCitizenNumber(text, today)
  if ('refused' in result) return result.refused
  return `${result.number} ${result.birthDate} ${result.sex} ${result.regionCode}`
}

test('the samples of the standard and of the district are read', () => {
  assert.equal(read('11010519491231002X'), '11010519491231002X 1949-12-31 female 110105')
  assert.equal(read('440524188001010014'), '440524188001010014 1880-01-01 male 440524')
  assert.equal(read('37021119900307123X'), '37021119900307123X 1990-03-07 male 370211')
  assert.equal(read('370211201601010023'), '370211201601010023 2016-01-01 female 370211')
  assert.equal(read('370211194508154011'), '370211194508154011 1945-08-15 male 370211')
})

test('spaces, full-width digits and a lower x are normalised', () => {
  assert.equal(read(' 370211 19900307 123x '), read('37021119900307123X'))
  assert.equal(read('３７０２１１１９９００３０７１２３ｘ'), read('37021119900307123X'))
})

test('what is wrong is told', () => {
  assert.equal(read('440524188001010015'), 'check-digit')
  assert.equal(read('37021119900307123'), 'length')
  assert.equal(read('370211900307123'), 'length')
  assert.equal(read(''), 'length')
  assert.equal(read('3702111990030712AX'), 'characters')
  assert.equal(read('37021119900230123X'), 'birth-date')
  assert.equal(read('37021118790307123X'), 'birth-date')
  assert.equal(read('37021120261124123X'), 'future-date')
})

test('an unknown region code is never a reason to refuse', () => {
  const first17 = '00000019900307123'
  assert.match(read(first17 + checkCharacterOf(first17)), /^0{6}/)
})

test('a changed digit anywhere is noticed', () => {
  const good = '37021119900307123X'
  for (let place = 0; place < 17; place += 1) {
    const digit = String((Number(good[place]) + 1) % 10)
    assert.match(read(good.slice(0, place) + digit + good.slice(place + 1)), /^(check-digit|birth-date|future-date)$/)
  }
})

test('age is completed years on the day', () => {
  const age = (birth: string, on: string) => ageOn(day(birth), day(on))
  assert.equal(age('2016-01-01', '2026-12-31'), 10)
  assert.equal(age('2016-01-01', '2027-01-01'), 11)
  assert.equal(age('1945-08-15', '2026-08-14'), 80)
  assert.equal(age('1945-08-15', '2026-08-15'), 81)
  assert.equal(age('2008-02-29', '2026-02-27'), 17)
  assert.equal(age('2008-02-29', '2026-02-28'), 18)
  assert.throws(() => age('2026-01-02', '2026-01-01'), RangeError)
})

test('a mask hides the birth date, and hides whole what is not a number', () => {
  assert.equal(maskCitizenNumber('37021119900307123X'), '370***********123X')
  assert.equal(maskCitizenNumber('3702'), '****')
})
