import type { Condition, ItemContent } from '#policy/registration/item.ts'

/** `at`: the piece of the text that could not be read. */
export type RuleFault = { refused: 'rule-incomplete' | 'rule-not-understood' | 'rule-bracket'; at: string }

/**
 * A condition as a line a person can write: `document = military, release 且 非 (minor = yes 或 household = own)`.
 * 且 and 或 may also be written `and`, `or`; 非 `not`; 且 binds closer than 或. An empty text is no condition.
 */
export function readRule(text: string): { condition: Condition | undefined } | RuleFault {
  const tokens = tokensOf(text)
  if (tokens.length === 0) return { condition: undefined }
  const reader = { tokens, at: 0 }
  const found = readAny(reader)
  if ('refused' in found) return found
  const rest = tokens[reader.at]
  if (rest !== undefined) return { refused: rest === ')' ? 'rule-bracket' : 'rule-not-understood', at: rest }
  return { condition: found }
}

/** The same line back; reading it gives the condition again. */
export function writeRule(condition: Condition | undefined): string {
  if (!condition) return ''
  if ('all' in condition)
    return condition.all
      .map((part) => ('any' in part || 'all' in part ? `(${writeRule(part)})` : writeRule(part)))
      .join(' 且 ')
  if ('any' in condition)
    return condition.any.map((part) => ('any' in part ? `(${writeRule(part)})` : writeRule(part))).join(' 或 ')
  if ('not' in condition)
    return 'question' in condition.not ? `非 ${writeRule(condition.not)}` : `非 (${writeRule(condition.not)})`
  return `${condition.question} = ${condition.is.join(', ')}`
}

/** The condition in the words of its questions: 「您持有哪种迁移凭证？」答“户口迁移证”. */
export function ruleInWords(
  condition: Condition | undefined,
  content: Pick<ItemContent, 'questions'>,
  lang: 'zh' | 'en',
): string {
  const zh = lang === 'zh'
  if (!condition) return zh ? '所有情形' : 'always'
  const words = (part: Condition) => ruleInWords(part, content, lang)
  const bracketed = (part: Condition) =>
    'question' in part || 'not' in part ? words(part) : zh ? `（${words(part)}）` : `(${words(part)})`
  if ('all' in condition) return condition.all.map(bracketed).join(zh ? '，并且' : ', and ')
  if ('any' in condition) return condition.any.map(bracketed).join(zh ? '，或者' : ', or ')
  if ('not' in condition) return zh ? `不属于（${words(condition.not)}）` : `not (${words(condition.not)})`
  const question = content.questions.find(({ code }) => code === condition.question)
  const options = condition.is.map(
    (code) => question?.options.find((option) => option.code === code)?.label[lang] || code,
  )
  const asked = question?.text[lang] || condition.question
  return zh ? `「${asked}」答“${options.join('”或“')}”` : `“${asked}” is answered “${options.join('” or “')}”`
}

type Reader = { tokens: string[]; at: number }

function tokensOf(text: string): string[] {
  const plain = text.normalize('NFKC').replace(/、/g, ',')
  return plain.match(/[()=,]|且|或|非|[^\s()=,且或非]+/g) ?? []
}

const orWords = ['或', 'or', 'OR']
const andWords = ['且', 'and', 'AND']
const notWords = ['非', 'not', 'NOT']

function readAny(reader: Reader): Condition | RuleFault {
  return readJoined(reader, orWords, readAll, (any) => ({ any }))
}

function readAll(reader: Reader): Condition | RuleFault {
  return readJoined(reader, andWords, readOne, (all) => ({ all }))
}

function readJoined(
  reader: Reader,
  words: string[],
  readPart: (reader: Reader) => Condition | RuleFault,
  join: (parts: Condition[]) => Condition,
): Condition | RuleFault {
  const parts: Condition[] = []
  for (;;) {
    const part = readPart(reader)
    if ('refused' in part) return part
    parts.push(part)
    if (!words.includes(reader.tokens[reader.at] ?? '')) return parts.length === 1 ? part : join(parts)
    reader.at += 1
  }
}

function readOne(reader: Reader): Condition | RuleFault {
  const token = reader.tokens[reader.at]
  if (token === undefined) return { refused: 'rule-incomplete', at: reader.tokens.at(-1) ?? '' }
  if (notWords.includes(token)) {
    reader.at += 1
    const part = readOne(reader)
    return 'refused' in part ? part : { not: part }
  }
  return token === '(' ? readBracket(reader) : readAnswer(reader, token)
}

function readBracket(reader: Reader): Condition | RuleFault {
  reader.at += 1
  const inside = readAny(reader)
  if ('refused' in inside) return inside
  if (reader.tokens[reader.at] !== ')')
    return { refused: 'rule-bracket', at: reader.tokens[reader.at] ?? reader.tokens.at(-1) ?? '' }
  reader.at += 1
  return inside
}

const code = /^[a-z][a-z0-9_]*$/

function readAnswer(reader: Reader, question: string): Condition | RuleFault {
  if (!code.test(question)) return { refused: 'rule-not-understood', at: question }
  reader.at += 1
  if (reader.tokens[reader.at] !== '=') return { refused: 'rule-incomplete', at: question }
  const is: string[] = []
  do {
    reader.at += 1
    const option = reader.tokens[reader.at]
    if (option === undefined) return { refused: 'rule-incomplete', at: question }
    if (!code.test(option) || andWords.includes(option) || orWords.includes(option))
      return { refused: 'rule-not-understood', at: option }
    is.push(option)
    reader.at += 1
  } while (reader.tokens[reader.at] === ',')
  return { question, is }
}
