/**
 * What each document needs. Text is Chinese and already decided: a template arranges, it does not choose words
 * that have legal weight. Moments are printed in Shanghai time, days as 2026年11月23日; absent fields as 「—」.
 */

export type TemplateData = {
  'one-time-notice': OneTimeNotice
  'acceptance-receipt': AcceptanceReceipt
  'refusal-notice': RefusalNotice
  'service-list-sheet': ServiceListSheet
  'supervision-order': SupervisionOrder
}
export type TemplateName = keyof TemplateData

/** Who issues. `sealOf` is the name over the place for the seal; without it no such place is printed. */
export type Issuer = { bureau: string; unit: string; address?: string; sealOf?: string }

/** `phone` is the one for questions about this matter. */
export type Officer = { name: string; number: string; phone?: string }

/** Means of supervision (R46 f): at least one phone. */
export type Supervision = { phones: { name: string; number: string }[]; window?: string; link?: string }

/** The citizen's own page. `link` goes into the QR code and is printed; `code` is typed when it cannot be scanned. */
export type Query = { link: string; code: string }

export type Applicant = { name: string; phoneMasked?: string }

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

/**
 * How the citizen acknowledged. `drawn`: strokes as SVG path data in a box of `width` × `height`.
 * `paper`: an empty line to sign on. `witnessed`: could not or would not sign, and who saw it.
 */
export type Signature =
  | { kind: 'drawn'; width: number; height: number; strokes: { path: string; width: number }[]; at?: Temporal.Instant }
  | { kind: 'paper' }
  | { kind: 'witnessed'; note: string; witnesses: string[] }

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
