import { Type } from 'typebox'
import { everything } from '#console/service-window/list-filter.ts'
import { langQuery, readDay, text, typed } from '#console/service-window/shared.ts'
import { type RegisterFilter, type RegisterView, registerViews } from '#modules/complaints/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Status, statuses } from '#policy/complaints/lifecycle.ts'
import { caseClasses, channels, departments, styleTags } from '#policy/complaints/lists.ts'

const names = ['view', 'department', 'status', 'class', 'channel', 'tag', 'q', 'from', 'until', 'after'] as const
export type RegisterQuery = Partial<Record<(typeof names)[number], string>>

/** What an address of the register may carry; what it cannot mean is left out. */
export const registerQuery = Type.Object({
  ...langQuery,
  ...Object.fromEntries(names.map((name) => [name, text(name === 'after' ? 400 : name === 'q' ? 200 : 40)])),
})

export const asRegisterQuery = (query: Record<string, unknown>): RegisterQuery =>
  Object.fromEntries(names.map((name) => [name, typed(query, name)]))

export type ReadRegister = { filter: RegisterFilter; errors: Partial<Record<'from' | 'until', string>> }

export function readRegister(ctx: Context, query: RegisterQuery): ReadRegister {
  const today = dayOf(ctx.now)
  const errors: ReadRegister['errors'] = {}
  const day = (name: 'from' | 'until') => {
    const written = query[name]?.trim()
    const found = readDay(written, today)
    if (written && !found) errors[name] = 'malformed'
    return found
  }
  const search = query.q?.trim()
  return {
    errors,
    filter: {
      view: registerViews.find((view) => view === query.view) ?? (search ? 'all' : 'open'),
      department: departments.find((known) => known === query.department),
      status: statuses.find((known): known is Status => known === query.status),
      caseClass: query.class === 'none' ? 'none' : caseClasses.find((known) => known === query.class),
      channel: channels.find((known) => known === query.channel),
      tag: styleTags.find((known) => known === query.tag),
      search: search || undefined,
      from: day('from')?.toString(),
      // "Until" as people mean it includes the day.
      until: day('until')?.add({ days: 1 }).toString(),
    },
  }
}

/** The same list with other choices; the page is not carried over. */
export function registerHref(path: string, query: RegisterQuery, change: RegisterQuery): string {
  const all: RegisterQuery = { ...query, after: undefined, ...change }
  const kept = names.flatMap((name): [string, string][] => {
    const value = all[name]
    return value && (name === 'view' || value !== everything) ? [[name, value]] : []
  })
  return kept.length > 0 ? `${path}?${new URLSearchParams(kept)}` : path
}

export type { RegisterView }
