import type { Unit } from '#modules/directory/index.ts'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, form, linkButton } from '#platform/ui/form.ts'
import { dialogDetails, factList, notice, section } from '#platform/ui/parts.ts'
import type { ItemContent, Material, Refusal } from '#policy/registration/item.ts'
import { dateWords } from '../day-words.ts'
import { conditionWords } from '../services/condition-words.ts'
import { howToPrepare, sheetsOf } from '../services/notices.ts'
import { placesSection } from '../services/window-units.ts'
import { commonWords } from '../words.ts'
import { answerName, answerQuery, labelOf, type SelfCheck } from './self-check.ts'
import { myListWords } from './words.ts'

export type MyListView = {
  version: ItemVersionRow
  check: SelfCheck
  units: readonly Unit[]
  /** Questions that stood on the page before; one of them without an answer was passed over. Null on first sight. */
  shown: ReadonlySet<string> | null
  /** The person wishes to change answers that are complete. */
  editing: boolean
  today: string
  lang: Lang
}

export function isInvalid({ check, shown }: MyListView): boolean {
  return check.asked.some(({ question, answer }) => answer === undefined && shown?.has(question.code))
}

export function myListMain(view: MyListView): Html {
  const { check, version, lang } = view
  const of = html`<p class="hint">${commonWords(lang).version(version.number, dateWords(version.from, lang))}</p>`
  if (check.state === 'asking' || view.editing) return html`${of}${questionForm(view)}`
  return html`${of}${check.state === 'refused' ? refusal(check.reasons, lang) : list(view, check)}${yourCase(view)}${
    check.state === 'refused' ? placesSection(view.units, lang) : null
  }<div class="buttons">${linkButton({ href: `/services/${version.itemCode}`, label: myListWords(lang).full })}</div>`
}

function questionForm(view: MyListView): Html {
  const { check, shown, lang } = view
  const words = myListWords(lang)
  const passed = (code: string, answer: string | undefined) => answer === undefined && (shown?.has(code) ?? false)
  const errors = check.asked
    .filter(({ question, answer }) => passed(question.code, answer))
    .map(({ question }) => ({ name: answerName(question.code), message: `${question.text[lang]} ${words.unanswered}` }))
  const fresh = check.asked.filter(({ question }) => shown && !shown.has(question.code)).length
  const fields = check.asked.map(({ question, answer }) =>
    field({
      lang,
      kind: 'radio',
      name: answerName(question.code),
      label: question.text[lang],
      hint: question.help?.[lang],
      value: answer,
      error: passed(question.code, answer) ? words.unanswered : null,
      options: question.options.map(({ code, label }) => ({ value: code, label: label[lang] })),
      width: 'wide',
    }),
  )
  return html`${errorSummary({ lang, errors })}${
    fresh > 0 && errors.length === 0
      ? notice({ lang, kind: 'info', title: words.more(fresh) })
      : html`<p>${words.intro}</p>`
  }${form({
    action: `/services/${view.version.itemCode}/my-list`,
    method: 'get',
    hidden: { shown: check.asked.map(({ question }) => question.code).join(',') },
    body: fields,
    submit: { label: words.next },
  })}`
}

function refusal(reasons: readonly Refusal[], lang: Lang): Html {
  const words = myListWords(lang)
  const body = reasons.map(
    ({ reason, canDo }) => html`<p>${reason[lang]}</p><p><b>${words.canDo}</b> ${canDo[lang]}</p>`,
  )
  return html`${notice({ lang, kind: 'warning', title: words.refusedTitle, body })}<p>${words.stillUnsure}</p>`
}

function list({ version, units, today, lang }: MyListView, check: SelfCheck & { state: 'list' }): Html {
  const words = myListWords(lang)
  const bring = check.materials.filter(({ toBring }) => toBring)
  const office = check.materials.filter(({ toBring }) => !toBring)
  const feeAndLimit = factList([
    { label: words.fee, value: check.fee.text[lang] },
    { label: words.limit, value: version.content.promisedLimit.text[lang] },
  ])
  const address = `/services/${version.itemCode}/my-list.pdf${answerQuery(check)}`
  const print = html`<div class="buttons">${linkButton({ href: address, label: words.pdf, kind: 'main' })}</div><p class="hint">${words.pdfHint} ${words.made(today)}</p>`
  return html`${notice({ lang, kind: 'success', title: words.bring(bring.length), body: words.bringBody })}${
    bring.length > 0 ? section({ title: words.toBring, id: 'bring', body: papers(bring, lang) }) : null
  }${print}${
    office.length > 0
      ? section({
          title: words.notToBring,
          id: 'not-bring',
          body: factList(office.map((m) => ({ label: m.name[lang], value: whyNot(m, lang) }))),
        })
      : null
  }${check.spared.length > 0 ? dialogDetails({ summary: words.otherCases, body: sparedList(version.content, check.spared, lang) }) : null}${section({ title: words.feeAndLimit, body: feeAndLimit })}${placesSection(units, lang)}`
}

/** One paper a line with an empty box, so that the printed page can be ticked off. */
function papers(materials: readonly Material[], lang: Lang): Html {
  return html`<ul class="timeline">${materials.map(
    (material) =>
      html`<li><span class="entry-what"><span aria-hidden="true">□ </span><b>${material.name[lang]}</b> ${sheetsOf(material, lang)}</span><div class="entry-detail">${howToPrepare(material, lang)}</div></li>`,
  )}</ul>`
}

function whyNot(material: Material, lang: Lang): Html {
  return material.source === 'data_sharing'
    ? html`<p>${myListWords(lang).whyShared}</p><p>${material.obtain[lang]}</p>`
    : html`${material.obtain[lang]}`
}

function sparedList(content: ItemContent, spared: readonly Material[], lang: Lang): Html {
  const rows = spared.map((material) => ({
    label: material.name[lang],
    value: material.requiredIf ? myListWords(lang).onlyIf(conditionWords(content, material.requiredIf, lang)) : '',
  }))
  return factList(rows, { keepEmpty: true })
}

function yourCase({ check, version, lang }: MyListView): Html | null {
  if (check.asked.length === 0 && check.assumed.length === 0) return null
  const words = myListWords(lang)
  const line = ({
    question,
    answer,
  }: {
    question: SelfCheck['asked'][number]['question']
    answer: string | undefined
  }) => ({
    label: question.text[lang],
    value: labelOf(question, answer, lang),
  })
  const query = answerQuery(check)
  const href = `/services/${version.itemCode}/my-list${query ? `${query}&edit=1` : '?edit=1'}`
  const body = html`${check.asked.length > 0 ? html`${factList(check.asked.map(line))}<div class="buttons">${linkButton({ href, label: words.change })}</div>` : null}${
    check.assumed.length > 0 ? html`<p>${words.assumed}</p>${factList(check.assumed.map(line))}` : null
  }`
  return section({ title: words.yourCase, id: 'your-case', body })
}
