import { Type } from 'typebox'
import { fieldErrors } from '#console/frame.ts'
import { posted, readDay } from '#console/service-window/shared.ts'
import { longest, type TakeDownInput } from '#modules/complaints/index.ts'
import { type Context, dayOf, zone } from '#platform/context.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { invalid, type Problem } from '#platform/problem.ts'
import type { FieldError } from '#platform/ui/form.ts'
import { type Channel, channels, type Department, departments } from '#policy/complaints/lists.ts'
import { intakeWords } from './intake-words.ts'

const text = (max: number) => Type.Optional(Type.String({ maxLength: max * 2 + 100 }))
const ticked = Type.Optional(Type.String({ maxLength: 10 }))
const chosenFields = Object.fromEntries(
  Array.from({ length: 10 }, (_, at) => [
    `chosen${at}`,
    Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 25 })),
  ]),
)

export const intakeFields = {
  ...posted,
  ...chosenFields,
  kind: text(20),
  department: text(40),
  channel: text(40),
  text: text(longest.text),
  readBack: ticked,
  written: ticked,
  name: text(100),
  phone: text(40),
  citizenNo: text(40),
  address: text(400),
  anonymous: ticked,
  confidential: ticked,
  officers: text(400),
  unitId: Type.Optional(Type.String({ pattern: '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$' })),
  occurredOn: text(20),
  place: text(longest.place),
  matterNo: text(40),
  wish: text(longest.wish),
  receivedOn: text(20),
  sourceRef: text(longest.sourceRef),
  groupSize: text(6),
  representatives: text(6),
}

/** In the order of the form, so that the summary of errors reads from top to bottom. */
export const intakeOrder = [
  'department',
  'channel',
  'text',
  'readBack',
  'name',
  'phone',
  'anonymous',
  'officers',
  'unitId',
  'files',
  'receivedOn',
  'sourceRef',
  'occurredOn',
  'place',
  'wish',
  'matterNo',
  'citizenNo',
  'address',
  'groupSize',
  'representatives',
]

type Body = Record<string, unknown>
const said = (body: Body, name: string): string => (typeof body[name] === 'string' ? (body[name] as string) : '')

/** What a desk typed, as the use case takes it. */
export function readIntake(ctx: Context, body: Body, meta: Meta): TakeDownInput {
  const today = dayOf(ctx.now)
  const files = meta.uploads.filter(({ field }) => field === 'files')
  if (files.length > 5) throw invalid({ files: 'files-too-many' })
  return {
    channel: channelOf(said(body, 'channel')),
    department: departments.find((known): known is Department => known === said(body, 'department')),
    text: said(body, 'text'),
    readBack: said(body, 'readBack') !== '',
    ...(said(body, 'written') !== '' && { spoken: false }),
    anonymous: said(body, 'anonymous') !== '',
    confidential: said(body, 'confidential') !== '',
    complainant: {
      name: said(body, 'name'),
      phone: said(body, 'phone'),
      citizenNo: said(body, 'citizenNo'),
      address: said(body, 'address'),
    },
    accused: {
      officers: said(body, 'officers'),
      unitId: said(body, 'unitId') || undefined,
      chosen: Object.keys(chosenFields).flatMap((name) => (Array.isArray(body[name]) ? (body[name] as string[]) : [])),
    },
    occurredOn: readDay(said(body, 'occurredOn'), today)?.toString() ?? said(body, 'occurredOn'),
    place: said(body, 'place'),
    relatedMatterNo: said(body, 'matterNo'),
    wish: said(body, 'wish'),
    receivedAt: arrival(ctx, said(body, 'receivedOn')),
    sourceRef: said(body, 'sourceRef'),
    groupSize: count(said(body, 'groupSize'), 1),
    representatives: count(said(body, 'representatives'), 0),
    files,
  }
}

function channelOf(sent: string): Channel {
  const known = channels.find((channel) => channel === sent)
  if (!known || known === 'citizen_site') throw invalid({ channel: 'choose-one' })
  return known
}

/** A letter is stamped with a day; of an earlier day noon stands for it. */
function arrival(ctx: Context, typed: string): Temporal.Instant | undefined {
  if (typed.trim() === '') return undefined
  const day = readDay(typed, dayOf(ctx.now))
  if (!day) throw invalid({ receivedOn: 'malformed' })
  return day.equals(dayOf(ctx.now)) ? ctx.now : day.toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).toInstant()
}

function count(typed: string, otherwise: number): number {
  const plain = typed.normalize('NFKC').trim()
  return plain === '' ? otherwise : /^\d{1,6}$/.test(plain) ? Number(plain) : Number.NaN
}

/** The use case speaks of when it arrived, of the matter; the form asks for the day, for its number. */
const asked: Record<string, string> = { receivedAt: 'receivedOn', relatedMatterNo: 'matterNo' }

export function intakeErrors(problem: Problem | undefined, lang: Lang): FieldError[] {
  if (!problem || Object.keys(problem.fields).length === 0) return []
  const own = intakeWords(lang).codes as Record<string, string>
  const known = (code: string | undefined) => (code && Object.hasOwn(own, code) ? own[code] : undefined)
  return fieldErrors(problem, lang)
    .map(({ name, message }) => ({ name: asked[name] ?? name, message: known(problem.fields[name]) ?? message }))
    .sort((a, b) => rank(a.name) - rank(b.name))
}

function rank(name: string): number {
  const at = intakeOrder.indexOf(name)
  return at < 0 ? intakeOrder.length : at
}
