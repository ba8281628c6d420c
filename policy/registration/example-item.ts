import type { Condition, ItemContent, Text } from './item.ts'

const say = (zh: string): Text => ({ zh, en: `in English: ${zh}` })
export const when = (question: string, ...is: string[]): Condition => ({ question, is })

/** A small invented item for tests: one paper always, one for a proxy, one when the officer finds a mismatch. */
export function exampleItem(change: Partial<ItemContent> = {}): ItemContent {
  return {
    code: 'example',
    kind: 'registration',
    area: 'household_registration',
    name: say('示例'),
    summary: say('示例'),
    applicants: say('居民'),
    conditions: [
      {
        text: say('居住在本地'),
        failIf: when('lives', 'elsewhere'),
        refusal: { reason: say('不在本地'), canDo: say('去居住地') },
      },
      {
        text: say('代办须有委托'),
        failIf: when('mandate', 'none'),
        refusal: { reason: say('没有委托'), canDo: say('补办委托') },
      },
    ],
    questions: [
      {
        code: 'lives',
        text: say('住哪里'),
        options: [
          { code: 'here', label: say('本地') },
          { code: 'elsewhere', label: say('外地') },
        ],
      },
      {
        code: 'applicant',
        text: say('谁申请'),
        options: [
          { code: 'self', label: say('本人') },
          { code: 'proxy', label: say('代办') },
        ],
      },
      {
        code: 'mandate',
        text: say('有委托吗'),
        askIf: when('applicant', 'proxy'),
        options: [
          { code: 'written', label: say('书面') },
          { code: 'none', label: say('没有') },
        ],
      },
      {
        code: 'check',
        text: say('核查结果'),
        askedOf: 'officer',
        assumed: 'match',
        options: [
          { code: 'match', label: say('一致') },
          { code: 'mismatch', label: say('不一致') },
        ],
      },
    ],
    materials: [
      paper('booklet'),
      paper('mandate', { requiredIf: when('mandate', 'written'), mendableOnSpot: true }),
      paper('remedy', { requiredIf: when('check', 'mismatch') }),
      paper('form', { source: 'office' }),
    ],
    fee: {
      free: false,
      cases: [{ amountFen: 1000, text: say('10元'), basis: 'id-card-fees-2003' }],
      text: say('10元'),
    },
    process: [{ step: say('申请'), place: say('窗口'), who: say('申请人') }],
    statutoryLimit: { days: 60, unit: 'natural_day', text: say('60日'), basis: 'id-card-law:12' },
    promisedLimit: { days: 20, unit: 'natural_day', text: say('20日'), basis: 'R44' },
    result: say('登记'),
    delivery: say('当场'),
    supervision: {
      phones: [{ key: 'bureau', text: say('监督电话') }],
      window: say('窗口负责人'),
      online: say('网站'),
      text: say('可以投诉'),
    },
    faq: [],
    basis: [{ source: 'hukou-regulations' }],
    ...change,
  }
}

export function paper(code: string, change: Partial<ItemContent['materials'][number]> = {}) {
  const base = { code, name: say(code), original: 1, copies: 0, source: 'applicant' as const }
  return { ...base, obtain: say('自备'), basis: 'R62', ...change }
}

/** A repeatable stream of whole numbers below a bound, so that a failing case can be run again. */
export function stream(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Random answers to every question, asked or not; now and then one is left out or means nothing. */
export function randomAnswers(content: ItemContent, next: (below: number) => number): Record<string, string> {
  const answers: Record<string, string> = {}
  for (const { code, options } of content.questions) {
    const pick = next(options.length * 5 + 1)
    const option = options[pick % options.length]
    if (pick < options.length * 5 && option) answers[code] = option.code
    else if (next(2) === 0) answers[code] = 'nonsense'
  }
  return answers
}
