import { type Context, dayOf } from '#platform/context.ts'
import { formatDay, type Lang } from '#platform/i18n.ts'
import type { FieldError } from '#platform/ui/form.ts'
import type { Answers, ItemContent, Text } from '#policy/registration/item.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { dueBy } from '#policy/service-window/limits.ts'
import type { MatterData } from './matter-data.ts'
import { pageWords } from './matter-words.ts'
import { said } from './shared.ts'
import { matterWords } from './words.ts'

export type ComposerWords = {
  questions: string
  officerQuestion: string
  materials: string
  material: { name: string; verdict: string; remark: string }
  verdicts: Record<'present' | 'missing' | 'defective', string>
  problems: Record<'missing' | 'defective', string>
  defect: string
  mended: string
  newPaper: string
  notToBring: string
  original: string
  copies: string
  mayApply: string
  verdict: {
    accept: string
    supplement: string
    refuse: string
    open: string
    unanswered: string
    unchecked: string
    canDo: string
  }
  acceptDue: string
  preview: string
  previewHint: string
  numberKeys: string
  buttons: Record<'accept' | 'notice' | 'second' | 'refuse' | 'save', string>
}

/** What the composer island starts from. Texts are in the page's language only. */
export type ComposerData = {
  lang: Lang
  content: Pick<ItemContent, 'questions' | 'materials' | 'conditions'>
  answers: Answers
  checks: readonly MaterialCheck[]
  laterVisit: boolean
  told: boolean
  /** What the server found wrong with the check that came back, by the field's name. */
  errors: Record<string, string>
  words: ComposerWords
}

/** `{n}` and `{names}` stand where the island puts what it knows. */
function composerWords(ctx: Context, data: MatterData, lang: Lang): ComposerWords {
  const w = pageWords(lang)
  const shared = matterWords(lang)
  const limit = data.version?.content.promisedLimit
  const due = limit && dueBy(limit, dayOf(ctx.now), ctx.calendar)
  return {
    questions: w.questions,
    officerQuestion: w.officerQuestion,
    materials: w.materials,
    material: w.material,
    verdicts: shared.verdicts,
    problems: shared.problems,
    defect: w.defect,
    mended: w.mended,
    newPaper: w.newPaper,
    notToBring: w.notToBring('{names}'),
    original: w.copies(7, 0).replace('7', '{n}'),
    copies: w.copies(0, 7).replace('7', '{n}'),
    mayApply: w.mayApply,
    verdict: { ...w.verdict, supplement: w.verdict.supplement(7).replace('7', '{n}') },
    acceptDue:
      limit && due && !('refused' in due)
        ? w.verdict.acceptDue(formatDay(due.day, lang), said(limit.text, lang)) +
          (due.provisional ? `（${shared.provisional}）` : '')
        : '',
    preview: w.preview,
    previewHint: w.previewHint,
    numberKeys: w.numberKeys,
    buttons: { accept: w.accept, notice: w.issue, second: w.toSecond, refuse: w.toRefuse, save: w.save },
  }
}

export function composerData(ctx: Context, data: MatterData, lang: Lang, errors: readonly FieldError[]): string {
  const content = data.version?.content
  if (!content) return ''
  const all: ComposerData = {
    lang,
    content: { questions: content.questions, materials: content.materials, conditions: content.conditions },
    answers: data.answers,
    checks: data.checks,
    laterVisit: data.view.matter.visits > 1,
    told: data.view.notices.some((notice) => notice.status === 'issued'),
    errors: Object.fromEntries(errors.map(({ name, message }) => [name, message])),
    words: composerWords(ctx, data, lang),
  }
  return JSON.stringify(all, (key, value) => {
    // What is wrong is printed on a Chinese notice, whatever the page speaks.
    if (key === 'commonDefects') return (value as Text[]).map((defect) => ({ [lang]: defect.zh }))
    return isText(value) ? { [lang]: value[lang] } : value
  })
}

function isText(value: unknown): value is { zh: string; en: string } {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
}
