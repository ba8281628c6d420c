import type { Officer } from './parts.ts'

/** Official documents in the form of GB/T 9704-2012: the report, the minutes and the circular (domain 3.9, 4.12, 4.15). */

/** 版记: who gets a copy, which office printed it and when. */
export type Imprint = { copiesTo: string[]; office: string; printedOn: Temporal.PlainDate }

export type OfficialHead = {
  /** 发文机关标志, in red over the line. */
  mark: string
  /** `青公信〔2026〕12号`: hexagonal brackets, no leading zero, no 第. */
  number: string
  /** 签发人: on an upward document (报告) only, where they stand to the right of the number. */
  signers?: string[]
  /** 密级和保密期限, 紧急程度: top left of the first page, if any. */
  secrecy?: string
  urgency?: string
  /** Lines as they are to be broken, so that no word is torn: 「云州市公安局青山分局」「关于…的报告」. */
  title: string[]
  /** 主送机关. */
  to: string[]
  /** 署名 and 成文日期; `sealed` leaves the room of a seal over the date. */
  signedAs: string
  date: Temporal.PlainDate
  sealed?: boolean
  /** 附注, without brackets: 「此件发至各单位，不得对外公开」. */
  note?: string
  imprint: Imprint
}

/** A count with those it is measured against; absent where the register was not kept then. */
export type Compared = { now: number; lastMonth?: number; lastYear?: number }
export type ComparedRow = Compared & { name: string }

/** Style tags (rows) by behaviours (columns). A case with several tags counts in several cells; `total` counts cases. */
export type TagTable = { styles: string[]; behaviours: string[]; cases: number[][]; total: number }

export type ReportedMeasure = {
  text: string
  unit: string
  due: Temporal.PlainDate
  /** In words: 「已完成」「推进中」「逾期3日」. */
  state: string
  open: boolean
  progress?: string
}

/** No complainant is named, nor anything that would lead to one. */
export type TypicalCase = { heading: string; facts: string; outcome: string; lesson?: string }

/** Cases per 1,000 matters served, with the 95 % interval. */
export type Rate = { value: number; low: number; high: number }

/** `rate` is of the confirmed; absent where the exposure is not known. */
export type TrendMonth = { month: Temporal.PlainYearMonth; alleged: number; confirmed: number; rate?: Rate }

/** `since`: the month in which the institution of the meeting began (R134), marked on the line. */
export type Trend = { months: TrendMonth[]; since?: Temporal.PlainYearMonth }

/** 每月信访投诉情况的报告 (R118, domain 4.15): from frozen figures. A month without cases is a nil report. */
export type MonthlyReport = {
  head: OfficialHead
  period: { month: Temporal.PlainYearMonth; cutOff: Temporal.Instant }
  /** The four departments (R110–R111). */
  confirmations: { department: string; result: 'complete' | 'nil'; by: string; at: Temporal.Instant }[]
  /** Submissions are what people sent; several about one event are one case (A22). */
  submissions: Compared
  cases: Compared
  byClass: ComparedRow[]
  byChannel: ComparedRow[]
  byDepartment: ComparedRow[]
  /** Only units with a case in one of the three months. `responsible` are findings of the month; `rate` is of the alleged. */
  byUnit: (ComparedRow & { responsible: number; rate?: Rate })[]
  alleged: TagTable
  confirmed: TagTable
  /** Findings that became final in the month, whenever the case came in. */
  findings: ComparedRow[]
  /** Deductions, restrictions, notice slips (R125–R128). */
  consequences: ComparedRow[]
  /** Legal limits that fell in the month. `limit` is its name with the number of days. */
  timeliness: { limit: string; fellDue: number; onTime: number; overdue: number }[]
  repeats: { name: string; unit: string; cases: number; note?: string }[]
  /** The sentence about the course that the figures allow (b-19), and by what it is supported. */
  claim: { sentence: string; basis: string }
  /** What a reader must know before comparing: a channel that was out, a changed count. */
  cautions: string[]
  trend?: Trend
  /** Units on the agenda before complaints come (R135). */
  warnings: { unit: string; reasons: string[] }[]
  typical: TypicalCase[]
  causes: { name: string; cases: number }[]
  shortcomings: string[]
  lastMeasures: ReportedMeasure[]
  proposals: string[]
}

export type Attendee = { name: string; post: string }

/** 例会纪要 (R119–R122, domain 4.15). A deputy is not the head and is listed apart; absence needs the chair's leave. */
export type Minutes = {
  /** Without 签发人, 主送机关 and a title of its own: the mark says what it is. */
  head: {
    mark: string
    number: string
    /** The office that keeps the minutes, opposite the date over the red line. */
    office: string
    date: Temporal.PlainDate
    secrecy?: string
    imprint: Imprint
  }
  period: { month: Temporal.PlainYearMonth }
  meeting: { from: Temporal.Instant; until?: Temporal.Instant; place: string; chair: Attendee; recorder: Attendee }
  attendance: {
    leaders: Attendee[]
    heads: Attendee[]
    /** Whom they stand for is also among `leave` or `absent`, where he is counted. */
    deputies: (Attendee & { inPlaceOf: string; reason?: string })[]
    leave: (Attendee & { reason: string; approvedBy: string })[]
    absent: Attendee[]
    /** 列席: in the room without being a member. */
    observers: Attendee[]
  }
  agenda: string[]
  /** First on every agenda: what the last meeting decided. */
  lastMeasures: ReportedMeasure[]
  discussion: { topic: string; text: string[] }[]
  decisions: { text: string; unit: string; due: Temporal.PlainDate }[]
  /** Older ones that stay open after this meeting. */
  openMeasures: ReportedMeasure[]
  /** When the chair and the recorder signed; not yet signed, there is room for it. */
  signed?: { chairAt: Temporal.Instant; recorderAt: Temporal.Instant }
}

/** A table on pages of its own behind the text. `widths` are shares of the width; numbers are centred by `centred`. */
export type Annex = {
  title: string
  columns: string[]
  rows: string[][]
  widths?: number[]
  centred?: number[]
  note?: string
}

/** One numbered part. Levels are counted by the template: 一、 （一） 1. */
export type CircularPart = { heading: string; text: string[]; parts?: CircularPart[] }

/** 通报 (domain 4.12): of an inspection, of complaints, of an evaluation. */
export type Circular = {
  head: OfficialHead
  /** Basis and period. */
  opening: string[]
  parts: CircularPart[]
  closing?: string[]
  annexes: Annex[]
  contact?: Officer
}
