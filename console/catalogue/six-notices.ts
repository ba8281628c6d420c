import { said } from '#console/system/shared.ts'
import { ruleInWords } from '#modules/registration/index.ts'
import { type Html, html, nothing, type Printable } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { factList, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import type { Condition, ItemContent, Text } from '#policy/registration/item.ts'
import { basisText, sourceOf } from '#policy/sources.ts'
import { catalogueWords } from './words.ts'

type View = {
  content: ItemContent
  lang: Lang /** The link that edits a part; nothing when it may not be edited. */
  edit(part: string): Html
}

/** The whole list as it is told: the six notices (R46), the conditions, who is asked what, questions and answers. */
export function sixNotices(view: View): Html {
  const { content, lang } = view
  const w = catalogueWords(lang)
  return html`${section({ title: w.notices.item, actions: view.edit('item'), body: itemFacts(view) })}${section({ title: w.conditions, level: 3, actions: view.edit('conditions'), body: conditions(view) })}${section(
    { title: w.questionsTitle, level: 3, actions: view.edit('questions'), body: questions(view) },
  )}${section({ title: w.notices.materials, actions: view.edit('materials'), body: materials(view) })}${section({ title: w.notices.fee, actions: view.edit('fee'), body: fee(view) })}${section(
    {
      title: w.notices.process,
      actions: view.edit('process'),
      body: steps(view),
    },
  )}${section({ title: w.notices.time_limit, actions: view.edit('limits'), body: limits(view) })}${section({ title: w.notices.supervision, actions: view.edit('supervision'), body: supervision(view) })}${section(
    {
      title: w.faq,
      level: 3,
      actions: view.edit('faq'),
      body:
        content.faq.length > 0
          ? factList(
              content.faq.map(({ q, a }) => ({ label: said(q, lang), value: said(a, lang) })),
              { keepEmpty: true },
            )
          : unfilled(lang),
    },
  )}`
}

function unfilled(lang: Lang): Html {
  return html`<p class="hint">${catalogueWords(lang).empty}</p>`
}

function rule(condition: Condition | undefined, { content, lang }: View): string {
  return ruleInWords(condition, content, lang)
}

function itemFacts({ content, lang }: View): Html {
  const { facts } = catalogueWords(lang)
  const text = (label: string, value: Text) => ({ label, value: said(value, lang) })
  const basis = content.basis.map(({ source, article }) => {
    const found = sourceOf(source)
    const title = found ? said({ zh: found.title_zh, en: found.title_en }, lang) : basisText(source, lang)
    return html`<li>${title}${article ? (lang === 'en' ? `, Art. ${article}` : `第${article}条`) : nothing}</li>`
  })
  return factList(
    [
      text(facts.summary, content.summary),
      text(facts.applicants, content.applicants),
      text(facts.result, content.result),
      text(facts.delivery, content.delivery),
      { label: facts.basis, value: basis.length > 0 ? html`<ul>${basis}</ul>` : '' },
    ],
    { keepEmpty: true },
  )
}

function conditions(view: View): Html {
  const { content, lang } = view
  const w = catalogueWords(lang)
  if (content.conditions.length === 0) return unfilled(lang)
  return html`<ol>${content.conditions.map(
    ({ text, failIf, refusal }, i) =>
      html`<li>${i + 1}. ${said(text, lang)}${failIf ? html`<p class="hint">${w.ifNot(rule(failIf, view), refusal ? said(refusal.reason, lang) : '–', refusal ? said(refusal.canDo, lang) : '–')}</p>` : nothing}</li>`,
  )}</ol>`
}

function questions(view: View): Html {
  const { content, lang } = view
  const w = catalogueWords(lang)
  if (content.questions.length === 0) return unfilled(lang)
  const value = (question: ItemContent['questions'][number]): Printable =>
    html`${question.options.map((option) => said(option.label, lang)).join(lang === 'en' ? ' / ' : '／')}<p class="hint">${w.askedOf[question.askedOf ?? 'applicant']}${question.askIf ? html`${lang === 'en' ? '; ' : '；'}${w.askWhen(rule(question.askIf, view))}` : nothing}</p>`
  return html`<p class="hint">${w.whoMatters}</p>${factList(content.questions.map((question) => ({ label: said(question.text, lang), value: value(question) })))}`
}

function materials(view: View): Html {
  const { content, lang } = view
  const w = catalogueWords(lang)
  return table({
    caption: w.notices.materials,
    captionHidden: true,
    columns: [
      { key: 'name', label: w.material.name, kind: 'main' },
      { key: 'count', label: w.material.count },
      { key: 'source', label: w.material.source },
      { key: 'when', label: w.material.when },
      { key: 'obtain', label: w.material.obtain },
      { key: 'basis', label: w.material.basis },
    ],
    rows: content.materials.map((material) => ({
      cells: {
        name: said(material.name, lang) || material.code,
        count: w.copies(material.original, material.copies),
        source: w.sources[material.source],
        when: material.requiredIf ? rule(material.requiredIf, view) : w.always,
        obtain: html`${said(material.obtain, lang)}${material.replaceableBy ? html` <span class="hint">${w.replace(said(material.replaceableBy, lang))}</span>` : nothing}`,
        basis: basisText(material.basis, lang),
      },
    })),
    empty: unfilled(lang),
  })
}

function fee(view: View): Html {
  const { content, lang } = view
  const w = catalogueWords(lang)
  return html`<p>${said(content.fee.text, lang)}</p>${table({
    caption: w.notices.fee,
    captionHidden: true,
    columns: [
      { key: 'when', label: w.fee.when, kind: 'main' },
      { key: 'amount', label: w.fee.amount, kind: 'nowrap' },
      { key: 'text', label: w.fee.text },
      { key: 'basis', label: w.facts.basis },
    ],
    rows: content.fee.cases.map((one) => ({
      cells: {
        when: one.appliesIf ? rule(one.appliesIf, view) : w.always,
        amount: w.yuan(one.amountFen),
        text: said(one.text, lang),
        basis: basisText(one.basis, lang),
      },
    })),
    empty: unfilled(lang),
  })}`
}

function steps({ content, lang }: View): Html {
  const w = catalogueWords(lang)
  return table({
    caption: w.notices.process,
    captionHidden: true,
    columns: [
      { key: 'step', label: w.step.step, kind: 'main' },
      { key: 'place', label: w.step.place },
      { key: 'who', label: w.step.who },
    ],
    rows: content.process.map(({ step, place, who }, i) => ({
      cells: { step: `${i + 1}. ${said(step, lang)}`, place: said(place, lang), who: said(who, lang) },
    })),
    empty: unfilled(lang),
  })
}

function limits({ content, lang }: View): Html {
  const { facts } = catalogueWords(lang)
  const { promisedLimit: promise, statutoryLimit: law } = content
  const line = (text: Text, basis: string): Printable => {
    if (!said(text, lang)) return ''
    const grounds = `${facts.basis}${lang === 'en' ? ': ' : '：'}${basisText(basis, lang)}`
    return html`${said(text, lang)}${basis ? html`<p class="hint">${grounds}</p>` : nothing}`
  }
  return factList(
    [
      { label: facts.promised, value: line(promise.text, promise.basis) },
      { label: facts.statutory, value: line(law.text, law.basis) },
      law.extension ? { label: facts.extension, value: line(law.extension.text, law.extension.basis) } : null,
    ],
    { keepEmpty: true },
  )
}

function supervision({ content, lang }: View): Html {
  const w = catalogueWords(lang)
  const named = w.phones as Record<string, string>
  const { phones, window, online, text } = content.supervision
  return factList(
    [
      ...phones.map((phone) => ({ label: named[phone.key] ?? phone.key, value: said(phone.text, lang) })),
      { label: w.facts.window, value: said(window, lang) },
      { label: w.facts.online, value: said(online, lang) },
      { label: w.facts.text, value: said(text, lang) },
    ],
    { keepEmpty: true },
  )
}
