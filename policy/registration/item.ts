/** Every sentence a citizen reads exists in both languages; Chinese is the binding one. */
export type Text = { zh: string; en: string }

/** A circumstance of the case, told by answers to questions. */
export type Condition =
  | { question: string; is: string[] }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

/**
 * A question about the circumstances.
 * One of the officer's questions (the result of a check, say) carries `assumed`: what holds until the officer has answered,
 * so that a citizen can see the list before the visit.
 */
export type Question = {
  code: string
  text: Text
  help?: Text
  options: { code: string; label: Text }[]
  askIf?: Condition
  askedOf?: 'applicant' | 'officer'
  assumed?: string
}

/**
 * A paper or fact the matter rests on. `data_sharing` and `office` ones are never asked of the citizen
 * (R56; 在线政务服务若干规定 Arts. 7–12).
 * `basis` here and below names its grounds as parameters do: `id-card-law:10, R62`, or `design` alone for an
 * example (see `exampleBasis`).
 */
export type Material = {
  code: string
  name: Text
  original: number
  copies: number
  source: 'applicant' | 'data_sharing' | 'office'
  obtain: Text
  replaceableBy?: Text
  requiredIf?: Condition
  mendableOnSpot?: boolean
  commonDefects?: Text[]
  basis: string
}

/** The first case that applies decides; amounts in fen. "No fee" is said in words (R46). */
export type FeeCase = { amountFen: number; text: Text; appliesIf?: Condition; basis: string }
export type Fee = { free: boolean; cases: FeeCase[]; text: Text }

export type LimitUnit = 'working_day' | 'natural_day'

/** `immediate`: done at the counter, `days` 0. */
export type Limit = { days: number; unit: LimitUnit; immediate?: boolean; text: Text; basis: string }

/** `days` is null where the law sets no number; the text then says so. `extension` is what the law allows on top. */
export type StatutoryLimit = {
  days: number | null
  unit: LimitUnit
  immediate?: boolean
  extension?: { days: number; text: Text; basis: string }
  text: Text
  basis: string
}

/** What must be so for the matter to be allowed; `refusal` is the answer when `failIf` holds (R47). */
export type PolicyCondition = { text: Text; failIf?: Condition; refusal?: Refusal }
export type Refusal = { reason: Text; canDo: Text }

export type ProcessStep = { step: Text; place: Text; who: Text }

/** Numbers of `station` and `bureau` are data of the bureau and are filled in where the notice is shown. */
export type SupervisionPhone = { key: 'station' | 'bureau' | '12389' | '12345' | '960111'; text: Text }
export type Supervision = { phones: SupervisionPhone[]; window: Text; online: Text; text: Text }

export type ItemArea = 'household_registration' | 'id_card' | 'residence' | 'exit_entry' | 'traffic' | 'public_order'
export type ItemKind = 'registration' | 'confirmation' | 'licence' | 'public_service'

/** Where a rule came from when another body ordered it (R43); above bureau level it is locked for local edit. */
export type SourceNotice = {
  level: 'national' | 'provincial' | 'municipal' | 'bureau'
  title: string
  number?: string
  issuedOn?: string
}

/** One version of a service item: the six notices (R46) and what they rest on. */
export type ItemContent = {
  code: string
  kind: ItemKind
  area: ItemArea
  name: Text
  summary: Text
  applicants: Text
  conditions: PolicyCondition[]
  questions: Question[]
  materials: Material[]
  fee: Fee
  process: ProcessStep[]
  statutoryLimit: StatutoryLimit
  promisedLimit: Limit
  result: Text
  delivery: Text
  supervision: Supervision
  faq: { q: Text; a: Text }[]
  basis: { source: string; article?: string }[]
  sourceNotice?: SourceNotice
}

/** A version and the day it takes effect, `YYYY-MM-DD`; it ends when the next one starts. */
export type ItemVersion = { from: string; changeNote: Text; content: ItemContent }

/** Question code → option code. Answers to questions that are not asked do not count. */
export type Answers = Readonly<Record<string, string>>

/** The basis of an example: no rule is known, and the bureau has to confirm it before the item goes live (A24). */
export const exampleBasis = 'design'

/** The version in force on a day; a case keeps the one of its own day, whatever comes later. */
export function versionOn(versions: readonly ItemVersion[], day: Temporal.PlainDate): ItemVersion | undefined {
  return versions
    .filter((version) => Temporal.PlainDate.compare(Temporal.PlainDate.from(version.from), day) <= 0)
    .toSorted((a, b) => Temporal.PlainDate.compare(b.from, a.from))[0]
}
