import type { Clock } from '#policy/complaints/clocks.ts'
import { sourceOf } from '#policy/sources.ts'
import type { Said, ToldDay } from './citizen-notice-content.ts'

/** The law in words: 《信访工作条例》第三十四条 as it is written on papers, with digits. */
export function article(...numbers: number[]): string {
  const title = sourceOf('petition-regulations')?.title_zh ?? '信访工作条例'
  return `《${title}》${numbers.map((number) => `第${number}条`).join('、')}`
}

export function toldDay(name: string, clock: Pick<Clock, 'day' | 'provisional'>): ToldDay {
  return { name, day: clock.day.toString(), provisional: clock.provisional }
}

const mayReview = '对处理意见不服的，可以自收到之日起30日内提出复查请求。'
const askUs = '对办理情况有疑问的，可以与承办部门联系。'

export const noticeTexts = {
  extended: (reason: string, due: ToldDay): Said => ({
    decision: '因情况复杂，经负责人批准，延长您反映事项的办理期限。',
    reasons: [reason],
    basis: article(34),
    dates: [due],
    next: ['我们将在延长后的期限内书面答复您。'],
    remedies: [askUs],
  }),
  paused: (reason: string): Said => ({
    decision: '您反映的事项暂停计算办理期限。',
    reasons: [reason],
    basis: article(34, 36),
    next: ['原因消除后继续计算期限，并告诉您新的期限。'],
    remedies: [askUs],
  }),
  withdrawn: (): Said => ({
    decision: '按您的请求，您反映的事项不再办理。',
    basis: article(23),
    next: ['您可以凭查询码随时重新提出。'],
  }),
  reopened: (reason: string, due: ToldDay | null): Said => ({
    decision: '您反映的事项重新办理。',
    reasons: [reason],
    basis: article(35, 36),
    dates: due ? [due] : [],
    next: ['我们将在期限内书面答复您。'],
  }),
  reviewAccepted: (level: 1 | 2, due: ToldDay): Said => ({
    decision: level === 1 ? '您的复查请求已收到，并转报上一级机关。' : '您的复核请求已收到，并转报上一级机关。',
    basis: article(level === 1 ? 35 : 36),
    dates: [due],
    next: ['上一级机关将在期限内作出书面意见。'],
  }),
  opinion: (opinion: NonNullable<Said['opinion']>): Said => ({
    decision: opinion.opinion.join('\n'),
    basis: opinion.basis.join('；'),
    opinion,
    remedies: [mayReview],
  }),
} as const

export const pauseWords: Record<'hearing' | 'parallel_proceeding' | 'complainant_asked', string> = {
  hearing: '举行听证，听证时间不计入办理期限',
  parallel_proceeding: '同一事实正由其他法定程序处理，须待其结论',
  complainant_asked: '您书面请求暂缓办理',
}
