import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { createDocuments } from '../documents.ts'
import * as sample from '../samples/official.ts'
import * as extreme from '../samples/official-extremes.ts'
import { latinName, longName, rareNames } from '../samples/window-extremes.ts'

const at = Temporal.Instant.from('2026-12-03T01:05:00Z')
const documents = createDocuments()
after(() => documents.close())

/** The parts of the file and the words of its main part, in order, without their marks. */
function opened(docx: Uint8Array): { parts: Record<string, Uint8Array>; xml: string; text: string } {
  const parts = unzipSync(docx)
  const xml = strFromU8(parts['word/document.xml']!)
  const text = [...xml.matchAll(/<w:t[ >][^<]*/g)].map(([run]) => run.replace(/^<w:t[^>]*>/, '')).join('')
  return { parts, xml, text: text.replace(/\s/g, '') }
}

test('the Word report says what the printed one says, with the paper of GB/T 9704', async () => {
  const { xml, text } = opened(await documents.renderWord('monthly-report', sample.monthlyReport, at))
  for (const words of [
    '青公信报〔2026〕11号',
    '签发人：周敏',
    '分局党委：',
    '一、总体情况',
    '比上月（24件）减少3件',
    '附件：1.各单位信访投诉情况统计表',
    '2026年12月3日印发',
  ]) {
    assert.ok(text.includes(words), words)
  }
  assert.match(xml, /<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/)
  assert.match(xml, /w:line="579" w:lineRule="exact"/)
})

test('its charts are Word charts with their figures in them', async () => {
  const { parts } = opened(await documents.renderWord('monthly-report', sample.monthlyReport, at))
  const charts = Object.keys(parts).filter((path) => /^word\/charts\/chart\d+\.xml$/.test(path))
  assert.equal(charts.length, 3)
  assert.equal(Object.keys(parts).filter((path) => path.endsWith('.xlsx')).length, 3)
  const first = strFromU8(parts[charts[0]!]!)
  for (const words of ['群众反映', '经认定', '26年9月']) assert.ok(first.includes(words), words)
})

test('minutes and circulars are made too, with long names and without lists', async () => {
  const minutes = opened(await documents.renderWord('minutes', sample.minutes, at)).text
  assert.ok(minutes.includes('应到：') && minutes.includes('11人，实到9人') && minutes.includes('主持人签名：'))
  const full = opened(await documents.renderWord('minutes', extreme.fullMinutes, at)).text
  for (const name of [longName, ...rareNames]) assert.ok(full.includes(name), name)
  const bare = opened(await documents.renderWord('circular', extreme.bareCircular, at)).text
  assert.ok(bare.includes('〓（U+1F600）') && bare.includes('&lt;script&gt;alert(1)'))
  const report = opened(await documents.renderWord('monthly-report', extreme.fullReport, at)).text
  assert.ok(report.includes(latinName.replaceAll(' ', '')) && report.includes('第200派出所'))
})

test('the same data and moment give the same bytes, whatever was written before; another moment does not', async () => {
  const other = createDocuments()
  const first = await documents.renderWord('monthly-report', sample.monthlyReport, at)
  await other.renderWord('monthly-report', extreme.fullReport, at)
  assert.deepEqual(await other.renderWord('monthly-report', sample.monthlyReport, at), first)
  const later = await other.renderWord('monthly-report', sample.monthlyReport, at.add({ seconds: 1 }))
  assert.notDeepEqual(later, first)
  await other.close()
})

test('nothing of the clock or of the machine is in the file', async () => {
  const docx = await documents.renderWord('circular', sample.circular, at)
  const core = strFromU8(unzipSync(docx)['docProps/core.xml']!)
  assert.match(core, /<dcterms:created[^>]*>2026-12-03T01:05:00Z</)
  assert.match(core, /<dcterms:modified[^>]*>2026-12-03T01:05:00Z</)
})
