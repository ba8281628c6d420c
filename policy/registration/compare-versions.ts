import { questionsIn, type Truth } from './circumstances.ts'
import type { Answers, ItemContent, Material } from './item.ts'
import { naturalDays } from './publish-problems.ts'
import { feeFor, materialsPreview } from './requirements.ts'

export type ChangeCode =
  | 'material_added'
  | 'material_removed'
  | 'material_required_more_often'
  | 'material_required_less_often'
  | 'material_now_brought'
  | 'material_no_longer_brought'
  | 'more_copies'
  | 'fewer_copies'
  | 'promised_limit_longer'
  | 'promised_limit_shorter'
  | 'statutory_limit_longer'
  | 'statutory_limit_shorter'
  | 'fee_raised'
  | 'fee_lowered'
  | 'step_added'
  | 'step_removed'
  | 'condition_added'
  | 'condition_removed'
  | 'question_added'
  | 'question_removed'

/** `burden`: warn before publishing, for the aim is fewer, shorter, faster (R44). `about` names the material or part. */
export type Change = { effect: 'burden' | 'relief'; code: ChangeCode; about: string }

/** What a new version changes for the citizen, burdens first. */
export function compareVersions(old: ItemContent, next: ItemContent): Change[] {
  const changes = [
    ...materialChanges(old, next),
    ...limitChanges(old, next),
    ...feeChanges(old, next),
    ...countChanges(old, next),
  ]
  return changes.toSorted((a, b) => Number(a.effect === 'relief') - Number(b.effect === 'relief'))
}

function burden(code: ChangeCode, about: string): Change {
  return { effect: 'burden', code, about }
}

function relief(code: ChangeCode, about: string): Change {
  return { effect: 'relief', code, about }
}

function materialChanges(old: ItemContent, next: ItemContent): Change[] {
  const before = new Map(old.materials.map((material) => [material.code, material]))
  const after = new Set(next.materials.map(({ code }) => code))
  const removed = old.materials
    .filter(({ code }) => !after.has(code))
    .map(({ code }) => relief('material_removed', code))
  const changed = next.materials.flatMap((material) => {
    const was = before.get(material.code)
    if (!was) return [burden('material_added', material.code)]
    return [...bringChanges(was, material), ...requiredChanges(old, next, was, material)]
  })
  return [...changed, ...removed]
}

function bringChanges(was: Material, is: Material): Change[] {
  const changes: Change[] = []
  const [before, after] = [was.source === 'applicant', is.source === 'applicant']
  if (after && !before) changes.push(burden('material_now_brought', is.code))
  if (before && !after) changes.push(relief('material_no_longer_brought', is.code))
  const more = is.original + is.copies - was.original - was.copies
  if (more > 0) changes.push(burden('more_copies', is.code))
  if (more < 0) changes.push(relief('fewer_copies', is.code))
  return changes
}

/** Both directions may hold at once: required in cases where it was not, and no longer where it was. */
function requiredChanges(old: ItemContent, next: ItemContent, was: Material, is: Material): Change[] {
  const cases = circumstancesOf([old, next], [...questionsIn(was.requiredIf), ...questionsIn(is.requiredIf)])
  const pairs = cases.map((answers) => [applies(old, is.code, answers), applies(next, is.code, answers)])
  const changes: Change[] = []
  if (pairs.some(([a, b]) => a === 'no' && b === 'yes')) changes.push(burden('material_required_more_often', is.code))
  if (pairs.some(([a, b]) => a === 'yes' && b === 'no')) changes.push(relief('material_required_less_often', is.code))
  return changes
}

function applies(content: ItemContent, code: string, answers: Answers): Truth {
  return materialsPreview(content, answers).find((material) => material.code === code)?.applies ?? 'no'
}

function feeChanges(old: ItemContent, next: ItemContent): Change[] {
  const questions = [old, next].flatMap(({ fee }) => fee.cases.flatMap(({ appliesIf }) => questionsIn(appliesIf)))
  const differences = circumstancesOf([old, next], questions).map((answers) => {
    const [before, after] = [feeFor(old, answers), feeFor(next, answers)]
    return 'refused' in before || 'refused' in after ? 0 : after.amountFen - before.amountFen
  })
  const changes: Change[] = []
  if (differences.some((difference) => difference > 0)) changes.push(burden('fee_raised', 'fee'))
  if (differences.some((difference) => difference < 0)) changes.push(relief('fee_lowered', 'fee'))
  return changes
}

/** Every combination of answers to these questions and to those that decide whether they are asked. */
export function circumstancesOf(contents: readonly ItemContent[], codes: readonly string[]): Answers[] {
  const questions = contents.flatMap((content) => content.questions)
  const wanted = new Set(codes)
  for (const question of questions.toReversed()) {
    if (wanted.has(question.code)) for (const code of questionsIn(question.askIf)) wanted.add(code)
  }
  let combinations: Answers[] = [{}]
  for (const code of wanted) {
    const options = questions.filter((question) => question.code === code).flatMap((question) => question.options)
    const choices = [...new Set(options.map((option) => option.code))]
    combinations = combinations.flatMap((answers) => choices.map((choice) => ({ ...answers, [code]: choice })))
  }
  return combinations
}

function limitChanges(old: ItemContent, next: ItemContent): Change[] {
  const changes: Change[] = []
  const promised = naturalDays(next.promisedLimit) - naturalDays(old.promisedLimit)
  if (promised > 0) changes.push(burden('promised_limit_longer', 'promisedLimit'))
  if (promised < 0) changes.push(relief('promised_limit_shorter', 'promisedLimit'))
  const statutory = statutoryDays(next) - statutoryDays(old)
  if (statutory > 0) changes.push(burden('statutory_limit_longer', 'statutoryLimit'))
  if (statutory < 0) changes.push(relief('statutory_limit_shorter', 'statutoryLimit'))
  return changes
}

/** No limit in law counts as longer than any; two such limits are equal. */
function statutoryDays({ statutoryLimit: { days, unit } }: ItemContent): number {
  return days === null ? Number.MAX_SAFE_INTEGER : naturalDays({ days, unit })
}

function countChanges(old: ItemContent, next: ItemContent): Change[] {
  const failing = (content: ItemContent) => content.conditions.filter(({ failIf }) => failIf).length
  return [
    ...counted(old.process.length, next.process.length, 'step_added', 'step_removed', 'process'),
    ...counted(failing(old), failing(next), 'condition_added', 'condition_removed', 'conditions'),
    ...counted(old.questions.length, next.questions.length, 'question_added', 'question_removed', 'questions'),
  ]
}

function counted(before: number, after: number, more: ChangeCode, fewer: ChangeCode, about: string): Change[] {
  if (after === before) return []
  return [after > before ? burden(more, about) : relief(fewer, about)]
}

/** The parts of an item ordered by a higher body that a bureau may still change: where to go and whom to call (R43). */
const contactData = ['process', 'supervision'] as const

/** The parts a local edit would change although a higher body fixed them; empty when the edit is allowed (R43). */
export function lockedParts(old: ItemContent, next: ItemContent): string[] {
  if (!old.sourceNotice || old.sourceNotice.level === 'bureau') return []
  const keys = Object.keys({ ...old, ...next }) as (keyof ItemContent)[]
  return keys
    .filter((key) => !contactData.some((free) => free === key))
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(next[key]))
}
