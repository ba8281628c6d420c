import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { loadCatalogue } from '#modules/registration/catalogue/load.ts'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import { createDocuments } from '#platform/documents/documents.ts'
import type { Gap } from '#policy/registration/material-check.ts'
import { basisInWords, type NoticeContent, shortNotices } from './notice-content.ts'
import { noticeDocument } from './notice-document.ts'

const documents = createDocuments()
after(() => documents.close())

const at = Temporal.Instant.from('2026-11-23T01:05:00Z')
const phone = (zh: string, number: string) => ({ label: { zh, en: zh }, number })

function notice(version: ItemVersionRow, name: string, gaps: Gap[]): NoticeContent {
  const { content } = version
  return {
    bureau: { zh: '云州市公安局青山分局', en: '' },
    unit: { zh: '青山路派出所户籍窗口', en: '', address: '青山路18号', sealOf: '云州市公安局青山分局青山路派出所' },
    no: 'GZ20261123-0001',
    matterNo: '20261123-000001',
    link: 'https://bm.qingshan.example.cn/q/GZ20261123-0001/F94WCBYJ',
    applicant: { name, phoneMasked: '138****5621' },
    visit: 1,
    item: { code: version.itemCode, name: content.name, version: 1, from: '2026-01-01' },
    gaps,
    answers: {},
    sixNotices: shortNotices(version, {}, gaps),
    keptUntil: '2027-02-21',
    keptProvisional: true,
    second: null,
    officer: { name: '李敏', policeNo: 'J100001', phone: '8000 0101' },
    supervision: [
      phone('青山路派出所户籍窗口监督电话', '8000 0118'),
      phone('分局监督电话', '8000 0110'),
      phone('960111 投诉台', '960111'),
      phone('12389 举报投诉', '12389'),
      phone('12345 政务服务热线', '12345'),
    ],
    basis: basisInWords(content.basis),
    issuedAt: at.toString(),
  }
}

const pagesOf = (pdf: Uint8Array) =>
  Number(/\/Type\s*\/Pages[^>]*?\/Count\s+(\d+)/.exec(Buffer.from(pdf).toString('latin1'))?.[1])

for (const name of ['王秀英', '阿卜杜热合曼·麦麦提图尔荪尼亚孜·阿卜杜外力·艾合买提江·吐尔逊那依·买买提依明'])
  test(`what is usually missing fits on one page with the place to sign, for ${[...name].length} characters of name`, async () => {
    for (const { from, content } of await loadCatalogue()) {
      const version = { itemCode: content.code, from, number: 1, content } as unknown as ItemVersionRow
      const papers = content.materials.filter((material) => material.source === 'applicant' && material.original > 0)
      const gaps = papers
        .slice(0, 2)
        .map((material): Gap => ({ ...material, problem: 'missing', mendableOnSpot: false }))
      const pdf = await documents.render('one-time-notice', noticeDocument(notice(version, name, gaps)), at)
      assert.equal(pagesOf(pdf), 2, `${content.code}: one page for each of the two copies`)
    }
  })
