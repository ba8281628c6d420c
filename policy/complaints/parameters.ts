import type { Parameter } from '../parameter.ts'

/** Natural days of the regulations, and of those before them, which said the same (petition-regulations). */
function statutory(zh: string, en: string, days: number, article: number): Parameter<number> {
  return {
    description: { zh, en },
    unit: 'natural-day',
    values: [
      { from: '2005-05-01', value: days, basis: 'petition-regulations-2005' },
      { from: '2022-05-01', value: days, basis: `petition-regulations:${article}` },
    ],
  }
}

export const noticeWithin = statutory(
  '收到后告知信访人是否受理及途径的自然日数',
  'Natural days after receipt in which the complainant is told of it and of the path',
  15,
  23,
)

export const finishWithin = statutory(
  '自受理之日起办结的自然日数',
  'Natural days from acceptance in which a case is finished',
  60,
  34,
)

export const extensionAtMost = statutory(
  '情况复杂经负责人批准可延长一次，最多的自然日数',
  'Natural days by which the head may extend a complex case, once, with reasons told',
  30,
  34,
)

export const reviewRequestWithin = statutory(
  '收到书面答复后请求复查的自然日数',
  'Natural days after the written answer in which a review may be asked for',
  30,
  35,
)

export const reviewWithin = statutory(
  '收到复查请求后提出复查意见的自然日数',
  'Natural days in which the review opinion is given',
  30,
  35,
)

export const reReviewRequestWithin = statutory(
  '收到复查意见后请求复核的自然日数',
  'Natural days after the review opinion in which a re-review may be asked for',
  30,
  36,
)

export const reReviewWithin = statutory(
  '收到复核请求后提出复核意见的自然日数（听证时间不计）',
  'Natural days in which the re-review opinion is given; the time of a hearing is not counted',
  30,
  36,
)

export const objectionWithin: Parameter<number> = {
  description: {
    zh: '不属于本单位职责的，自收到之日起提出异议的工作日数',
    en: 'Working days after receipt in which a body objects that a case sent to it is not its own',
  },
  unit: 'working-day',
  values: [
    { from: '2005-05-01', value: 5, basis: 'petition-regulations-2005' },
    { from: '2022-05-01', value: 5, basis: 'petition-regulations:23' },
  ],
}

export const statementWithin: Parameter<number> = {
  description: {
    zh: '当事民警书面说明的工作日数',
    en: 'Working days in which an officer answers the facts put to him',
  },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: 5, basis: 'R124, design', example: true }],
}

export const appealWithin: Parameter<number> = {
  description: {
    zh: '民警收到认定结果后申诉的工作日数',
    en: 'Working days after service in which an officer may appeal against a finding',
  },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: 10, basis: 'R124, design' }],
}

/** The last day of the month's set; null is the last day of the month (A20). A bureau may set a day inside the month. */
export const monthCutOff: Parameter<number | null> = {
  description: {
    zh: '每月汇总的截止日（空为当月最后一日，24时截止）',
    en: 'Day on which the month’s set is cut off at 24:00; empty: the last day of the month',
  },
  unit: 'day-of-month',
  values: [{ from: '2013-01-01', value: null, basis: 'R110, A20' }],
}

export type MonthWorkingDays = { confirm: number; report: number; meeting: number }

/** Working days after the cut-off by which the steps of the month are done. */
export const monthWorkingDays: Parameter<MonthWorkingDays> = {
  description: {
    zh: '截止后第几个工作日前：各部门确认、报告分局党委、召开例会',
    en: 'Working days after the cut-off: departments confirm, the report goes to the Party committee, the meeting is held',
  },
  unit: 'working-day',
  values: [
    { from: '2013-01-01', value: { confirm: 2, report: 3, meeting: 5 }, basis: 'R110, R118, R119, A20, design' },
  ],
}

export const retaliationWindow: Parameter<number> = {
  description: {
    zh: '投诉后多少个月内，被投诉人或其单位对投诉人的行为须提示纪委',
    en: 'Months after a complaint in which acts of the accused or his unit upon the complainant are shown to discipline inspection',
  },
  unit: 'month',
  values: [{ from: '2013-01-01', value: 12, basis: 'petition-regulations:46, design' }],
}

/** When a fall may be called clear: how many cases at least, and how much less at least. */
export type ClaimLine = { leastBefore: number; ratioAtMost: number; outageDays: number }

export const claimLine: Parameter<ClaimLine> = {
  description: {
    zh: '写“明显下降”的条件：上年同期最少件数；每千件办件的比值上限；任一渠道中断超过几天即须提示',
    en: 'For “clearly fallen”: cases in the earlier period at least; ratio of rates at most; days of outage of a channel from which it is flagged',
  },
  unit: 'line',
  values: [
    {
      from: '2013-01-01',
      value: { leastBefore: 10, ratioAtMost: 0.9, outageDays: 3 },
      basis: 'R130, przyborowski-1940, design',
      example: true,
    },
  ],
}

export const agreementLeast: Parameter<number> = {
  description: {
    zh: '两人独立标注的案件少于多少件时不公布一致性系数',
    en: 'Cases read by two coders below which no coefficient of agreement is given',
  },
  unit: 'count',
  values: [{ from: '2013-01-01', value: 30, basis: 'R107, cohen-1960, design', example: true }],
}

/** What is published of counts: multiples of `base`; a mean, or a share, of fewer than `leastForMean` is not published. */
export const disclosureLine: Parameter<{ base: number; leastForMean: number }> = {
  description: {
    zh: '对外公布数字的取整单位；平均数和比例所需的最少件数',
    en: 'Unit to which published counts are rounded; cases needed for a mean or a share',
  },
  unit: 'count',
  values: [{ from: '2013-01-01', value: { base: 5, leastForMean: 10 }, basis: 'controlled-rounding, design' }],
}

/** Which pairs of cases are shown to somebody as perhaps the same event. Nobody but a person merges (A22). */
export type DuplicateLine = { days: number; score: number; leastText: number }

export const duplicateLine: Parameter<DuplicateLine> = {
  description: {
    zh: '疑似重复投诉的提示条件：相隔最多天数、最低得分、最低文字相似度',
    en: 'When a pair is shown as perhaps the same event: days apart at most, score and likeness of the texts at least',
  },
  unit: 'line',
  values: [
    {
      from: '2013-01-01',
      value: { days: 30, score: 0.4, leastText: 0.1 },
      basis: 'A22, petition-regulations:19, jaccard-1912, design',
      example: true,
    },
  ],
}
