import type { Clarification, DeductionNotice, Finding, NoticeSlip, StatementRequest } from '../data/accountability.ts'
import * as sample from './accountability.ts'
import { injection, latinName, longName, rareNames } from './window-extremes.ts'

const person = {
  name: `${longName}${rareNames.join('')}`,
  number: '037408',
  unit: '𬭎㛃䶮街道经济技术开发区派出所户籍窗口',
}
const long = `经调阅登记、录像和系统日志核实，情况属实。${injection}`

export const longRequest: StatementRequest = {
  ...sample.statementRequest,
  addressee: person,
  facts: Array.from({ length: 30 }, () => long),
  until: { day: Temporal.PlainDate.from('2027-01-06'), provisional: '2027年放假安排尚未公布' },
  served: undefined,
  signature: { kind: 'witnessed', note: '被通知人拒绝签收，当面宣读', witnesses: [longName, latinName] },
}

export const bareFinding: Finding = {
  ...sample.finding,
  concerned: { unit: person.unit, officers: [] },
  arrival: undefined,
  tags: { alleged: [], confirmed: [] },
  evidence: [],
  statement: { given: false, text: '', answer: '无' },
  clauses: [],
  verdict: 'cannot-be-established',
  severity: undefined,
  consequences: [],
}

export const longFinding: Finding = {
  ...sample.finding,
  concerned: { unit: person.unit, officers: Array.from({ length: 6 }, () => person) },
  facts: Array.from({ length: 40 }, () => long.repeat(3)),
  evidence: Array.from({ length: 200 }, (_, i) => ({
    name: `证据${i + 1}：${longName}`,
    kind: '电子数据',
    shows: long,
  })),
  replaces: { number: '青公督认〔2026〕51号', result: 'annulled', reason: long },
}

export const deductionWithoutOfficer: DeductionNotice = {
  ...sample.deductionOfUnit,
  unit: person.unit,
  officer: undefined,
  task: undefined,
  fact: long.repeat(6),
}

export const refusedSlip: NoticeSlip = {
  ...sample.noticeSlip,
  addressee: person,
  slipOfYear: 2,
  deductions: Array.from({ length: 12 }, (_, i) => ({ ...sample.noticeSlip.deductions[i % 3]!, fact: long })),
  served: { by: { name: longName, number: '030115' }, at: Temporal.Instant.from('2026-12-08T01:00:00Z') },
  signature: { kind: 'witnessed', note: '被提示人拒绝签收，当面宣读并留置', witnesses: ['彭丽', '李𬭎'] },
  remark: long.repeat(5),
  plan: Array.from({ length: 8 }, () => long),
  talk: {
    until: { day: Temporal.PlainDate.from('2027-01-07') },
    heldAt: Temporal.Instant.from('2027-01-05T02:00:00Z'),
    by: latinName,
    result: `谈话已进行。😀${long}`,
  },
  informed: '已函告分局纪委（本年度第四次扣分）。',
}

export const clarificationForUnit: Clarification = {
  ...sample.clarification,
  kind: 'unit',
  addressee: person,
  facts: Array.from({ length: 20 }, () => long),
  effects: [],
  publicity: undefined,
  copiesTo: [],
}
