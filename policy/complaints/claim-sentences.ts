import { percentText } from '../statistics/percent.ts'
import type { Rate } from '../statistics/rate-ratio.ts'
import type { ClaimFigures, ClaimRefusal } from './claim-check.ts'

/** The Chinese is the sentence of the report; the English is for readers of the screen. */
export type Sentence = { zh: string; en: string }

const subject: Record<ClaimFigures['kind'], Sentence> = {
  alleged: { zh: '群众反映的信访投诉案件', en: 'Complaint cases received' },
  confirmed: {
    zh: '经认定涉及民警“冷硬横推托”问题的信访投诉案件',
    en: 'Complaint cases with a confirmed style problem',
  },
}

/** The claim where `why` is null, else the true sentence in its place. It never says more than the figures do. */
export function claimSentence(figures: ClaimFigures, why: ClaimRefusal | null): Sentence {
  if (why === 'not-same-months') return notComparable
  const change = changeOf(figures)
  const verdict = verdicts[why ?? 'claim'](figures)
  return {
    zh: `${spanZh(figures.months.after)}，${subject[figures.kind].zh}${verdict.head.zh}${change.zh}${verdict.tail.zh}。`,
    en: `${subject[figures.kind].en}, ${spanEn(figures.months.after)}${verdict.head.en} ${change.en}${verdict.tail.en}.`,
  }
}

const notComparable: Sentence = {
  zh: '两个时段的月份不相同，不能比较升降。',
  en: 'The two periods are not the same calendar months and cannot be compared.',
}

type Verdict = { head: Sentence; tail: Sentence }
const plainHead: Sentence = { zh: '', en: ':' }
const tail = (zh: string, en: string) => (): Verdict => ({ head: plainHead, tail: { zh, en } })

const verdicts: Record<Exclude<ClaimRefusal, 'not-same-months'> | 'claim', (figures: ClaimFigures) => Verdict> = {
  claim: (figures) => ({
    head: { zh: '总量明显下降：', en: ', have clearly fallen:' },
    tail: { zh: `，降幅${fallText(figures)}`, en: `; the rate fell by ${fallText(figures, 'en')}` },
  }),
  'no-exposure': tail('；因缺少办件量，不能判断升降', '; without the number of matters served no trend can be stated'),
  'too-few': tail('；件数过少，不能判断升降', '; too few cases to state a trend'),
  'count-not-lower': tail('，总量未下降', '; the total has not fallen'),
  risen: tail('，按办件量计明显上升', '; relative to matters served they have clearly risen'),
  'within-chance': tail(
    '；差异在偶然波动范围之内，不能认定下降',
    '; the difference is within chance and no fall can be stated',
  ),
  'small-fall': (figures) => ({
    head: plainHead,
    tail: { zh: `，略有下降，降幅${fallText(figures)}`, en: `; a slight fall, of ${fallText(figures, 'en')}` },
  }),
  'channel-outage': tail(
    '；因期间有投诉渠道中断，收件减少不能认定为问题减少',
    '; a complaint channel was down in this time, so that fewer cases do not mean fewer problems',
  ),
  undecided: ({ undecided }) => ({
    head: plainHead,
    tail: {
      zh: `；另有${undecided}件尚未认定，暂不能认定下降`,
      en: `; ${undecided} more cases are undecided, so that no fall can be stated yet`,
    },
  }),
}

function changeOf({ before, after, months }: ClaimFigures): Sentence {
  const [earlierZh, earlierEn] = [spanZh(months.before), spanEn(months.before)]
  const rates = before.exposure > 0 && after.exposure > 0
  return {
    zh: `${after.count}件（${earlierZh}为${before.count}件）${rates ? `，每千件办件${perThousand(after)}件（${perThousand(before)}件）` : ''}`,
    en: `${after.count} (${before.count} in ${earlierEn})${rates ? `, ${perThousand(after)} per 1,000 matters served (${perThousand(before)})` : ''}`,
  }
}

function perThousand({ count, exposure }: Rate): string {
  return ((count / exposure) * 1000).toFixed(2)
}

function fallText({ result }: ClaimFigures, language: 'zh' | 'en' = 'zh'): string {
  if (!result || result.ratio === null) return ''
  const fall = (ratio: number) => percentText(1 - ratio, 1)
  const interval = `${fall(result.interval.high)}%–${fall(result.interval.low)}%`
  return language === 'zh'
    ? `${fall(result.ratio)}%（95%置信区间${interval}）`
    : `${fall(result.ratio)}% (95% interval ${interval})`
}

/** 2026年3月, 2026年1—6月, 2025年11月—2026年2月. */
function spanZh(months: readonly string[]): string {
  const [first, last] = [zhMonth(months[0]), zhMonth(months.at(-1))]
  if (first === last) return first
  const sameYear = first.slice(0, 5) === last.slice(0, 5)
  return sameYear ? `${first.slice(0, -1)}—${last.slice(5)}` : `${first}—${last}`
}

function zhMonth(month = ''): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5))}月`
}

function spanEn(months: readonly string[]): string {
  return months.length > 1 ? `${months[0]} to ${months.at(-1)}` : (months[0] ?? '')
}
