import type { Issuer, LastDay, Officer, Served, Signature } from './parts.ts'

/** Internal forms of the finding and what follows from it (R124–R128, domain 4.11). None names a complainant. */

export type Addressee = { name: string; number: string; unit: string; post?: string }

/** Where and until when somebody who has not decided before may be asked to look again. */
export type Appeal = { to: string; last: LastDay; how: string }

/** What the officer is asked to answer. `facts` are the reviewer's own words, never the complaint's. */
export type StatementRequest = {
  issuer: Issuer
  number: string
  caseNumber: string
  addressee: Addressee
  facts: string[]
  questions: string[]
  until: LastDay
  howToAnswer: string[]
  rights: string[]
  /** What he must not do meanwhile: look for the complainant, press witnesses. */
  duties: string[]
  basis: string
  reviewer: Officer
  issuedAt: Temporal.Instant
  served?: Served
  signature: Signature
}

export type FindingVerdict = 'responsible' | 'not-responsible' | 'unfounded' | 'cannot-be-established' | 'withdrawn'

/** 认定书. The template has the words for `verdict`; `conclusion` is the sentence that was decided. */
export type Finding = {
  issuer: Issuer
  number: string
  caseNumber: string
  /** A unit without a person where no individual can be identified (A21). */
  concerned: { unit: string; officers: Addressee[] }
  /** Only on the file's own copy: to the officer, when and how it came could lead to who sent it. */
  arrival?: { at: Temporal.Instant; channel: string }
  allegation: string
  /** 冷硬横推托 and behaviours as alleged and as confirmed (A7). */
  tags: { alleged: string[]; confirmed: string[] }
  facts: string[]
  evidence: { name: string; kind: string; shows: string }[]
  statement: {
    given: boolean
    at?: Temporal.Instant
    text: string /** Why it was or was not followed. */
    answer: string
  }
  clauses: { source: string; article: string; text: string }[]
  verdict: FindingVerdict
  conclusion: string
  severity?: string
  reviewers: (Officer & { unit: string; at: Temporal.Instant })[]
  approval: { name: string; post: string; at: Temporal.Instant; remark: string }
  /** What follows: deduction, clarification. */
  consequences: string[]
  appeal: Appeal
  /** Set when this finding decides an appeal: the one it replaces or upholds. */
  replaces?: { number: string; result: 'upheld' | 'changed' | 'annulled'; reason: string }
  issuedAt: Temporal.Instant
  served?: Served
  signature: Signature
}

/** 扣分通知书. `unit` from the bureau (R125), with the task to deduct from the officer; `officer` from the unit (R126). */
export type DeductionNotice = {
  issuer: Issuer
  number: string
  kind: 'unit' | 'officer'
  unit: string
  /** With kind `unit`: from whom the unit is to deduct; absent when nobody can be identified. */
  officer?: Addressee
  caseNumber: string
  findingNumber: string
  fact: string
  clause: string
  points: string
  rule: string
  effectiveOn: Temporal.PlainDate
  /** Which one in the year, by distinct case: for an officer his own count. */
  inYear: { year: number; cases: number; points: string }
  /** With kind `unit`: the unit's own deduction, due and inside a band. */
  task?: { until: LastDay; band: string }
  consequences: string[]
  appeal: Appeal
  decidedBy: { name: string; post: string; at: Temporal.Instant }
  issuedAt: Temporal.Instant
  served?: Served
  signature: Signature
}

/** 《提示单》 (R128). Refused to sign is a `witnessed` signature with two witnesses. */
export type NoticeSlip = {
  issuer: Issuer
  number: string
  addressee: Addressee
  year: number
  /** Which slip of the year: 1 at the third deduction, 2 at the fourth. */
  slipOfYear: number
  deductions: {
    on: Temporal.PlainDate
    caseNumber: string
    fact: string
    clause: string
    unitPoints: string
    officerPoints: string
  }[]
  reminder: string[]
  /** Restrictions in force, with scope and until when. */
  consequences: string[]
  expectations: string[]
  help: string[]
  appeal: string
  basis: string
  signedBy: { name: string; post: string }
  issuedAt: Temporal.Instant
  serveUntil: LastDay
  served?: Served
  signature: Signature
  /** Filled in afterwards; empty, there is room to write. */
  remark?: string
  plan?: string[]
  talk: { until: LastDay; heldAt?: Temporal.Instant; by?: string; result?: string }
  informed?: string
}

/** 澄清函: to the officer and, where he wishes, to his unit. */
export type Clarification = {
  issuer: Issuer
  number: string
  kind: 'officer' | 'unit'
  addressee: Addressee
  caseNumber: string
  findingNumber: string
  /** What had been said of him, in neutral words. */
  matter: string
  facts: string[]
  conclusion: string
  /** What is restored or withdrawn. */
  effects: string[]
  /** Where else this is made known, as he wished. */
  publicity?: string
  basis: string
  contact: Officer
  issuedAt: Temporal.Instant
  copiesTo: string[]
}
