import type {
  ComplaintNotice,
  ComplaintNoticeKind,
  OpinionLetter,
  ReviewOpinion,
} from '#platform/documents/data/complaints.ts'
import type { LastDay } from '#platform/documents/data/parts.ts'
import type { NoticeContent, ToldDay } from './citizen-notice-content.ts'

const subject = '来信来访反映的事项'
const paper = { kind: 'paper' } as const
const mayMove = '暂定，该年度放假安排公布后重新计算'

const printed: Partial<Record<NoticeContent['kind'], ComplaintNoticeKind>> = {
  accepted: 'accepted',
  redirected: 'other-path',
  transferred: 'transferred',
  extended: 'extended',
  paused: 'paused',
  withdrawn: 'withdrawn',
  merged: 'merged',
  reopened: 'reopened',
  review_accepted: 'review-accepted',
}

export type NoticePaper =
  | { template: 'complaint-notice'; data: ComplaintNotice }
  | { template: 'opinion-letter'; data: OpinionLetter }
  | { template: 'review-opinion'; data: ReviewOpinion }

/**
 * The paper of a notice; null where it is told on the page alone. `name` is put in only when it is drawn, for the
 * complainant himself: what officers keep is drawn without it.
 */
export function noticePaper(content: NoticeContent, name: string): NoticePaper | null {
  if (content.opinion) return { template: 'opinion-letter', data: opinionLetter(content, content.opinion, name) }
  if (content.review) return { template: 'review-opinion', data: reviewOpinion(content, content.review, name) }
  const kind = printed[content.kind]
  return kind ? { template: 'complaint-notice', data: stepNotice(content, kind, name) } : null
}

export function hasPaper(content: NoticeContent): boolean {
  return content.opinion !== undefined || content.review !== undefined || printed[content.kind] !== undefined
}

function shared(content: NoticeContent, name: string) {
  return {
    issuer: { bureau: content.bureau.zh, unit: content.unit.zh, sealOf: content.bureau.zh },
    number: content.no,
    complainant: { name },
    caseNumber: content.caseNo,
    desk: { name: content.unit.zh, phone: content.unit.phone || undefined },
    supervision: { phones: content.supervision.map(({ zh, number }) => ({ name: zh, number })) },
    issuedAt: Temporal.Instant.from(content.issuedAt),
    signature: paper,
  }
}

function lastDay({ day, provisional }: ToldDay): LastDay {
  return { day: Temporal.PlainDate.from(day), provisional: provisional ? mayMove : undefined }
}

function stepNotice(content: NoticeContent, kind: ComplaintNoticeKind, name: string): ComplaintNotice {
  return {
    ...shared(content, name),
    kind,
    subject,
    receivedAt: Temporal.Instant.from(content.receivedAt),
    decision: content.decision,
    reasons: content.reasons ?? [],
    basis: content.basis,
    dates: (content.dates ?? []).map((date) => ({ name: date.name, day: lastDay(date) })),
    places: content.places ?? [],
    next: content.next ?? [],
    remedies: content.remedies ?? [],
  }
}

function opinionLetter(
  content: NoticeContent,
  opinion: NonNullable<NoticeContent['opinion']>,
  name: string,
): OpinionLetter {
  const { request, facts, reasons, basis } = opinion
  return {
    ...shared(content, name),
    receivedAt: Temporal.Instant.from(content.receivedAt),
    acceptedAt: Temporal.Instant.from(content.acceptedAt ?? content.receivedAt),
    request,
    facts,
    reasons,
    opinion: opinion.opinion,
    basis,
    review: { body: opinion.reviewBody, last: lastDay(opinion.review), how: '凭查询码在网上提出，或者书面提出。' },
  }
}

const results = { maintained: 'upheld', changed: 'changed', revoked: 'set-aside' } as const

function reviewOpinion(
  content: NoticeContent,
  review: NonNullable<NoticeContent['review']>,
  name: string,
): ReviewOpinion {
  return {
    ...shared(content, name),
    kind: review.level === 1 ? 'review' : 're-review',
    earlier: {
      body: review.earlierBody,
      number: review.earlierNo,
      issuedOn: Temporal.PlainDate.from(review.earlierOn),
      opinion: review.earlier,
    },
    askedAt: Temporal.Instant.from(review.askedAt),
    grounds: [review.grounds],
    facts: [],
    reasons: content.reasons ?? [],
    result: results[review.outcome],
    opinion: [review.opinion],
    basis: [content.basis],
    further: review.further && {
      body: '复核机关',
      last: lastDay(review.further),
      how: '凭查询码在网上提出，或者书面提出。',
    },
  }
}
