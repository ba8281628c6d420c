import type { Clarification, DeductionNotice, Finding, NoticeSlip, StatementRequest } from './data/accountability.ts'
import type { ComplaintNotice, ComplaintReceipt, OpinionLetter, ReviewOpinion } from './data/complaints.ts'
import type { Circular, Minutes, MonthlyReport } from './data/official.ts'
import type {
  AcceptanceReceipt,
  OneTimeNotice,
  RefusalNotice,
  ServiceListSheet,
  SupervisionOrder,
} from './data/window.ts'

/**
 * What each document needs, by the name of its template. Text is Chinese and already decided: a template arranges,
 * it does not choose words that have legal weight.
 */
export type TemplateData = {
  'one-time-notice': OneTimeNotice
  'acceptance-receipt': AcceptanceReceipt
  'refusal-notice': RefusalNotice
  'service-list-sheet': ServiceListSheet
  'supervision-order': SupervisionOrder
  'monthly-report': MonthlyReport
  minutes: Minutes
  circular: Circular
  'notice-slip': NoticeSlip
  clarification: Clarification
  'statement-request': StatementRequest
  finding: Finding
  'deduction-notice': DeductionNotice
  'complaint-receipt': ComplaintReceipt
  'complaint-notice': ComplaintNotice
  'opinion-letter': OpinionLetter
  'review-opinion': ReviewOpinion
}
export type TemplateName = keyof TemplateData

/** Those that are also made as an editable Word file. */
export type WordName = 'monthly-report' | 'minutes' | 'circular'
