import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ComplaintNotice } from './data/complaints.ts'
import { createDocuments } from './documents.ts'
import { pagesOf, pageTextsOf, textOf } from './documents-testing.ts'
import * as accountability from './samples/accountability.ts'
import * as accountabilityExtreme from './samples/accountability-extremes.ts'
import * as complaints from './samples/complaints.ts'
import * as complaintsExtreme from './samples/complaints-extremes.ts'
import { longName, rareNames } from './samples/window-extremes.ts'

const at = Temporal.Instant.from('2026-12-03T01:05:00Z')
const documents = createDocuments()
after(() => documents.close())

test('a receipt is one page with the code, every date that follows and how identity is kept', async (t) => {
  const pdf = await documents.render('complaint-receipt', complaints.complaintReceipt, at)
  assert.equal(pagesOf(pdf), 1)
  const text = textOf(pdf)
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (const words of ['4TQ8-HN2W', '2026年11月16日（含当日）', '2026年12月29日（含当日）', '已按您的要求对身份保密']) {
    assert.ok(text.includes(words), words)
  }
  assert.ok(text.includes('Receiptforyourcomplaint.'))
})

test('an anonymous receipt names nobody', async (t) => {
  const text = textOf(await documents.render('complaint-receipt', complaintsExtreme.anonymousReceipt, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  assert.ok(text.includes('反映人未留姓名'))
})

const { accepted, notAccepted, otherPath, transferred, extended, reviewAccepted, reviewNotAccepted } = complaints
const titles: [ComplaintNotice, string][] = [
  [accepted, '信访事项受理告知书'],
  [notAccepted, '信访事项不予受理告知书'],
  [otherPath, '信访事项依法分类处理告知书'],
  [transferred, '信访事项转送告知书'],
  [extended, '信访事项延长办理期限告知书'],
  [reviewAccepted, '信访事项复查受理告知书'],
  [reviewNotAccepted, '信访事项复查不予受理告知书'],
]

test('each kind of notice has its own title, the decision as taken, and one page for each copy', async (t) => {
  for (const [data, title] of titles) {
    const pdf = await documents.render('complaint-notice', data, at)
    assert.equal(pagesOf(pdf), 2, title)
    const text = textOf(pdf)
    if (text === undefined) return t.skip('pdftotext is not on this machine')
    assert.ok(text.includes(title) && text.includes(data.decision), title)
  }
})

test('an opinion letter has the four parts of article 32 and the last day for review', async (t) => {
  const text = textOf(await documents.render('opinion-letter', complaints.opinionLetter, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (const part of ['一、信访人的请求', '二、查明的事实', '四、处理意见', '五、法律依据']) {
    assert.equal(text.split(part).length - 1, 2, `${part} in both copies`)
  }
  assert.ok(text.includes('2027年1月4日（含当日；暂定，自您收到之日起30日'))
})

test('no page of an opinion letter has only a signature, however long it is', async (t) => {
  for (const data of [complaints.opinionLetter, complaintsExtreme.longOpinion]) {
    const pages = pageTextsOf(await documents.render('opinion-letter', data, at))
    if (!pages) return t.skip('pdftotext is not on this machine')
    const signed = pages.filter((page) => page.includes('信访人签收'))
    assert.equal(signed.length, 2)
    for (const page of signed) assert.ok(page.includes('联系部门'))
  }
})

test('a re-review says that it is final; a review says where to go next', async (t) => {
  const again = textOf(await documents.render('review-opinion', complaints.reReview, at))
  const review = textOf(await documents.render('review-opinion', complaints.review, at))
  if (again === undefined || review === undefined) return t.skip('pdftotext is not on this machine')
  assert.ok(again.includes('本意见为信访程序的终结意见') && !again.includes('申请复核的权利'))
  assert.ok(review.includes('申请复核的权利') && review.includes('云州市人民政府'))
})

test('a statement request has the facts and nothing of a complainant', async (t) => {
  const text = textOf(await documents.render('statement-request', accountability.statementRequest, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (const words of ['您的权利', '怎样答复', '2026年11月16日（含当日）', '不得打听、查询反映人']) {
    assert.ok(text.includes(words), words)
  }
  for (const absent of ['信访人', '投诉人', '来源渠道', '收到时间']) assert.ok(!text.includes(absent), absent)
})

test('a finding names evidence, clause, statement, both reviewers, the approval and the last day for an appeal', async (t) => {
  const text = textOf(await documents.render('finding', accountability.finding, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (const words of [
    '有责任（一般）',
    '窗口录像',
    '应当一次性书面告知',
    '打印机故障',
    '冯建平',
    '罗文清',
    '孙志强副局长',
  ]) {
    assert.ok(text.includes(words), words)
  }
  assert.ok(text.includes('2026年12月14日（含当日）前向分局政治处申诉受理岗提出申诉'))
})

test('the copy of a finding for the officer says neither when nor how the complaint came', async (t) => {
  const own = { ...accountability.finding, arrival: undefined }
  const text = textOf(await documents.render('finding', own, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (const absent of ['来源渠道', '收到时间', '960111']) assert.ok(!text.includes(absent), absent)
})

test('a finding with 200 pieces of evidence keeps all of them and every name whole', async (t) => {
  const text = textOf(await documents.render('finding', accountabilityExtreme.longFinding, at))
  if (text === undefined) return t.skip('pdftotext is not on this machine')
  for (let n = 1; n <= 200; n++) assert.ok(text.includes(`证据${n}：`), `evidence ${n}`)
  for (const name of [longName, ...rareNames]) assert.ok(text.includes(name), name)
})

test('a unit is told its task with its band; a deduction without a person says so', async (t) => {
  const unit = textOf(await documents.render('deduction-notice', accountability.deductionOfUnit, at))
  const bare = textOf(await documents.render('deduction-notice', accountabilityExtreme.deductionWithoutOfficer, at))
  if (unit === undefined || bare === undefined) return t.skip('pdftotext is not on this machine')
  assert.ok(unit.includes('2026年12月7日（含当日）前，在0.5分至2分的幅度内') && unit.includes('不得为零'))
  assert.ok(bare.includes('未能确定具体责任人，只对单位扣分'))
})

test('a notice slip lists the deductions, and a refusal to sign has two witnesses', async (t) => {
  const open = textOf(await documents.render('notice-slip', accountability.noticeSlip, at))
  const refused = textOf(await documents.render('notice-slip', accountabilityExtreme.refusedSlip, at))
  if (open === undefined || refused === undefined) return t.skip('pdftotext is not on this machine')
  for (const words of ['已被扣分3次', 'XF-2026-0098', 'XF-2026-0263', 'XF-2026-0417', '拒绝签收。原因：']) {
    assert.ok(open.includes(words), words)
  }
  assert.ok(refused.includes('见证人：彭丽、李𬭎') && refused.includes('已函告分局纪委'))
})

test('a clarification speaks to the officer, or to his unit about him', async (t) => {
  const own = textOf(await documents.render('clarification', accountability.clarification, at))
  const unit = textOf(await documents.render('clarification', accountabilityExtreme.clarificationForUnit, at))
  if (own === undefined || unit === undefined) return t.skip('pdftotext is not on this machine')
  assert.ok(own.includes('白晓燕同志：你被反映的有关问题'))
  assert.ok(unit.includes('户籍窗口：你单位'))
})
