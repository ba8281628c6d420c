import type { Applicant, Issuer, LastDay, Query, Signature, Supervision } from './parts.ts'

/** What a complainant is given on paper (《信访工作条例》 arts. 22–23, 30–36). */

/** Who speaks for the bureau to the complainant: a desk, not the officer complained of. */
export type Desk = { name: string; phone?: string; hours?: string }

/** 收件回执. Without `complainant` the complaint is anonymous. */
export type ComplaintReceipt = {
  issuer: Issuer
  number: string
  query: Query
  complainant?: Applicant
  /** In words: 「已按您的要求对身份保密」. */
  confidentiality?: string
  channel: string
  receivedAt: Temporal.Instant
  /** What it is about in one line: the receipt may be seen by others, so never the text itself. */
  subject: string
  attachments: string[]
  next: { step: string; by?: LastDay; detail: string }[]
  /** How to add, follow, rate, ask for review. */
  youMay: string[]
  basis: string
  desk: Desk
  supervision: Supervision
  issuedAt: Temporal.Instant
}

export type ComplaintNoticeKind =
  | 'accepted'
  | 'not-accepted'
  | 'other-path'
  | 'transferred'
  | 'extended'
  | 'paused'
  | 'withdrawn'
  | 'merged'
  | 'reopened'
  | 'review-accepted'
  | 'review-not-accepted'

/** One paper for the steps of a case; its title and its English line come from `kind`. */
export type ComplaintNotice = {
  issuer: Issuer
  number: string
  kind: ComplaintNoticeKind
  query?: Query
  complainant: Applicant
  caseNumber: string
  subject: string
  receivedAt: Temporal.Instant
  /** The decision in one sentence, as it was taken. */
  decision: string
  reasons: string[]
  basis: string
  dates: { name: string; day: LastDay }[]
  /** Where the matter goes, or where to go with it. */
  places: { name: string; what: string; address?: string; phone?: string }[]
  next: string[]
  remedies: string[]
  desk: Desk
  supervision: Supervision
  issuedAt: Temporal.Instant
  signature: Signature
}

/** 处理意见书 (art. 32): request, facts and reasons, opinion, legal basis; and the way to review (art. 35). */
export type OpinionLetter = {
  issuer: Issuer
  number: string
  query?: Query
  complainant: Applicant
  caseNumber: string
  receivedAt: Temporal.Instant
  acceptedAt: Temporal.Instant
  request: string[]
  facts: string[]
  reasons: string[]
  opinion: string[]
  basis: string[]
  review: { body: string; last: LastDay; how: string }
  desk: Desk
  supervision: Supervision
  issuedAt: Temporal.Instant
  signature: Signature
}

/** 复查意见书 / 复核意见书 (arts. 35–36). A re-review is final: `further` is absent and the template says so. */
export type ReviewOpinion = {
  issuer: Issuer
  number: string
  kind: 'review' | 're-review'
  query?: Query
  complainant: Applicant
  caseNumber: string
  /** The opinion under review. */
  earlier: { body: string; number: string; issuedOn: Temporal.PlainDate; opinion: string }
  askedAt: Temporal.Instant
  grounds: string[]
  hearing?: string
  facts: string[]
  reasons: string[]
  result: 'upheld' | 'changed' | 'set-aside'
  opinion: string[]
  basis: string[]
  further?: { body: string; last: LastDay; how: string }
  desk: Desk
  supervision: Supervision
  issuedAt: Temporal.Instant
  signature: Signature
}
