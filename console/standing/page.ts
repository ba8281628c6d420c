import { frame } from '#console/frame.ts'
import { findPerson, listUnits, unitsOf } from '#modules/directory/index.ts'
import { factKinds, type LedgerEntry, listLedger } from '#modules/standing/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { attrs, type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatDayShort, formatMomentShort, type Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { linkButton } from '#platform/ui/form.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { type Column, filterBar, pager, type Row, table } from '#platform/ui/table.ts'
import { entryNo, noteText, sourceCell, struck } from './entry-cells.ts'
import { type LedgerQuery, type ReadLedger, readLedger, writeCursor } from './request.ts'
import { ledgerWords } from './words.ts'

const pageSize = 50

/** What stands about the reader, or about the units he leads, with rule, source and how to object. */
export async function ledgerPage(ctx: Context, meta: Meta, query: LedgerQuery): Promise<Html> {
  const { lang } = meta
  const words = ledgerWords(lang)
  const read = readLedger(ctx, query)
  const found = await listLedger(ctx, { ...read.filter, most: pageSize + 1 })
  const rows = found.slice(0, pageSize)
  const last = rows.at(-1)
  const nextHref =
    found.length > pageSize && last
      ? href(query, { after: writeCursor({ on: last.occurredOn, id: last.id }, read.before + rows.length) })
      : null
  return frame(ctx, meta, {
    title: words.title,
    current: '/console/standing',
    invalid: Object.keys(read.errors).length > 0,
    actions: linkButton({ href: href(query, {}, '/console/standing.xlsx'), label: words.export, download: true }),
    main: html`<p class="hint">${words.lead}</p>${viewTabs(ctx, read, lang)}${await filters(ctx, query, read, lang)}${entryTable(ctx, read, rows, query, lang)}${
      rows.length > 0 ? pager({ lang, from: read.before + 1, to: read.before + rows.length, nextHref }) : nothing
    }${section({ id: 'object', title: words.objectTitle, body: html`${words.object.map((one) => html`<p>${one}</p>`)}` })}`,
  })
}

const kept = ['view', 'unit', 'person', 'kind', 'from', 'until'] as const

function href(query: LedgerQuery, change: LedgerQuery, path = '/console/standing'): string {
  const values = Object.entries({ ...Object.fromEntries(kept.map((name) => [name, query[name]])), ...change })
  const filled = values.filter((entry): entry is [string, string] => Boolean(entry[1]))
  return filled.length > 0 ? `${path}?${new URLSearchParams(filled)}` : path
}

function viewTabs(ctx: Context, read: ReadLedger, lang: Lang): Html {
  if (!may(ctx.actor, 'standing.read')) return nothing
  const words = ledgerWords(lang)
  const tab = (view: ReadLedger['view']) =>
    html`<li><a data-swap href="${view === 'own' ? '/console/standing' : '/console/standing?view=units'}"${attrs({
      'aria-current': read.view === view ? 'page' : undefined,
    })}>${words[view]}</a></li>`
  return html`<nav class="tabs" aria-label="${words.which}"><ul>${tab('own')}${tab('units')}</ul></nav>`
}

async function filters(ctx: Context, query: LedgerQuery, read: ReadLedger, lang: Lang): Promise<Html> {
  const words = ledgerWords(lang)
  const kinds = factKinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))
  const day = (name: 'from' | 'until') =>
    field({
      lang,
      kind: 'date',
      name,
      label: words[name],
      hint: '',
      width: 'short',
      value: query[name] ?? '',
      error: read.errors[name] && words[read.errors[name]],
    })
  return filterBar({
    lang,
    action: '/console/standing',
    submit: words.show,
    clearHref: read.view === 'own' ? '/console/standing' : '/console/standing?view=units',
    body: html`${field({ lang, kind: 'hidden', name: 'view', label: '', value: read.view === 'units' ? 'units' : '' })}${
      read.view === 'units' ? await unitFields(ctx, query, read, lang) : nothing
    }${field({ lang, kind: 'select', name: 'kind', label: words.kind, value: read.filter.kind ?? '', options: kinds, optional: true })}${day('from')}${day('until')}`,
  })
}

async function unitFields(ctx: Context, query: LedgerQuery, read: ReadLedger, lang: Lang): Promise<Html> {
  const words = ledgerWords(lang)
  const led = new Set(await unitsOf(ctx, 'standing.read'))
  const units = (await listUnits(ctx)).filter((unit) => led.has(unit.id))
  const options = units.map((unit) => ({ value: unit.id, label: lang === 'en' ? unit.nameEn : unit.nameZh }))
  const person = read.filter.personId ? await findPerson(ctx, read.filter.personId) : undefined
  const people = person ? [{ value: person.id, label: person.name }] : []
  return html`${field({ lang, kind: 'select', name: 'unit', label: words.unit, value: query.unit ?? '', options, optional: true })}${
    person
      ? field({
          lang,
          kind: 'select',
          name: 'person',
          label: words.person,
          value: person.id,
          options: people,
          optional: true,
        })
      : nothing
  }`
}

type Key = 'on' | 'kind' | 'person' | 'unit' | 'rule' | 'source' | 'recorded' | 'note' | 'entry'

function entryTable(
  ctx: Context,
  read: ReadLedger,
  rows: readonly LedgerEntry[],
  query: LedgerQuery,
  lang: Lang,
): Html {
  const words = ledgerWords(lang)
  const c = words.columns
  const whose: Column<Key>[] =
    read.view === 'units'
      ? [
          { key: 'person', label: c.person, kind: 'nowrap' },
          { key: 'unit', label: c.unit },
        ]
      : []
  return table<Key>({
    caption: words[read.view],
    captionHidden: true,
    columns: [
      { key: 'kind', label: c.kind, kind: 'main' },
      { key: 'on', label: c.on, kind: 'nowrap' },
      ...whose,
      { key: 'rule', label: c.rule },
      { key: 'source', label: c.source },
      { key: 'note', label: c.note },
      { key: 'recorded', label: c.recorded, kind: 'nowrap' },
      { key: 'entry', label: c.entry, kind: 'nowrap' },
    ],
    rows: rows.map((entry) => entryRow(ctx, entry, query, lang)),
    empty: emptyState({ title: words.empty, body: read.view === 'own' ? words.emptyOwn : words.emptyUnits }),
  })
}

function entryRow(ctx: Context, entry: LedgerEntry, query: LedgerQuery, lang: Lang): Row<Key> {
  const words = ledgerWords(lang)
  const today = dayOf(ctx.now)
  const person = entry.personId
    ? html`<a data-swap href="${href(query, { person: entry.personId })}">${entry.personName}</a>`
    : words.nobody
  return {
    tone: entry.reversed ? 'closed' : undefined,
    cells: {
      kind: struck(entry, words.kinds[entry.kind]),
      on: struck(entry, formatDayShort(Temporal.PlainDate.from(entry.occurredOn), lang, today)),
      person,
      unit: lang === 'en' ? entry.unitEn : entry.unitZh,
      rule: `${words.rules[entry.kind]}${lang === 'en' ? ` (${entry.basis})` : `（${entry.basis}）`}`,
      source: sourceCell(ctx, entry, lang),
      note: noteText(entry, lang, today),
      recorded: formatMomentShort(entry.recordedAt, lang, today),
      entry: entryNo(entry.id),
    },
  }
}
