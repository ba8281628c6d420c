import type { Circular, Minutes, MonthlyReport } from '../data/official.ts'
import * as sample from './official.ts'
import { injection, latinName, longName, rareNames } from './window-extremes.ts'

/** The samples pushed to where layouts break. */

const long = '群众反映办理过程中多次往返、等候时间长、答复口径不一，经调阅登记、录像和系统日志核实，情况属实。'
const rareUnit = '𬭎㛃䶮街道龘昇堃经济技术开发区派出所'

/** A month without a case: still a report (R109). */
export const nilReport: MonthlyReport = {
  ...sample.monthlyReport,
  confirmations: sample.monthlyReport.confirmations.map((one) => ({ ...one, result: 'nil' as const })),
  submissions: { now: 0 },
  cases: { now: 0, lastMonth: 3, lastYear: 0 },
  byClass: [],
  byChannel: [],
  byDepartment: [],
  byUnit: [],
  alleged: { styles: [], behaviours: [], cases: [], total: 0 },
  confirmed: { styles: [], behaviours: [], cases: [], total: 0 },
  findings: [],
  consequences: [],
  timeliness: [],
  repeats: [],
  claim: { sentence: '本月没有案件，不作升降判断', basis: '各渠道均正常接收，四个部门已分别确认' },
  cautions: [],
  trend: undefined,
  warnings: [],
  typical: [],
  causes: [],
  shortcomings: [],
  lastMeasures: [],
  proposals: ['继续保持各渠道畅通'],
}

export const fullReport: MonthlyReport = {
  ...sample.monthlyReport,
  head: {
    ...sample.monthlyReport.head,
    mark: '云州市公安局青山经济技术开发区分局信访工作领导小组办公室',
    signers: ['周敏', longName.slice(0, 14), '李𬭎'],
    secrecy: '秘密★1年',
    urgency: '特急',
    to: ['分局党委', '市局党委信访工作领导小组'],
    sealed: false,
  },
  byUnit: Array.from({ length: 200 }, (_, i) => ({
    name: i % 3 ? `第${i + 1}派出所` : `${rareUnit}第${i + 1}警务室`,
    now: (i * 7) % 13,
    lastMonth: i % 5 ? (i * 3) % 11 : undefined,
    responsible: i % 4,
    rate: i % 2 ? { value: i / 10, low: i / 20, high: i / 3 } : undefined,
  })),
  repeats: Array.from({ length: 30 }, (_, i) => ({ name: i % 2 ? longName : latinName, unit: rareUnit, cases: i + 2 })),
  warnings: Array.from({ length: 12 }, (_, i) => ({ unit: `${rareUnit}${i}`, reasons: [long, injection] })),
  typical: Array.from({ length: 12 }, (_, i) => ({
    heading: `${rareNames[i]}案`,
    facts: long.repeat(8),
    outcome: long.repeat(2),
    lesson: injection,
  })),
  shortcomings: Array.from({ length: 25 }, () => long),
  lastMeasures: Array.from({ length: 60 }, (_, i) => ({
    ...sample.lastMeasures[i % 3]!,
    text: i % 7 ? long : `${long.repeat(6)}${injection}`,
    unit: rareUnit,
  })),
}

const crowd = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    name: i % 5 ? `王${rareNames[i % 14]}` : longName,
    post: `${rareUnit}所长`,
  }))

export const fullMinutes: Minutes = {
  ...sample.minutes,
  head: { ...sample.minutes.head, mark: '云州市公安局青山经济技术开发区分局群众信访投诉案件分析研究例会纪要' },
  attendance: {
    leaders: crowd(9),
    heads: crowd(80),
    deputies: [],
    leave: [],
    absent: [],
    observers: [],
  },
  lastMeasures: [],
  decisions: [],
  openMeasures: [],
  discussion: [{ topic: injection, text: Array.from({ length: 40 }, () => long.repeat(4)) }],
  signed: {
    chairAt: Temporal.Instant.from('2026-12-07T08:00:00Z'),
    recorderAt: Temporal.Instant.from('2026-12-07T07:30:00Z'),
  },
}

/** Text of nothing but ideographs, to count lines and characters by; the last page has hardly any room left. */
export const grid: Circular = {
  ...sample.circular,
  head: { ...sample.circular.head, note: undefined },
  opening: ['国'.repeat(28 * 100)],
  parts: [],
  annexes: [],
  contact: undefined,
}

export const bareCircular: Circular = {
  head: {
    ...sample.circular.head,
    to: [],
    note: undefined,
    sealed: false,
    imprint: { ...sample.circular.head.imprint, copiesTo: [] },
  },
  opening: [`${rareNames.join('')}${longName}：😀\uE863 ${injection}`],
  parts: [],
  annexes: [
    { title: '空表', columns: ['序号', '单位', '得分'], rows: [] },
    {
      title: '大表',
      columns: ['序号', '单位', '得分', '说明'],
      rows: Array.from({ length: 200 }, (_, i) => [
        String(i + 1),
        rareUnit,
        String(100 - i / 4),
        i % 20 ? long : long.repeat(5),
      ]),
      widths: [1, 3, 1, 5],
    },
  ],
}
