import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createDocuments } from '../documents.ts'
import { linesOf, pagesOf, pageTextsOf, textOf } from '../documents-testing.ts'
import * as sample from '../samples/official.ts'
import * as extreme from '../samples/official-extremes.ts'
import { longName, rareNames } from '../samples/window-extremes.ts'
import { chineseNumber } from './block.ts'
import { comparison } from './compare.ts'
import { monthlyReportDocument } from './monthly-report.ts'

const at = Temporal.Instant.from('2026-12-03T01:05:00Z')
const documents = createDocuments()
after(() => documents.close())

const mm = 72 / 25.4

test('a full page has 22 lines of 28 characters inside 156 by 225 mm (GB/T 9704-2012)', async (t) => {
  const pages = linesOf(await documents.render('circular', extreme.grid, at))
  if (!pages) return t.skip('pdftotext is not on this machine')
  const lines = pages[2]!.filter(({ text }) => text.startsWith('国'))
  assert.equal(lines.length, 22)
  for (const { text, left, right } of lines) {
    assert.equal([...text].length, 28)
    assert.ok(Math.abs(left - 28 * mm) < 1 && Math.abs(right - 184 * mm) < 2, `${left} to ${right}`)
  }
  const pitch = (lines.at(-1)!.top - lines[0]!.top) / 21
  assert.ok(Math.abs(pitch - (225 * mm) / 22) < 0.05, `pitch ${pitch}`)
})

test('page numbers stand between dashes on the outer side, one character in', async (t) => {
  const pages = linesOf(await documents.render('circular', extreme.grid, at))
  if (!pages) return t.skip('pdftotext is not on this machine')
  pages.forEach((lines, i) => {
    const number = lines.find(({ text }) => text === `—${i + 1}—`)
    assert.ok(number, `page ${i + 1}`)
    const inwards = i % 2 === 0 ? 184 * mm - number.right : number.left - 28 * mm
    assert.ok(Math.abs(inwards - 14) < 3, `page ${i + 1}: ${inwards} from the edge`)
  })
})

test('the imprint ends the document, on an even page', async (t) => {
  const all = [
    await documents.render('circular', extreme.grid, at),
    await documents.render('circular', sample.circular, at),
    await documents.render('monthly-report', extreme.nilReport, at),
    await documents.render('minutes', extreme.fullMinutes, at),
  ]
  for (const pdf of all) {
    const pages = pageTextsOf(pdf)
    if (!pages) return t.skip('pdftotext is not on this machine')
    assert.equal(pages.length % 2, 0)
    assert.equal(pages.filter((page) => page.includes('日印发')).length, 1)
    assert.ok(pages.at(-1)!.includes('日印发'))
  }
})

test('an upward report has its number at the left and who signed it at the right; a circular has nobody there', async (t) => {
  const [first] = linesOf(await documents.render('monthly-report', sample.monthlyReport, at)) ?? []
  if (!first) return t.skip('pdftotext is not on this machine')
  const number = first.find(({ text }) => text.startsWith('青公信报〔2026〕11号'))
  assert.ok(number && number.left < 28 * mm + 20)
  assert.ok(
    first.some(({ text, left }) => text.includes('签发人：') && left > 100 * mm) || number.text.includes('签发人'),
  )
  const circular = textOf(await documents.render('circular', sample.circular, at))
  assert.ok(!circular!.includes('签发人'))
})

test('a report counts its parts, keeps alleged and confirmed apart and says what the course rests on', async (t) => {
  const text = textOf(await documents.render('monthly-report', sample.monthlyReport, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (const part of ['一、总体情况', '四、提前预警的单位', '八、下一步工作建议', '（四）反复被投诉的人员']) {
    assert.ok(text.includes(part), part)
  }
  assert.ok(text.includes('收到群众信访投诉27件次，同一事项合并后为21件案件，比上月（24件）减少3件'))
  assert.ok(text.includes('涉及“冷硬横推托”的案件8件；本月经审查认定确有此类问题的案件3件'))
  assert.ok(text.includes('上述判断的依据：'))
  assert.ok(text.includes('其中纪委为零报告'))
})

test('the words of a chart can be searched, the start of the institution among them', async (t) => {
  const text = textOf(await documents.render('monthly-report', sample.monthlyReport, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (const word of ['实行每月例会制度', '26年9月', '件/千件', '认定有责']) assert.ok(text.includes(word), word)
})

test('a month without cases is still a report, on two pages, without empty parts', async (t) => {
  const pdf = await documents.render('monthly-report', extreme.nilReport, at)
  assert.equal(pagesOf(pdf), 2)
  const text = textOf(pdf)
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  assert.ok(text.includes('本月各渠道均未收到群众信访投诉，实行零报告'))
  assert.ok(text.includes('二、下一步工作建议'))
  for (const absent of ['表1', '典型案件', '附件', '三、']) assert.ok(!text.includes(absent), absent)
})

test('200 units, long names and rare characters all stand in the tables', async (t) => {
  const text = textOf(await documents.render('monthly-report', extreme.fullReport, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (let n = 1; n <= 200; n++) assert.ok(text.includes(`第${n}派出所`) || text.includes(`第${n}警务室`), `unit ${n}`)
  for (const name of [longName, ...rareNames.slice(0, 12), '𬭎㛃䶮街道']) assert.ok(text.includes(name), name)
})

test('minutes list who was there, on leave, absent, and a deputy apart from the heads', async (t) => {
  const text = textOf(await documents.render('minutes', sample.minutes, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  assert.ok(text.includes('应到：11人，实到9人'))
  assert.ok(text.includes('请假：交通警察大队大队长魏东（参加市局会议，高振邦批准）'))
  assert.ok(text.includes('缺席：北关派出所所长石磊'))
  assert.ok(text.includes('代为参会：交通警察大队副大队长蒋敏（代大队长魏东，不计为主要负责人出席）'))
  assert.ok(text.includes('（责任单位：政治处；完成时限：2026年12月11日）'))
})

test('a report with charts gives the same bytes from another thread, and after other charts', async () => {
  const other = createDocuments()
  const first = await documents.render('monthly-report', sample.monthlyReport, at)
  await other.render('monthly-report', extreme.fullReport, at)
  const second = await other.render('monthly-report', sample.monthlyReport, at)
  await other.close()
  assert.deepEqual(first, second)
})

test('a comparison says its base and gives no per cent; without a register then it says nothing', () => {
  assert.equal(comparison({ now: 3, lastMonth: 2, lastYear: 3 }, '件'), '比上月（2件）增加1件，与上年同月持平')
  assert.equal(comparison({ now: 3 }, '件'), '')
})

test('headings are counted in Chinese', () => {
  assert.deepEqual([1, 10, 11, 20, 25].map(chineseNumber), ['一', '十', '十一', '二十', '二十五'])
})

test('a part without content has no heading, and the numbers close up', () => {
  const { body } = monthlyReportDocument({ ...sample.monthlyReport, warnings: [], typical: [] })
  const heads = body.filter((block) => block.kind === 'heading' && block.level === 1)
  assert.deepEqual(
    heads.map((block) => block.kind === 'heading' && block.text.slice(0, 2)),
    ['一、', '二、', '三、', '四、', '五、', '六、'],
  )
})
