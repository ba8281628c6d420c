import type { Unit } from '#modules/directory/index.ts'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import { supervisionPhones } from '#modules/service-window/index.ts'
import type { ServiceListSheet } from '#platform/documents/data/window.ts'
import type { Bureau } from '#platform/settings.ts'
import type { ItemContent, Material } from '#policy/registration/item.ts'
import { basisLines, basisWords } from '../basis-words.ts'
import { conditionWords } from '../services/condition-words.ts'
import { serviceWords } from '../services/words.ts'
import { answerQuery, labelOf, type SelfCheck } from './self-check.ts'

type Sheet = { version: ItemVersionRow; bureau: Bureau; units: readonly Unit[]; at: Temporal.Instant }

/** The whole list of a service for A4 (4.14); conditional papers say when they are needed. */
export function listSheet({ version, ...about }: Sheet): ServiceListSheet {
  const { content } = version
  const materials = content.materials.map((material) => ({
    ...paper(material),
    ...(material.requiredIf && { requirement: conditionWords(content, material.requiredIf, 'zh') }),
  }))
  return {
    ...common({ version, ...about }),
    materials,
    fee: { text: content.fee.text.zh, basis: feeBasis(content) },
    link: `${about.bureau.siteUrl}/services/${version.itemCode}`,
  }
}

/** 我的材料清单: what applies to these answers and nothing else (HR02). */
export function myListSheet(sheet: Sheet, check: SelfCheck & { state: 'list' }): ServiceListSheet {
  return {
    ...common(sheet),
    answers: [...check.asked, ...check.assumed].map(({ question, answer }) => ({
      question: question.text.zh,
      answer: labelOf(question, answer, 'zh'),
    })),
    materials: check.materials.map(paper),
    fee: { text: check.fee.text.zh, ...(check.fee.basis && { basis: basisWords(check.fee.basis, 'zh') }) },
    link: `${sheet.bureau.siteUrl}/services/${sheet.version.itemCode}/my-list${answerQuery(check)}`,
  }
}

function common({ version, bureau, units, at }: Sheet) {
  const { content } = version
  const unit = units[0]
  return {
    issuer: { bureau: bureau.nameZh, unit: '' },
    item: {
      name: content.name.zh,
      code: content.code,
      version: `第${version.number}版`,
      versionDate: Temporal.PlainDate.from(version.from),
      kind: serviceWords('zh').kinds[content.kind],
    },
    basis: basisLines(content.basis, 'zh'),
    whoMayApply: content.applicants.zh,
    conditions: content.conditions.map(({ text }) => text.zh.replace(/。$/, '')),
    process: content.process.map(({ step, place, who }) => ({ name: who.zh, detail: step.zh, place: place.zh })),
    statutoryLimit: content.statutoryLimit.text.zh.replace(/。$/, ''),
    promisedLimit: content.promisedLimit.text.zh.replace(/。$/, ''),
    delivery: content.delivery.zh,
    places: units.map(({ nameZh, address, phone }) => ({
      name: nameZh,
      address: address || '—',
      hours: '以窗口公布的时间为准',
      ...(phone && { phone }),
    })),
    supervision: {
      phones: supervisionPhones(bureau, '', { zh: unit?.nameZh ?? '', en: '' }).map(({ label, number }) => ({
        name: label.zh,
        number,
      })),
      window: content.supervision.window.zh,
      link: `${bureau.siteUrl}/complain`,
    },
    questions: content.faq.map(({ q, a }) => ({ question: q.zh, answer: a.zh })),
    printedAt: at,
  }
}

function paper(material: Material) {
  return {
    name: material.name.zh,
    original: material.source === 'applicant' ? material.original : 0,
    copies: material.source === 'applicant' ? material.copies : 0,
    source: material.obtain.zh,
    ...(material.replaceableBy && { replaceableBy: material.replaceableBy.zh }),
    ...(material.source === 'data_sharing' && { shared: true }),
  }
}

function feeBasis(content: ItemContent): string {
  return [...new Set(content.fee.cases.map(({ basis }) => basisWords(basis, 'zh')))].join('；')
}
