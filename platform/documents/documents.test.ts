import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createCompiler } from './compiler.ts'
import type { TemplateData, TemplateName } from './data.ts'
import { createDocuments } from './documents.ts'
import { pagesOf, textOf } from './documents-testing.ts'
import { inputsFor } from './inputs.ts'
import * as accountability from './samples/accountability.ts'
import * as accountabilityExtreme from './samples/accountability-extremes.ts'
import * as complaints from './samples/complaints.ts'
import * as complaintsExtreme from './samples/complaints-extremes.ts'
import * as official from './samples/official.ts'
import * as officialExtreme from './samples/official-extremes.ts'
import * as sample from './samples/window.ts'
import * as extreme from './samples/window-extremes.ts'

const at = Temporal.Instant.from('2026-11-23T01:05:00Z')
const documents = createDocuments()
after(() => documents.close())

const cases: { [T in TemplateName]: TemplateData[T][] } = {
  'one-time-notice': [sample.oneTimeNotice, extreme.manyMissing],
  'acceptance-receipt': [sample.acceptanceReceipt, extreme.bareReceipt],
  'refusal-notice': [sample.refusalNotice, extreme.longRefusal],
  'service-list-sheet': [sample.serviceListSheet, extreme.bareList],
  'supervision-order': [sample.supervisionOrder, extreme.openOrder],
  'monthly-report': [official.monthlyReport, officialExtreme.nilReport, officialExtreme.fullReport],
  minutes: [official.minutes, officialExtreme.fullMinutes],
  circular: [official.circular, officialExtreme.bareCircular, officialExtreme.grid],
  'statement-request': [accountability.statementRequest, accountabilityExtreme.longRequest],
  finding: [accountability.finding, accountabilityExtreme.bareFinding, accountabilityExtreme.longFinding],
  'deduction-notice': [
    accountability.deductionOfUnit,
    accountability.deductionOfOfficer,
    accountabilityExtreme.deductionWithoutOfficer,
  ],
  'notice-slip': [accountability.noticeSlip, accountabilityExtreme.refusedSlip],
  clarification: [accountability.clarification, accountabilityExtreme.clarificationForUnit],
  'complaint-receipt': [complaints.complaintReceipt, complaintsExtreme.anonymousReceipt],
  'complaint-notice': [
    complaints.accepted,
    complaints.notAccepted,
    complaints.otherPath,
    complaints.transferred,
    complaints.extended,
    complaints.reviewAccepted,
    complaints.reviewNotAccepted,
    complaintsExtreme.fullNotice,
  ],
  'opinion-letter': [complaints.opinionLetter, complaintsExtreme.longOpinion],
  'review-opinion': [complaints.review, complaints.reReview, complaintsExtreme.bareReview],
}

for (const [template, all] of Object.entries(cases) as [TemplateName, TemplateData[TemplateName][]][]) {
  test(`${template}: the sample and the extreme are archival PDFs`, async () => {
    for (const data of all) {
      const pdf = Buffer.from(await documents.render(template, data, at)).toString('latin1')
      assert.ok(pdf.startsWith('%PDF-1.7'))
      assert.match(pdf, /<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A</)
    }
  })
}

test('a usual notice is one page for each of the two copies', async () => {
  assert.equal(pagesOf(await documents.render('one-time-notice', sample.oneTimeNotice, at)), 2)
})

test('both copies of a notice with 25 materials have all of them and every name whole', async (t) => {
  const text = textOf(await documents.render('one-time-notice', extreme.manyMissing, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (let n = 1; n <= 25; n++) assert.equal(text.split(`第${n}号材料`).length - 1, 2, `material ${n}`)
  for (const copy of ['申请人留存', '窗口存档']) assert.ok(text.includes(copy))
  for (const name of [...extreme.rareNames, extreme.longName, extreme.latinName.replaceAll(' ', '')]) {
    assert.ok(text.includes(name), name)
  }
  const pages = Number(/第1页共(\d+)页/.exec(text)?.[1])
  assert.ok(pages > 1, 'so many materials want more than a page')
  assert.equal(text.split(`第${pages}页共${pages}页`).length - 1, 2, 'each copy counts its own pages')
})

test('what looks like Typst or HTML is printed as it was typed', async (t) => {
  const text = textOf(await documents.render('supervision-order', extreme.openOrder, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  assert.ok(text.includes(extreme.injection.replaceAll(' ', '')))
  assert.ok(!text.includes('root:'))
  assert.ok(text.includes('〓（U+1F600）') && text.includes('〓（U+E863）'))
})

test('the same data and moment give the same bytes, also from another thread; another moment does not', async () => {
  const other = createDocuments()
  const first = await documents.render('one-time-notice', sample.oneTimeNotice, at)
  const second = await other.render('one-time-notice', sample.oneTimeNotice, at)
  const later = await other.render('one-time-notice', sample.oneTimeNotice, at.add({ seconds: 1 }))
  await other.close()
  assert.deepEqual(first, second)
  assert.notDeepEqual(first, later)
})

test('a character without a glyph that slipped past the cleaning fails the document, and the error does not quote it', () => {
  const inputs = inputsFor(sample.supervisionOrder)
  const compiler = createCompiler({})
  const spoilt = { ...inputs, data: inputs.data!.replace('群众反映', '群众\uE863反映') }
  assert.throws(
    () => compiler.render({ template: 'supervision-order', inputs: spoilt, seconds: 0 }),
    (error: Error) => {
      assert.match(error.message, /supervision-order could not be made/)
      assert.doesNotMatch(error.message, /\uE863|反映/)
      return true
    },
  )
})

test('a signature that is more than path data is refused', async () => {
  const strokes = [{ path: 'M0 0"/><image href="file:///etc/passwd"/>', width: 1 }]
  const data = { ...sample.oneTimeNotice, signature: { kind: 'drawn' as const, width: 10, height: 10, strokes } }
  await assert.rejects(documents.render('one-time-notice', data, at), RangeError)
})

test('a folder of bureau typefaces that is empty or missing changes nothing', async () => {
  const own = createDocuments({ bureauFontsDir: '/nonexistent' })
  const plain = await documents.render('supervision-order', sample.supervisionOrder, at)
  assert.deepEqual(await own.render('supervision-order', sample.supervisionOrder, at), plain)
  await own.close()
})

test('a closed renderer refuses, and one never used closes at once', async () => {
  const unused = createDocuments()
  await unused.close()
  await assert.rejects(unused.render('supervision-order', sample.supervisionOrder, at), /closed/)
})
