import { type Context, dayOf } from '#platform/context.ts'
import { bureauOf } from '#platform/settings.ts'
import { levelOfDigit, levels, levelTable } from '#policy/callback/levels.ts'
import { allowedHours, type Hours } from '#policy/callback/schedule.ts'
import { type MessageValues, messageText } from '#policy/callback/texts.ts'
import { valueOn } from '#policy/parameter.ts'
import { solveWithin } from '#policy/supervision/parameters.ts'

export type Purpose = 'satisfaction' | 'second_opinion'

/** Sender's mark and limit of the messages of today. */
export async function messageValues(ctx: Context): Promise<Omit<MessageValues, 'link'> & { siteUrl: string }> {
  const { nameZh, siteUrl } = await bureauOf(ctx)
  return { bureau: nameZh, siteUrl, solveWithin: valueOn(solveWithin, dayOf(ctx.now)).value }
}

export function linkOf(siteUrl: string, token: string): string {
  return `${siteUrl}/r/${token}`
}

export function sendHours(ctx: Context): Hours {
  return valueOn(allowedHours, dayOf(ctx.now)).value
}

const scale = levels.map((level) => `${levelTable[level].digit}${levelTable[level].zh}`).join(' ')

export function invitation(purpose: Purpose, values: MessageValues): string {
  if (purpose === 'satisfaction') return messageText('invitation', values)
  return `【${values.bureau}】请评价后续处理结果：${scale} ${values.link} 退订回T`
}

/** Asked apart from the rating, once, after a bad one; it says that silence harms nothing (CB06). */
export function consentQuestion(values: MessageValues): string {
  return `【${values.bureau}】您的评价已收到，${values.solveWithin}个工作日内核实处理。是否同意督办人员联系您？同意回Y，不同意回N，不回复不影响处理。`
}

/** The order's text: what was said and about which service, nothing of who said it or when (b-24). */
export function orderProblem(digit: number, itemName: string | null): string {
  const level = levelOfDigit(digit)
  const item = itemName ? `“${itemName}”` : '窗口'
  return `群众对${item}服务的回访评价为“${level ? levelTable[level].zh : digit}”。`
}
