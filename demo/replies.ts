import { levelOfDigit } from '#policy/callback/levels.ts'
import { readReply } from '#policy/callback/reply.ts'
import type { Random } from './random.ts'

export type Digit = 1 | 2 | 3 | 4 | 5

/** What people answer. Each stands under what the reader of replies makes of it; a test holds the two together. */
export const clearReplies: Record<Digit, readonly string[]> = {
  5: ['5', '5', '5', '非常满意', '5 非常满意', '非常满意，谢谢', '５', '五'],
  4: ['4', '4', '满意', '满意，谢谢', '4满意', '四'],
  3: ['3', '3', '基本满意', '3 基本满意'],
  2: ['2', '2', '不满意', '2不满意'],
  1: ['1', '非常不满意', '1 非常不满意'],
}

export const unclearReplies = [
  '收到',
  '知道了',
  '谢谢',
  '你是谁',
  '10分',
  '办是办了，就是等太久',
  '好的',
  '555',
  '还没拿到证呢',
  '在吗',
] as const
export const stopReplies = ['T', 't', '退订', 'TD'] as const

export const comments: Record<Digit, readonly string[]> = {
  5: ['民警很耐心，一次就说清楚了', '大厅干净，办得快', '老人腿脚不便，工作人员主动上前帮忙'],
  4: ['总体不错，等号时间稍长', '材料清单写得清楚', '希望中午也能办'],
  3: ['停车不方便', '叫号声音太小', '照相等了一会儿'],
  2: ['等了一个多小时，没有人说明原因', '第二次来才说还缺材料', '问问题时态度冷淡'],
  1: ['跑了三趟还没办成', '说好当天办结，结果让我第二天再来'],
}

export function replyFor(random: Random, digit: Digit): string {
  return random.pick(clearReplies[digit])
}

/** What the reader finds in a reply, as it is kept with the answer. */
export function readingOf(text: string): Record<string, unknown> {
  return { ...readReply(text) }
}

export function digitOf(reading: Record<string, unknown>): Digit | null {
  for (const digit of [1, 2, 3, 4, 5] as const) if (reading.level === levelOfDigit(digit)) return digit
  return null
}
