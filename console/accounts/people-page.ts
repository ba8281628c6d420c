import { frame } from '#console/frame.ts'
import { errorsIn, problemBox, said, typed, unitOf } from '#console/system/shared.ts'
import { consoleWords } from '#console/words.ts'
import { listUnits, type PeopleSearch, type PersonLine, searchPeople } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { type Choice, field } from '#platform/ui/field.ts'
import { form, linkButton } from '#platform/ui/form.ts'
import { emptyState, type Status, statusBadge } from '#platform/ui/parts.ts'
import { filterBar, table } from '#platform/ui/table.ts'
import { roles } from '#policy/access/permissions.ts'
import { accountWords } from './words.ts'

export const personPath = (id: string, rest = '') => `/console/accounts/people/${id}${rest}`
const perPage = 50

export function roleNames(held: readonly string[], lang: Lang): string {
  const names = consoleWords(lang).roles as Record<string, string>
  return held.map((role) => names[role] ?? role).join(lang === 'en' ? ', ' : '、')
}

export function roleOptions(lang: Lang): Choice[] {
  const names = consoleWords(lang).roles
  return roles.map((role) => ({ value: role, label: names[role] }))
}

export async function unitOptions(ctx: Context, lang: Lang): Promise<Choice[]> {
  return (await listUnits(ctx)).map((unit) => ({
    value: unit.id,
    label: said({ zh: unit.nameZh, en: unit.nameEn }, lang),
  }))
}

export function accountBadge(person: PersonLine, lang: Lang): Html {
  const w = accountWords(lang).account
  const [tone, label]: [Status, string] = !person.account.exists
    ? ['neutral', w.none]
    : person.account.disabledAt || !person.active
      ? ['stopped', w.disabled]
      : person.account.mustChangePassword
        ? ['due', w.mustChange]
        : ['done', w.active]
  return statusBadge(tone, label)
}

export type PeopleQuery = PeopleSearch & { after?: string }

/** People with their account and duties of today; pages follow the police number. */
export async function peoplePage(ctx: Context, meta: Meta, query: PeopleQuery): Promise<Html> {
  const { lang } = meta
  const w = accountWords(lang)
  const found = await searchPeople(ctx, query, dayOf(ctx.now), { after: query.after, limit: perPage + 1 })
  const shown = found.slice(0, perPage)
  return frame(ctx, meta, {
    title: w.title,
    current: '/console/accounts',
    actions: html`${linkButton({ href: '/console/accounts/holdings.xlsx', label: w.export, download: true })}${linkButton({ href: '/console/accounts/new', label: w.add })}`,
    main: html`${filterBar({
      lang,
      action: '/console/accounts',
      clearHref: '/console/accounts',
      body: html`${field({ lang, kind: 'search', name: 'text', label: w.search, value: query.text, maxlength: 50 })}${field({ lang, kind: 'select', name: 'unitId', label: w.unit, value: query.unitId, optional: true, options: await unitOptions(ctx, lang) })}${field({ lang, kind: 'select', name: 'role', label: w.role, value: query.role, optional: true, options: roleOptions(lang) })}${field({ lang, kind: 'select', name: 'state', label: w.state, value: query.state, optional: true, options: Object.entries(w.states).map(([value, label]) => ({ value, label })) })}`,
    })}${table({
      caption: w.title,
      captionHidden: true,
      swap: true,
      columns: [
        { key: 'name', label: w.columns.name, kind: 'main' },
        { key: 'number', label: w.columns.number, kind: 'nowrap' },
        { key: 'unit', label: w.columns.unit },
        { key: 'roles', label: w.columns.roles },
        { key: 'account', label: w.columns.account },
      ],
      rows: shown.map((person) => ({
        href: personPath(person.id),
        tone: person.active ? undefined : 'closed',
        cells: {
          name: person.name,
          number: person.policeNo,
          unit: unitOf(person, lang),
          roles: roleNames(person.roles, lang),
          account: accountBadge(person, lang),
        },
      })),
      empty: emptyState({ title: w.none }),
    })}${found.length > perPage ? html`<p>${linkButton({ href: `/console/accounts?${nextQuery(query, shown.at(-1)?.policeNo ?? '')}`, label: w.more })}</p>` : nothing}`,
  })
}

function nextQuery(query: PeopleQuery, after: string): string {
  const kept = Object.entries({ ...query, after }).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return String(new URLSearchParams(kept))
}

/** The fields of a person, for adding and for changing. */
export async function personFields(
  ctx: Context,
  lang: Lang,
  value: (name: string) => string,
  problem: Problem | undefined,
): Promise<Html> {
  const w = accountWords(lang)
  const errors = errorsIn(problem, lang)
  const shared = (name: string, label: string) => ({
    lang,
    name,
    label,
    value: value(name),
    error: errors.find((error) => error.name === name)?.message,
  })
  return html`${field({ ...shared('name', w.name), kind: 'text', maxlength: 60, autocomplete: 'off' })}${field({ ...shared('kind', w.kind), kind: 'radio', options: Object.entries(w.kinds).map(([value, label]) => ({ value, label })) })}${field({ ...shared('unitId', w.unit), kind: 'select', options: await unitOptions(ctx, lang) })}${field({ ...shared('phone', w.phone), kind: 'text', inputmode: 'tel', maxlength: 30, optional: true })}`
}

export async function addPersonPage(
  ctx: Context,
  meta: Meta,
  body?: Record<string, unknown>,
  problem?: Problem,
): Promise<Html> {
  const { lang } = meta
  const w = accountWords(lang)
  const errors = errorsIn(problem, lang)
  return frame(ctx, meta, {
    title: w.add,
    current: '/console/accounts',
    breadcrumbs: [{ href: '/console/accounts', label: w.title }, { label: w.add }],
    invalid: problem !== undefined,
    main: html`${problemBox(problem, lang)}${form({
      action: '/console/accounts/people',
      csrf: meta.csrf,
      submit: { label: w.save, key: true },
      body: html`${field({ lang, kind: 'text', name: 'policeNo', label: w.number, hint: w.numberHint, value: typed(body, 'policeNo'), error: errors.find(({ name }) => name === 'policeNo')?.message, maxlength: 12, width: 'short', autofocus: problem === undefined })}${await personFields(ctx, lang, (name) => typed(body, name) || (name === 'kind' ? 'police' : ''), problem)}`,
    })}`,
  })
}
