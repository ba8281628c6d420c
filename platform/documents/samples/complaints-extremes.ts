import type { ComplaintNotice, ComplaintReceipt, OpinionLetter, ReviewOpinion } from '../data/complaints.ts'
import * as sample from './complaints.ts'
import { injection, latinName, longName, rareNames } from './window-extremes.ts'

const long = `经调阅登记、录像和系统日志核实，情况属实。${injection}`
const complainant = { name: `${longName}（${latinName}）${rareNames.join('')}` }

export const anonymousReceipt: ComplaintReceipt = {
  ...sample.complaintReceipt,
  complainant: undefined,
  confidentiality: undefined,
  attachments: [],
  subject: `${long}😀\uE863`,
  next: sample.complaintReceipt.next.map((step) => ({ ...step, detail: long.repeat(4) })),
  youMay: [],
}

export const fullNotice: ComplaintNotice = {
  ...sample.otherPath,
  query: undefined,
  complainant,
  subject: long,
  decision: long.repeat(4),
  reasons: Array.from({ length: 30 }, () => long.repeat(2)),
  dates: Array.from({ length: 6 }, () => sample.extended.dates[1]!),
  places: Array.from({ length: 20 }, () => ({ ...sample.otherPath.places[0]!, what: long })),
  next: [long],
  remedies: Array.from({ length: 10 }, () => long),
}

/** Ten pages for each copy. */
export const longOpinion: OpinionLetter = {
  ...sample.opinionLetter,
  complainant,
  request: Array.from({ length: 12 }, () => long),
  facts: Array.from({ length: 60 }, (_, i) => `事实${i + 1}，${long.repeat(3)}`),
  reasons: Array.from({ length: 12 }, () => long.repeat(3)),
}

export const bareReview: ReviewOpinion = {
  ...sample.reReview,
  query: undefined,
  complainant,
  grounds: [],
  hearing: undefined,
  result: 'set-aside',
}
