import { type Context, dayOf } from '#platform/context.ts'
import { type CheckedFile, checkFile } from '#platform/files/check-file.ts'
import { invalid } from '#platform/problem.ts'
import { earliestReceipt, groupRefusal, representativesAtMost } from '#policy/complaints/intake.ts'
import { type Channel, channels, type Department } from '#policy/complaints/lists.ts'
import { cleanText } from '#policy/identity/text.ts'
import { valueOn } from '#policy/parameter.ts'
import type { Accused } from './name-accused.ts'
import { type Complainant, type ComplainantInput, checkComplainant, isReachable, nobody } from './submission-contact.ts'

/** One person's complaint as it comes in, through whatever channel. Texts are as they were typed or sent. */
export type SubmissionInput = {
  channel: Channel
  department: Department
  text: string
  /** The register's line; left out, the text without the complainant. */
  summary?: string
  wish?: string
  /** When it arrived; a letter earlier than now, nothing later. */
  receivedAt?: Temporal.Instant
  sourceRef?: string
  oral?: boolean
  readBack?: boolean
  anonymous?: boolean
  confidential?: boolean
  complainant?: ComplainantInput
  groupSize?: number
  representatives?: number
  accused?: readonly Accused[]
  /** YYYY-MM-DD. */
  occurredOn?: string
  place?: string
  relatedMatterNo?: string
  files?: readonly { name: string; bytes: Buffer }[]
  lang?: 'zh' | 'en'
}

export type CheckedSubmission = {
  channel: Channel
  department: Department
  text: string
  summary: string
  wish: string
  receivedAt: Temporal.Instant
  sourceRef: string
  oral: boolean
  readBack: boolean
  anonymous: boolean
  confidential: boolean
  reachable: boolean
  complainant: Complainant
  groupSize: number
  representatives: number
  accused: readonly Accused[]
  occurredOn: string | null
  place: string
  relatedMatterNo: string | null
  files: readonly CheckedFile[]
  lang: 'zh' | 'en'
}

export const longest = { text: 10_000, summary: 1_000, wish: 2_000, place: 200, sourceRef: 100 } as const

/** Checks everything at once; each wrong field is named with a code. */
export function checkSubmission(ctx: Context, input: SubmissionInput): CheckedSubmission {
  const fields: Record<string, string> = {}
  const typed = (field: keyof typeof longest | 'relatedMatterNo', max: number) => {
    const cleaned = cleanText(input[field] ?? '', max)
    if (!('refused' in cleaned)) return cleaned.text
    fields[field] = `text-${cleaned.refused}`
    return ''
  }
  if (!channels.includes(input.channel)) fields.channel = 'choose-one'
  const text = typed('text', longest.text)
  if (text === '' && !fields.text) fields.text = 'required'
  if (input.oral && !input.readBack) fields.readBack = 'read-back-needed'
  const receivedAt = arrival(ctx, input.receivedAt, fields)
  const checked: CheckedSubmission = {
    channel: input.channel,
    department: input.department,
    text,
    summary: typed('summary', longest.summary),
    wish: typed('wish', longest.wish),
    receivedAt,
    sourceRef: typed('sourceRef', longest.sourceRef).replaceAll('\n', ' '),
    oral: input.oral ?? false,
    readBack: input.readBack ?? false,
    ...complainantOf(ctx, input, fields),
    ...group(input, receivedAt, fields),
    accused: input.accused ?? [],
    occurredOn: occurred(input.occurredOn, receivedAt, fields),
    place: typed('place', longest.place).replaceAll('\n', ' '),
    relatedMatterNo: typed('relatedMatterNo', 40).replace(/\s/g, '') || null,
    files: (input.files ?? []).flatMap((file) => {
      const read = checkFile(file)
      if (!('refused' in read)) return [read]
      fields.files = read.refused
      return []
    }),
    lang: input.lang ?? 'zh',
  }
  if (Object.keys(fields).length > 0) throw invalid(fields)
  return checked
}

function arrival(ctx: Context, at: Temporal.Instant | undefined, fields: Record<string, string>): Temporal.Instant {
  if (!at) return ctx.now
  const early = Temporal.PlainDate.compare(dayOf(at), Temporal.PlainDate.from(earliestReceipt)) < 0
  if (Temporal.Instant.compare(at, ctx.now) > 0) fields.receivedAt = 'in-the-future'
  else if (early) fields.receivedAt = 'out-of-range'
  return fields.receivedAt ? ctx.now : at
}

function complainantOf(ctx: Context, input: SubmissionInput, fields: Record<string, string>) {
  const named = checkComplainant(ctx, input.complainant ?? {}, fields)
  const anonymous = input.anonymous ?? false
  const known = Object.values(named).some((value) => value !== null)
  if (anonymous && known) fields.anonymous = 'anonymous-but-named'
  if (!anonymous && !known && !['name', 'phone', 'citizenNo', 'address'].some((field) => fields[field]))
    fields.name = 'name-or-anonymous'
  return {
    anonymous,
    confidential: input.confidential ?? false,
    complainant: anonymous ? nobody : named,
    // On the site everybody has a page of his own behind the code on the receipt, also who gives no name.
    reachable: input.channel === 'citizen_site' || (!anonymous && isReachable(named)),
  }
}

function group(input: SubmissionInput, at: Temporal.Instant, fields: Record<string, string>) {
  const size = input.groupSize ?? 1
  const representatives = input.representatives ?? 0
  const whole = (count: number, least: number, most: number) =>
    Number.isInteger(count) && count >= least && count <= most
  if (!whole(size, 1, 100_000)) fields.groupSize = 'out-of-range'
  if (!whole(representatives, 0, 100_000)) fields.representatives = 'out-of-range'
  const most = valueOn(representativesAtMost, dayOf(at)).value
  const refused = groupRefusal({ channel: input.channel, size, representatives }, most)
  if (refused && !fields.groupSize && !fields.representatives) fields.representatives = refused
  return { groupSize: size, representatives }
}

/** The day of the event: not after the day on which it was told. */
function occurred(
  typed: string | undefined,
  receivedAt: Temporal.Instant,
  fields: Record<string, string>,
): string | null {
  if (!typed?.trim()) return null
  try {
    const day = Temporal.PlainDate.from(typed.trim(), { overflow: 'reject' })
    if (Temporal.PlainDate.compare(day, dayOf(receivedAt)) > 0) fields.occurredOn = 'in-the-future'
    else if (day.year < 1950) fields.occurredOn = 'out-of-range'
    return day.toString()
  } catch {
    fields.occurredOn = 'malformed'
    return null
  }
}
