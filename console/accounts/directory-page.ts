import { frame } from '#console/frame.ts'
import { errorsIn, problemBox, said, stack, typed } from '#console/system/shared.ts'
import { type CounterRecord, listPeople, listUnits, type UnitRecord, unitRecord } from '#modules/directory/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { notFound, type Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { form, linkButton } from '#platform/ui/form.ts'
import { factList, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { roleNames } from './people-page.ts'
import { accountWords } from './words.ts'

export const unitPath = (id: string, rest = '') => `/console/directory/units/${id}${rest}`

/** Units with their phones and the people in them: what a colleague looks up. */
export async function directoryPage(ctx: Context, meta: Meta, done?: string): Promise<Html> {
  const { lang } = meta
  const w = accountWords(lang)
  const people = Map.groupBy(await listPeople(ctx, dayOf(ctx.now)), ({ unitId }) => unitId)
  const manages = may(ctx.actor, 'directory.manage')
  return frame(ctx, meta, {
    title: w.directory,
    current: '/console/directory',
    status: done && (w.done as Record<string, string>)[done],
    main: html`${(await listUnits(ctx)).map((unit) =>
      section({
        title: said({ zh: unit.nameZh, en: unit.nameEn }, lang),
        actions: manages ? linkButton({ href: unitPath(unit.id), label: w.edit }) : undefined,
        body: html`${factList([
          { label: w.unitForm.phone, value: unit.phone },
          { label: w.unitForm.supervisionPhone, value: unit.supervisionPhone },
          { label: w.unitForm.address, value: unit.address },
        ])}${table({
          caption: said({ zh: unit.nameZh, en: unit.nameEn }, lang),
          captionHidden: true,
          columns: [
            { key: 'name', label: w.columns.name, kind: 'main' },
            { key: 'number', label: w.columns.number, kind: 'nowrap' },
            { key: 'phone', label: w.columns.phone, kind: 'nowrap' },
            { key: 'roles', label: w.columns.roles },
          ],
          rows: (people.get(unit.id) ?? []).map((person) => ({
            cells: {
              name: person.name,
              number: person.policeNo,
              phone: person.phone,
              roles: roleNames(person.roles, lang),
            },
          })),
          empty: html``,
        })}`,
      }),
    )}`,
  })
}

export type UnitView = {
  body?: Record<string, unknown>
  problem?: Problem /** The counter whose form came back; 'new' for a new one, 'unit' for the unit's own. */
  form?: string
}

/** A unit and its counters as forms, for the system administrator. */
export async function unitPage(ctx: Context, meta: Meta, id: string, view: UnitView = {}): Promise<Html> {
  const { lang } = meta
  const w = accountWords(lang)
  const unit = await unitRecord(ctx, id)
  const name = said({ zh: unit.nameZh, en: unit.nameEn }, lang)
  return frame(ctx, meta, {
    title: name,
    current: '/console/directory',
    breadcrumbs: [{ href: '/console/directory', label: w.directory }, { label: name }],
    invalid: view.problem !== undefined,
    main: stack(
      problemBox(view.problem, lang),
      section({ title: w.unitTitle, body: unitForm(unit, meta, view) }),
      unit.isWindowUnit &&
        section({
          title: w.counters,
          actions: linkButton({ href: unitPath(id, '/counters/new'), label: w.addCounter }),
          body: counterTable(id, unit.counters, meta),
        }),
    ),
  })
}

function unitForm(unit: UnitRecord, meta: Meta, view: UnitView): Html {
  const { lang } = meta
  const w = accountWords(lang)
  const errors = errorsIn(view.problem, lang)
  const shared = (name: 'nameZh' | 'nameEn' | 'address' | 'phone' | 'supervisionPhone' | 'areaType') => ({
    lang,
    name,
    label: w.unitForm[name],
    value: view.body ? typed(view.body, name) : unit[name],
    error: errors.find((error) => error.name === name)?.message,
  })
  return form({
    action: unitPath(unit.id),
    csrf: meta.csrf,
    version: unit.version,
    submit: { label: w.save },
    body: html`${(['nameZh', 'nameEn', 'address', 'phone', 'supervisionPhone'] as const).map((name) => field({ ...shared(name), kind: 'text', maxlength: 100, optional: !name.startsWith('name') }))}${field({ ...shared('areaType'), kind: 'radio', options: Object.entries(w.areas).map(([value, label]) => ({ value, label })) })}`,
  })
}

function counterTable(unitId: string, counters: readonly CounterRecord[], { lang }: Meta): Html {
  const w = accountWords(lang)
  return table({
    caption: w.counters,
    captionHidden: true,
    columns: [
      { key: 'no', label: w.counterForm.no, kind: 'main' },
      { key: 'name', label: w.columns.name },
      { key: 'state', label: w.state },
    ],
    rows: counters.map((counter) => ({
      href: unitPath(unitId, `/counters/${counter.id}`),
      tone: counter.active ? undefined : 'closed',
      cells: {
        no: counter.no,
        name: said({ zh: counter.nameZh, en: counter.nameEn }, lang),
        state: counter.active ? w.counterForm.active : w.closed,
      },
    })),
    empty: html``,
  })
}

/** The form of one counter; `key` 'new' for one that there is not yet. */
export async function counterPage(
  ctx: Context,
  meta: Meta,
  id: string,
  key: string,
  view: UnitView = {},
): Promise<Html> {
  const { lang } = meta
  const w = accountWords(lang)
  const unit = await unitRecord(ctx, id)
  const counter = unit.counters.find((one) => one.id === key)
  if (!counter && key !== 'new') throw notFound('counter')
  const errors = errorsIn(view.problem, lang)
  const line = (name: 'no' | 'nameZh' | 'nameEn') =>
    field({
      lang,
      kind: 'text',
      name,
      label: w.counterForm[name],
      value: view.body ? typed(view.body, name) : (counter?.[name] ?? ''),
      error: errors.find((error) => error.name === name)?.message,
      maxlength: 60,
      width: name === 'no' ? 'short' : 'medium',
    })
  const active = view.body ? typed(view.body, 'active') : counter?.active === false ? '' : 'yes'
  const title = counter ? said({ zh: counter.nameZh, en: counter.nameEn }, lang) : w.addCounter
  return frame(ctx, meta, {
    title,
    current: '/console/directory',
    breadcrumbs: [
      { href: '/console/directory', label: w.directory },
      { href: unitPath(id), label: said({ zh: unit.nameZh, en: unit.nameEn }, lang) },
      { label: title },
    ],
    invalid: view.problem !== undefined,
    main: html`${problemBox(view.problem, lang)}${form({
      action: unitPath(id, `/counters/${key}`),
      csrf: meta.csrf,
      submit: { label: w.save, key: true },
      body: html`${line('no')}${line('nameZh')}${line('nameEn')}${field({ lang, kind: 'checkbox', name: 'active', label: w.counterForm.active, value: active })}`,
    })}`,
  })
}
