import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { loadCatalogue } from '#modules/registration/catalogue/load.ts'
import { type Answers, type ItemContent, versionOn } from './item.ts'
import { feeFor, materialsRequired, policyVerdict } from './requirements.ts'

type Case = {
  name: string
  item: string
  on: string
  answers: Answers
  bring: string[]
  office: string[]
  feeFen: number
  /** `met`, or a piece of each reason, in order. */
  policy: 'met' | string[]
  bookletCopies?: number
  promisedDays?: number
}

const catalogue = await loadCatalogue()
const folder = new URL('./cases/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

function contentOf(item: string, on: string): ItemContent {
  const versions = catalogue.filter(({ content }) => content.code === item)
  const version = versionOn(versions, Temporal.PlainDate.from(on))
  assert.ok(version, `${item} has no version on ${on}`)
  return version.content
}

for (const file of files) {
  const cases: Case[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  for (const one of cases) test(`${one.item}, ${one.on}: ${one.name}`, () => replay(one))
}

function replay(one: Case) {
  const content = contentOf(one.item, one.on)

  const required = materialsRequired(content, one.answers)
  assert.ok(Array.isArray(required), JSON.stringify(required))
  const codes = (toBring: boolean) =>
    required.filter((material) => material.toBring === toBring).map(({ code }) => code)
  assert.deepEqual(codes(true), one.bring)
  assert.deepEqual(codes(false), one.office)

  const fee = feeFor(content, one.answers)
  assert.ok(!('refused' in fee), JSON.stringify(fee))
  assert.equal(fee.amountFen, one.feeFen)

  const verdict = policyVerdict(content, one.answers)
  assert.ok(!('refused' in verdict), JSON.stringify(verdict))
  if (one.policy === 'met') assert.deepEqual(verdict, { met: true })
  else assertReasons(verdict.met ? [] : verdict.reasons.map(({ reason }) => reason.zh), one.policy)

  const booklet = required.find(({ code }) => code === 'household_booklet')
  if (one.bookletCopies !== undefined) assert.equal(booklet?.copies, one.bookletCopies)
  if (one.promisedDays !== undefined) assert.equal(content.promisedLimit.days, one.promisedDays)
}

function assertReasons(reasons: string[], pieces: string[]) {
  assert.equal(reasons.length, pieces.length, reasons.join(' | '))
  for (const [i, piece] of pieces.entries()) assert.ok(reasons[i]?.includes(piece), `${reasons[i]} lacks ${piece}`)
}
