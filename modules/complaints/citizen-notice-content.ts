import type { ComplaintsNoticeKind, ComplaintsReviewOutcome } from '#platform/db/schema.ts'

/** A last day as it is told: `provisional` says that it may still move. */
export type ToldDay = { name: string; day: string; provisional?: boolean }

/** What is decided and told, in the words of the paper. The complainant's name is never part of it. */
export type Said = {
  decision: string
  reasons?: string[]
  /** Laws in words. */
  basis: string
  dates?: ToldDay[]
  places?: { name: string; what: string; address?: string; phone?: string }[]
  next?: string[]
  remedies?: string[]
  /** 处理意见书 (art. 32). */
  opinion?: {
    request: string[]
    facts: string[]
    reasons: string[]
    opinion: string[]
    basis: string[]
    review: ToldDay
    reviewBody: string
  }
  /** 复查 / 复核意见书. */
  review?: {
    level: 1 | 2
    body: string
    earlierNo: string
    earlierBody: string
    earlierOn: string
    earlier: string
    askedAt: string
    grounds: string
    outcome: ComplaintsReviewOutcome
    opinion: string
    further?: ToldDay
  }
}

/** A notice as it was issued; the document is drawn from it again, byte for byte. */
export type NoticeContent = Said & {
  kind: ComplaintsNoticeKind
  no: string
  bureau: { zh: string; en: string; site: string }
  unit: { zh: string; en: string; phone: string }
  supervision: { zh: string; en: string; number: string }[]
  caseNo: string
  receivedAt: string
  acceptedAt: string | null
  issuedAt: string
}
