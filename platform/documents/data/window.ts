import type { Applicant, Issuer, Officer, Query, Signature, Supervision } from './parts.ts'

/** `versionDate` is the day from which this version of the list holds (R51). */
export type Item = { name: string; code: string; version?: string; versionDate: Temporal.PlainDate }

/** The six notices (R46) in short, none empty ("不收费" is said in words); the sixth is `Supervision`. */
export type FirstFiveNotices = {
  item: string
  materials: string
  fee: string
  process: string
  timeLimit: string
}

/** `original`/`copies` are numbers of sheets asked for. */
export type MissingMaterial = {
  name: string
  wrong: string
  original: number
  copies: number
  howToObtain: string
  replaceableBy?: string
  mendableOnSpot: boolean
}

/** 一次性告知单 (R46–R50, domain 4.6). All that is missing is in one notice; a second one says why and who approved. */
export type OneTimeNotice = {
  issuer: Issuer
  number: string
  query: Query
  applicant: Applicant
  visit: number
  item: Item
  materials: MissingMaterial[]
  sixNotices: FirstFiveNotices
  nextSteps: string[]
  /** Until when the matter is kept open, if it is. */
  keptUntil?: Temporal.PlainDate
  /** Why that day may still move, in words. */
  keptNote?: string
  second?: { previousNumber: string; cause: string; approver: string; approvedAt: Temporal.Instant }
  officer: Officer
  supervision: Supervision
  basis: string
  issuedAt: Temporal.Instant
  signature: Signature
}

/** 受理回执. `provisional` says in words why the due day may still move. */
export type AcceptanceReceipt = {
  issuer: Issuer
  number: string
  query: Query
  applicant: Applicant
  item: Item
  materials: { name: string; original: number; copies: number; note?: string }[]
  acceptedAt: Temporal.Instant
  due: { day: Temporal.PlainDate; limit: string; provisional?: string }
  basis: string
  fee: string
  delivery: string
  officer: Officer
  supervision: Supervision
  signature: Signature
}

/** 不予受理 / 不予办理告知书. */
export type RefusalNotice = {
  issuer: Issuer
  number: string
  kind: 'not-accepted' | 'not-granted'
  query?: Query
  applicant: Applicant
  item: Item
  requestedAt: Temporal.Instant
  reasons: string[]
  basis: string
  whatYouCanDo: string[]
  remedies: string[]
  officer: Officer
  supervision: Supervision
  issuedAt: Temporal.Instant
  signature: Signature
}

export type ListedMaterial = {
  name: string
  original: number
  copies: number
  source: string
  requirement?: string
  replaceableBy?: string
  /** Fetched by data sharing: the citizen need not bring it. */
  shared?: boolean
}

/** 服务清单 (domain 4.14) or, with `answers`, 我的材料清单: only what applies to the answers given. */
export type ServiceListSheet = {
  issuer: Issuer
  item: Item & { kind?: string }
  link?: string
  answers?: { question: string; answer: string }[]
  basis: string[]
  whoMayApply: string
  conditions: string[]
  materials: ListedMaterial[]
  fee: { text: string; basis?: string }
  process: { name: string; detail: string; place?: string }[]
  statutoryLimit: string
  promisedLimit: string
  delivery: string
  places: { name: string; address: string; hours: string; phone?: string }[]
  supervision: Supervision
  questions?: { question: string; answer: string }[]
  printedAt: Temporal.Instant
}

/** 督办单 (domain 4.13). */
export type SupervisionOrder = {
  issuer: Issuer
  number: string
  source: string
  problem: string
  responsible: { unit: string; officer?: string; leader?: string }
  requirement: string
  basis: string
  issuedAt: Temporal.Instant
  issuedBy: Officer
  due: { day: Temporal.PlainDate; provisional?: string }
  extension?: { day: Temporal.PlainDate; reason: string; approver: string }
  reminders: { at: Temporal.Instant; text: string }[]
  measures?: string
  evidence: string[]
  answerToCitizen?: string
  secondOpinion?: string
  overdueDays?: number
  escalation?: string
  closed?: { at: Temporal.Instant; by: string }
}
