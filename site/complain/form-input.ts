import { checkSubmission, nothingTyped, type OnlineFields, submissionOf } from '#modules/complaints/index.ts'
import { listUnits } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { Lang } from '#platform/i18n.ts'
import { Problem } from '#platform/problem.ts'
import { readDay } from '#policy/calendar/typed-day.ts'
import { standings } from '#policy/complaints/online.ts'
import { cleanText } from '#policy/identity/text.ts'

export type Body = Record<string, unknown>
export type Typed = Exclude<keyof OnlineFields, 'lang'>

const typedFields = Object.keys(nothingTyped).filter((name): name is Typed => name !== 'lang')
// More than any field may hold, so that what is too long can be said to be so and is still there.
const most = { text: 60_000, wish: 20_000 } as const

export function posted(body: Body, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : Array.isArray(value) ? String(value[0] ?? '') : ''
}

export function postedAll(body: Body, name: string): string[] {
  const value = body[name]
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')
}

/** What was typed, as it was typed; null where the request is not from the form's first page. */
export function typedIn(body: Body, lang: Lang): OnlineFields | null {
  if (body.text === undefined) return null
  const typed = Object.fromEntries(
    typedFields.map((name) => [name, posted(body, name).slice(0, name in most ? most[name as 'text'] : 2_000)]),
  )
  const standing = standings.find((one) => one === typed.standing) ?? ''
  return { ...nothingTyped, ...typed, standing, lang }
}

type Wrong = Partial<Record<Typed, string>>

/** What is wrong with each field; the same rules as when the case is opened. `read` is what will be sent. */
export async function checked(ctx: Context, fields: OnlineFields): Promise<{ read: OnlineFields; wrong: Wrong }> {
  const wrong: Wrong = {}
  const asked = fields.occurredOn.trim() !== ''
  const day = asked ? readDay(fields.occurredOn, dayOf(ctx.now), 'last') : null
  if (asked && !day) wrong.occurredOn = 'malformed'
  if (fields.standing === '') wrong.standing = 'choose-one'
  const officer = cleanText(fields.officer, 200)
  if ('refused' in officer) wrong.officer = `text-${officer.refused}`
  if (!(await isUnit(ctx, fields.unitId))) wrong.unitId = 'choose-one'
  const read = { ...fields, occurredOn: day?.toString() ?? '' }
  const found = refusals(ctx, read)
  // Nobody is asked for a name before he has said how he wants to be known.
  if (wrong.standing && found.name === 'name-or-anonymous') delete found.name
  return { read, wrong: { ...found, ...wrong } }
}

async function isUnit(ctx: Context, id: string): Promise<boolean> {
  return id === '' || (await listUnits(ctx)).some((unit) => unit.id === id)
}

function refusals(ctx: Context, read: OnlineFields): Wrong {
  try {
    checkSubmission(ctx, submissionOf(read))
    return {}
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    const { anonymous, ...rest } = problem.fields
    return { ...rest, ...(anonymous && { standing: anonymous }) }
  }
}
