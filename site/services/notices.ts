import { type Html, html, type Printable } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Bureau } from '#platform/settings.ts'
import { factList, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import type { FeeCase, ItemContent, Material } from '#policy/registration/item.ts'
import { basisLines, basisWords } from '../basis-words.ts'
import { telephone } from '../frame.ts'
import { commonWords } from '../words.ts'
import { conditionWords } from './condition-words.ts'
import { serviceWords } from './words.ts'

/** The six notices in full, each under its name (R46), and the questions people ask. */
export function sixNotices(content: ItemContent, bureau: Bureau, lang: Lang): Html {
  const titles = serviceWords(lang).notices
  return html`${section({ title: titles.item, id: 'item', body: itemNotice(content, lang) })}${section({
    title: titles.materials,
    id: 'materials',
    body: materialsNotice(content, lang),
  })}${section({ title: titles.fee, id: 'fee', body: feeNotice(content, lang) })}${section({
    title: titles.process,
    id: 'process',
    body: processNotice(content, lang),
  })}${section({ title: titles.limit, id: 'limit', body: limitNotice(content, lang) })}${section({
    title: titles.supervision,
    id: 'supervision',
    body: supervisionNotice(content, bureau, lang),
  })}${faqSection(content, lang)}`
}

function itemNotice(content: ItemContent, lang: Lang): Html {
  const words = serviceWords(lang)
  const issued = content.sourceNotice
  return factList([
    { label: words.what, value: content.summary[lang] },
    { label: words.who, value: content.applicants[lang] },
    { label: words.conditions, value: lines(content.conditions.map(({ text }) => text[lang])) },
    { label: words.result, value: content.result[lang] },
    { label: words.delivery, value: content.delivery[lang] },
    { label: words.basis, value: lines(basisLines(content.basis, lang)) },
    issued ? { label: words.issuedBy, value: `${issued.title}${issued.number ? ` ${issued.number}` : ''}` } : null,
    { label: words.kind, value: words.kinds[content.kind] },
    { label: words.code, value: content.code },
  ])
}

/** Several sentences under each other. */
export function lines(texts: readonly Printable[]): Html {
  return texts.length === 1 ? html`${texts[0]}` : html`${texts.map((text) => html`<p>${text}</p>`)}`
}

function materialsNotice(content: ItemContent, lang: Lang): Html {
  const words = serviceWords(lang)
  return table({
    caption: words.notices.materials,
    captionHidden: true,
    columns: [
      { key: 'name', label: words.material, kind: 'main' },
      { key: 'sheets', label: words.sheets, kind: 'nowrap' },
      { key: 'when', label: words.onlyIf },
      { key: 'how', label: words.obtain },
    ],
    rows: content.materials.map((material) => ({
      cells: {
        name: material.name[lang],
        sheets: sheetsOf(material, lang),
        when: material.requiredIf ? conditionWords(content, material.requiredIf, lang) : words.always,
        how: howToPrepare(material, lang),
      },
    })),
    empty: html``,
  })
}

/** 原件 1 份，复印件 1 份; for what the office holds or makes, that it need not be brought. */
export function sheetsOf(material: Material, lang: Lang): string {
  if (material.source !== 'applicant') return serviceWords(lang).notToBring
  const common = commonWords(lang)
  const parts = [
    material.original > 0 ? common.original(material.original) : '',
    material.copies > 0 ? common.copies(material.copies) : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(common.comma) : common.noPaper
}

export function howToPrepare(material: Material, lang: Lang): Html {
  const words = serviceWords(lang)
  const common = commonWords(lang)
  const defects = (material.commonDefects ?? []).map((defect) => defect[lang])
  return html`${material.obtain[lang]}${material.replaceableBy ? html`<br>${words.replaceable}${colon(lang)}${material.replaceableBy[lang]}` : null}${
    defects.length > 0 ? html`<br>${words.defects}${colon(lang)}${defects.join(common.listSeparator)}` : null
  }${material.mendableOnSpot ? html`<br>${words.mendable}` : null}`
}

export function colon(lang: Lang): string {
  return lang === 'en' ? ': ' : '：'
}

function feeNotice(content: ItemContent, lang: Lang): Html {
  const { cases, text } = content.fee
  return html`<p>${text[lang]}</p>${cases.some(({ appliesIf }) => appliesIf) ? lines(cases.map((fee) => feeLine(content, fee, lang))) : null}<p class="hint">${
    serviceWords(lang).basis
  }${colon(lang)}${[...new Set(cases.map(({ basis }) => basisWords(basis, lang)))].join(commonWords(lang).listSeparator)}</p>`
}

function feeLine(content: ItemContent, fee: FeeCase, lang: Lang): Html {
  const when = fee.appliesIf
    ? html` <span class="hint">${serviceWords(lang).feeIf(conditionWords(content, fee.appliesIf, lang))}</span>`
    : null
  return html`${fee.text[lang]}${when}`
}

function processNotice(content: ItemContent, lang: Lang): Html {
  return html`<ol class="steps">${content.process.map(
    ({ step, place, who }, i) =>
      html`<li class="step-todo"><span class="step-label">${i + 1}. ${step[lang]}</span><span class="step-at">${who[lang]}${commonWords(lang).comma}${place[lang]}</span></li>`,
  )}</ol>`
}

function limitNotice(content: ItemContent, lang: Lang): Html {
  const words = serviceWords(lang)
  const { statutoryLimit: law, promisedLimit: promise } = content
  const withBasis = (text: string, basis: string) =>
    html`<p>${text}</p><p class="hint">${words.basis}${colon(lang)}${basisWords(basis, lang)}</p>`
  return factList([
    { label: words.promised, value: withBasis(promise.text[lang], promise.basis) },
    { label: words.statutory, value: withBasis(law.text[lang], law.basis) },
    law.extension ? { label: words.extension, value: withBasis(law.extension.text[lang], law.extension.basis) } : null,
  ])
}

function supervisionNotice(content: ItemContent, bureau: Bureau, lang: Lang): Html {
  const words = serviceWords(lang)
  const { phones, window, online, text } = content.supervision
  const numbers = phones.map(({ key, text: about }) => {
    const number = key === 'station' ? '' : bureau.phones[key]
    if (key === 'station') return html`${about[lang]} <a href="/services/${content.code}#places">${words.places}</a>`
    return number ? html`${about[lang]} ${telephone(number)}` : null
  })
  const ways = factList([
    { label: commonWords(lang).phone, value: lines(numbers.filter((line) => line !== null)) },
    { label: words.atWindow, value: window[lang] },
    { label: words.online, value: html`${online[lang]} <a href="/complain">${commonWords(lang).complain}</a>` },
  ])
  return html`${ways}<p>${text[lang]}</p>`
}

function faqSection(content: ItemContent, lang: Lang): Html | null {
  if (content.faq.length === 0) return null
  const entries = content.faq.map(
    ({ q, a }) => html`<li><b class="entry-what">${q[lang]}</b><div class="entry-detail">${a[lang]}</div></li>`,
  )
  return section({ title: serviceWords(lang).faq, id: 'faq', body: html`<ul class="timeline">${entries}</ul>` })
}
