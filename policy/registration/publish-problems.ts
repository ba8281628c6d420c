import { readBasis } from '../sources.ts'
import { optionsIn, questionsIn } from './circumstances.ts'
import {
  type Condition,
  exampleBasis,
  type FeeCase,
  type ItemContent,
  type PolicyCondition,
  type Question,
  type Text,
} from './item.ts'

/** The six notices of R46. */
export const sixNotices = ['item', 'materials', 'fee', 'process', 'time_limit', 'supervision'] as const
export type Notice = (typeof sixNotices)[number]

export type PublishProblemCode =
  | 'empty'
  | 'basis_missing'
  | 'basis_unknown'
  | 'example_not_said'
  | 'duplicate_code'
  | 'unknown_question'
  | 'unknown_option'
  | 'question_asked_later'
  | 'question_unused'
  | 'question_without_choice'
  | 'assumption_invalid'
  | 'refusal_missing'
  | 'count_invalid'
  | 'amount_invalid'
  | 'no_fee_not_said'
  | 'free_with_amount'
  | 'no_default_fee'
  | 'days_invalid'
  | 'promise_longer_than_law'

/** `at` names the place in the content: `materials.household_booklet.obtain`. */
export type PublishProblem = { notice: Notice; code: PublishProblemCode; at: string }

/** Everything that stands in the way of publishing a version; it may be published only when the list is empty (R46). */
export function publishProblems(content: ItemContent): PublishProblem[] {
  return [
    ...itemProblems(content),
    ...questionProblems(content),
    ...materialProblems(content),
    ...feeProblems(content),
    ...processProblems(content),
    ...limitProblems(content),
    ...supervisionProblems(content),
  ]
}

type Report = (code: PublishProblemCode, at: string) => void

function collect(notice: Notice, look: (report: Report) => void): PublishProblem[] {
  const found: PublishProblem[] = []
  look((code, at) => found.push({ notice, code, at }))
  return found
}

function itemProblems(content: ItemContent): PublishProblem[] {
  return collect('item', (report) => {
    if (!content.code.trim()) report('empty', 'code')
    for (const key of ['name', 'summary', 'applicants', 'result', 'delivery'] as const) said(content[key], key, report)
    if (content.conditions.length === 0) report('empty', 'conditions')
    for (const [i, condition] of content.conditions.entries()) conditionProblems(content, condition, i, report)
    for (const [i, { q, a }] of content.faq.entries()) {
      said(q, `faq.${i}.q`, report)
      said(a, `faq.${i}.a`, report)
    }
    basisProblems(content, report)
  })
}

function basisProblems({ basis }: ItemContent, report: Report) {
  if (basis.length === 0) report('basis_missing', 'basis')
  const unknown = basis.filter(({ source }) => 'refused' in readBasis(source))
  for (const { source } of unknown) report('basis_unknown', `basis.${source}`)
}

function conditionProblems(content: ItemContent, condition: PolicyCondition, i: number, report: Report) {
  const at = `conditions.${i}`
  said(condition.text, `${at}.text`, report)
  circumstance(content, condition.failIf, `${at}.failIf`, report)
  if (condition.failIf && !condition.refusal) report('refusal_missing', at)
  if (!condition.refusal) return
  said(condition.refusal.reason, `${at}.refusal.reason`, report)
  said(condition.refusal.canDo, `${at}.refusal.canDo`, report)
}

function questionProblems(content: ItemContent): PublishProblem[] {
  return collect('item', (report) => {
    repeated(content.questions, 'questions', report)
    const used = new Set(allConditions(content).flatMap(questionsIn))
    for (const [i, question] of content.questions.entries()) {
      const at = `questions.${question.code}`
      optionProblems(question, at, report)
      if (!used.has(question.code)) report('question_unused', at)
      circumstance(content, question.askIf, `${at}.askIf`, report)
      const earlier = content.questions.slice(0, i).map(({ code }) => code)
      if (questionsIn(question.askIf).some((code) => !earlier.includes(code))) report('question_asked_later', at)
      if (!assumptionStands(question)) report('assumption_invalid', at)
    }
  })
}

function optionProblems(question: Question, at: string, report: Report) {
  said(question.text, `${at}.text`, report)
  for (const option of question.options) said(option.label, `${at}.${option.code}`, report)
  if (question.options.length < 2) report('question_without_choice', at)
  if (question.options.some(({ code }) => !code.trim())) report('empty', `${at}.options`)
  repeated(question.options, `${at}.options`, report)
}

/** Only the officer's findings may be assumed, and they must be, or nobody could see a list before the visit. */
function assumptionStands(question: Question): boolean {
  if (question.askedOf !== 'officer') return question.assumed === undefined
  return question.options.some(({ code }) => code === question.assumed)
}

function materialProblems(content: ItemContent): PublishProblem[] {
  return collect('materials', (report) => {
    if (content.materials.length === 0) report('empty', 'materials')
    repeated(content.materials, 'materials', report)
    for (const material of content.materials) {
      const at = `materials.${material.code}`
      said(material.name, `${at}.name`, report)
      said(material.obtain, `${at}.obtain`, report)
      for (const defect of material.commonDefects ?? []) said(defect, `${at}.commonDefects`, report)
      circumstance(content, material.requiredIf, `${at}.requiredIf`, report)
      grounded(material.basis, material.obtain, at, report)
      const counts = [material.original, material.copies]
      if (counts.some((count) => !Number.isInteger(count) || count < 0)) report('count_invalid', at)
      if (material.source === 'applicant' && material.original + material.copies === 0) report('count_invalid', at)
    }
  })
}

const noFeeWords: { zh: RegExp; en: RegExp } = { zh: /不收|免费|免收/, en: /free|no fee|no charge|not charged/i }

function saysNoFee(text: Text): boolean {
  return noFeeWords.zh.test(text.zh) && noFeeWords.en.test(text.en)
}

function feeProblems(content: ItemContent): PublishProblem[] {
  const { fee } = content
  return collect('fee', (report) => {
    said(fee.text, 'fee.text', report)
    if (fee.cases.length === 0) report('empty', 'fee.cases')
    if (fee.free && !saysNoFee(fee.text)) report('no_fee_not_said', 'fee.text')
    if (fee.free && fee.cases.some(({ amountFen }) => amountFen !== 0)) report('free_with_amount', 'fee.cases')
    if (fee.cases.at(-1)?.appliesIf) report('no_default_fee', 'fee.cases')
    for (const [i, item] of fee.cases.entries()) feeCaseProblems(content, item, `fee.cases.${i}`, report)
  })
}

function feeCaseProblems(content: ItemContent, item: FeeCase, at: string, report: Report) {
  said(item.text, `${at}.text`, report)
  circumstance(content, item.appliesIf, `${at}.appliesIf`, report)
  grounded(item.basis, item.text, at, report)
  if (!Number.isInteger(item.amountFen) || item.amountFen < 0) report('amount_invalid', at)
  if (item.amountFen === 0 && !saysNoFee(item.text)) report('no_fee_not_said', `${at}.text`)
}

function processProblems(content: ItemContent): PublishProblem[] {
  return collect('process', (report) => {
    if (content.process.length === 0) report('empty', 'process')
    for (const [i, step] of content.process.entries()) {
      for (const key of ['step', 'place', 'who'] as const) said(step[key], `process.${i}.${key}`, report)
    }
  })
}

function limitProblems({ statutoryLimit: law, promisedLimit: promise }: ItemContent): PublishProblem[] {
  return collect('time_limit', (report) => {
    said(law.text, 'statutoryLimit.text', report)
    said(promise.text, 'promisedLimit.text', report)
    grounded(law.basis, law.text, 'statutoryLimit', report)
    grounded(promise.basis, promise.text, 'promisedLimit', report)
    if (law.extension) grounded(law.extension.basis, law.extension.text, 'statutoryLimit.extension', report)
    const badLaw = law.days !== null && (!Number.isInteger(law.days) || law.days < 0)
    if (badLaw) report('days_invalid', 'statutoryLimit')
    const zero = promise.days === 0 && !promise.immediate
    if (!Number.isInteger(promise.days) || promise.days < 0 || zero) report('days_invalid', 'promisedLimit')
    if (law.days !== null && naturalDays(promise) > naturalDays({ days: law.days, unit: law.unit })) {
      report('promise_longer_than_law', 'promisedLimit')
    }
  })
}

/** Five working days take about seven days; enough to compare limits, never to compute a date. */
export function naturalDays(limit: { days: number; unit: 'working_day' | 'natural_day' }): number {
  return limit.unit === 'working_day' ? (limit.days * 7) / 5 : limit.days
}

function supervisionProblems({ supervision }: ItemContent): PublishProblem[] {
  return collect('supervision', (report) => {
    if (supervision.phones.length === 0) report('empty', 'supervision.phones')
    for (const phone of supervision.phones) said(phone.text, `supervision.phones.${phone.key}`, report)
    for (const key of ['window', 'online', 'text'] as const) said(supervision[key], `supervision.${key}`, report)
  })
}

function said(text: Text | undefined, at: string, report: Report) {
  if (!text?.zh.trim() || !text.en.trim()) report('empty', at)
}

/** What rests on no rule yet must tell the reader that the bureau has still to confirm it. */
function grounded(basis: string, text: Text, at: string, report: Report) {
  if (!basis.trim()) report('basis_missing', at)
  else if ('refused' in readBasis(basis)) report('basis_unknown', at)
  if (basis === exampleBasis && !(/分局.*确认/.test(text.zh) && /bureau.*confirm/i.test(text.en))) {
    report('example_not_said', at)
  }
}

function circumstance(content: ItemContent, condition: Condition | undefined, at: string, report: Report) {
  for (const { question, option } of optionsIn(condition)) {
    const asked = content.questions.find(({ code }) => code === question)
    if (!asked) report('unknown_question', at)
    else if (!asked.options.some(({ code }) => code === option)) report('unknown_option', at)
  }
}

function repeated(things: readonly { code: string }[], at: string, report: Report) {
  const codes = things.map(({ code }) => code)
  for (const code of new Set(codes.filter((code, i) => codes.indexOf(code) !== i))) {
    report('duplicate_code', `${at}.${code}`)
  }
}

function allConditions(content: ItemContent): (Condition | undefined)[] {
  return [
    ...content.conditions.map(({ failIf }) => failIf),
    ...content.questions.map(({ askIf }) => askIf),
    ...content.materials.map(({ requiredIf }) => requiredIf),
    ...content.fee.cases.map(({ appliesIf }) => appliesIf),
  ]
}
