import { type Parameter, valueOn } from '../parameter.ts'
import { levels, levelTable } from './levels.ts'

/**
 * What a message may carry: who sends it, where to answer online, and the limit in working days for solving a bad
 * rating (R53, kept by the rules of supervision). Never a name, a matter or any case content.
 */
export type MessageValues = { bureau: string; link: string; solveWithin: number }

export type MessageKey = 'invitation' | 'reminder' | 'clarification' | 'thanks' | 'thanksWillCall' | 'optedOut'

export const smsPartLength: Parameter<{ single: number; joined: number }> = {
  description: {
    zh: '一条中文短信的字数；长短信每段字数',
    en: 'Characters of one Chinese message; of a part of a long one',
  },
  unit: 'character',
  values: [{ from: '2013-01-01', value: { single: 70, joined: 67 }, basis: 'design' }],
}

const scale = (language: 'zh' | 'en') =>
  levels.map((level) => `${levelTable[level].digit}${language === 'zh' ? '' : ' '}${levelTable[level][language]}`)

const chinese: Record<MessageKey, (values: MessageValues) => string> = {
  invitation: ({ link }) => `请评价本次服务：${scale('zh').join(' ')} ${link} 退订回T`,
  reminder: ({ link }) => `尚未收到您的评价：${scale('zh').join(' ')} ${link} 退订回T`,
  clarification: ({ link }) => `未能识别您的回复，请回一个数字：${scale('zh').join(' ')} ${link}`,
  thanks: () => '您的评价已收到，谢谢。',
  thanksWillCall: ({ solveWithin }) => `您的评价已收到。我们将在${solveWithin}个工作日内核实处理并与您联系。`,
  optedOut: () => '已退订，今后不再向您发送回访短信。退订不影响您办事。',
}

const english: Record<MessageKey, (values: MessageValues) => string> = {
  invitation: ({ link }) => `Please rate this service: ${scale('en').join(', ')}. ${link} Reply T to stop.`,
  reminder: ({ link }) =>
    `You have not rated us yet. If you wish to: ${scale('en').join(', ')}. ${link} Reply T to stop.`,
  clarification: ({ link }) =>
    `We could not read your reply. Please send one digit: ${scale('en').join(', ')}. ${link}`,
  thanks: () => 'Your rating has arrived. Thank you.',
  thanksWillCall: ({ solveWithin }) =>
    `Your rating has arrived. We will look into it and contact you within ${solveWithin} working days.`,
  optedOut: () => 'You will get no more call-back messages. This does not affect your business with us.',
}

/**
 * The text of a message with the sender's mark. The wording is neutral: it does not hope for a level, and the best and
 * the worst level are offered alike (GB/T 39735: no hints). English is for the screens of the bureau.
 */
export function messageText(key: MessageKey, values: MessageValues, language: 'zh' | 'en' = 'zh'): string {
  const words = language === 'zh' ? chinese : english
  return `【${values.bureau}】${words[key](values)}`
}

/** How many parts the network charges for. Chinese text is counted in UTF-16 units, so 𠮷 takes two. */
export function smsParts(text: string, day: Temporal.PlainDate): number {
  const { single, joined } = valueOn(smsPartLength, day).value
  return text.length <= single ? 1 : Math.ceil(text.length / joined)
}
