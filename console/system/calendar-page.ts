import { frame } from '#console/frame.ts'
import { changedDays, type ImportedYear, listImports } from '#platform/calendar/import-calendar.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatDay, formatMoment } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { form, linkButton } from '#platform/ui/form.ts'
import { dialogDetails, factList, notice, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import type { CalendarYear } from '#policy/calendar/calendar-year.ts'
import { calendarAlarm } from './pages.ts'
import { reasonText, stack, typed } from './shared.ts'
import { systemWords } from './words.ts'

const path = '/console/system/calendar'
const recentYears = 5

export type CalendarView = { body?: Record<string, unknown>; problem?: Problem; imported?: boolean }

/** The years with their sources, and the form for the next one. */
export async function calendarPage(
  ctx: Context,
  meta: Meta,
  { body, problem, imported }: CalendarView = {},
): Promise<Html> {
  const { lang } = meta
  const w = systemWords(lang)
  const wrong = problem && faultText(problem, lang)
  const imports = await listImports(ctx)
  const years = ctx.calendar.years.toReversed()
  const [recent, older] = [years.slice(0, recentYears), years.slice(recentYears)]
  return frame(ctx, meta, {
    title: w.calendar,
    current: '/console/system',
    breadcrumbs: [{ href: '/console/system', label: w.title }, { label: w.calendar }],
    status: imported ? w.imported : undefined,
    invalid: problem !== undefined,
    main: stack(
      wrong ? notice({ lang, kind: 'error', title: wrong }) : calendarAlarm(ctx, lang),
      section({
        title: w.years,
        body: html`${yearTable(imports, meta, recent)}${older.length > 0 ? dialogDetails({ summary: w.olderYears, body: yearTable(imports, meta, older) }) : nothing}`,
      }),
      section({
        title: w.importTitle,
        id: 'import',
        body: html`<p>${w.importWhy}</p>${form({
          action: `${path}/check`,
          csrf: meta.csrf,
          files: true,
          submit: { label: w.check },
          body: html`${field({ lang, kind: 'textarea', rows: 12, name: 'notice', label: w.json, value: typed(body, 'notice'), error: wrong, width: 'wide', optional: true })}${field({ lang, kind: 'file', name: 'file', label: w.file, accept: '.json,application/json', optional: true })}`,
        })}${dialogDetails({ summary: w.sample, body: html`${sample.split('\n').map((line) => html`<code>${line}</code><br>`)}` })}`,
      }),
    ),
  })
}

const sample = `{ "year": 2099, "status": "official",
"source": { "title": "国务院办公厅关于2099年部分节假日安排的通知", "issuer": "国务院办公厅", "number": "…", "date": "2098-11-01", "urls": [], "confidence": "L" },
"off": ["2099-01-01", "2099-01-02", "…", "2099-10-01"],
"makeup": ["2099-01-04"] }`

/** What is wrong with the file, with the day that is wrong. */
export function faultText(problem: Problem, lang: 'zh' | 'en'): string {
  const what = reasonText(problem.fields.notice ?? problem.code, lang)
  const day = problem.detail.day
  return typeof day === 'string' ? systemWords(lang).onDay(what, day) : what
}

function yearTable(imports: readonly ImportedYear[], { lang }: Meta, years: readonly CalendarYear[]): Html {
  const w = systemWords(lang)
  const of = (year: number) => imports.filter((one) => one.year === year)
  return table({
    caption: w.years,
    captionHidden: true,
    columns: [
      { key: 'year', label: w.year.year, kind: 'main' },
      { key: 'status', label: w.year.status },
      { key: 'source', label: w.year.source },
      { key: 'days', label: w.year.days, kind: 'nowrap' },
      { key: 'imported', label: w.year.imported },
    ],
    rows: years.map((year) => ({
      tone: year.status === 'official' ? undefined : 'due',
      cells: {
        year: String(year.year),
        status: statusBadge(year.status === 'official' ? 'done' : 'due', w.status[year.status]),
        source: [year.source.title, year.source.number].filter(Boolean).join(' '),
        days: `${year.off.length} / ${year.makeup.length}`,
        imported:
          of(year.year).length > 0
            ? html`${of(year.year).map((one) => html`<span>${w.importedBy(`${one.by} ${one.policeNo}`, formatMoment(one.at, lang))}</span><br>`)}`
            : html`<span class="hint">${w.shipped}</span>`,
      },
    })),
    empty: html``,
  })
}

/** What was read from the file, day by day against the calendar in use, before anything is kept. */
export function checkPage(ctx: Context, meta: Meta, year: CalendarYear): Promise<Html> {
  const { lang } = meta
  const w = systemWords(lang)
  const changes = changedDays(year, ctx.calendar)
  const days = (list: readonly string[]) =>
    list.map((day) => formatDay(Temporal.PlainDate.from(day), lang)).join(lang === 'en' ? ', ' : '、')
  return frame(ctx, meta, {
    title: w.checkTitle(year.year),
    current: '/console/system',
    breadcrumbs: [{ href: '/console/system', label: w.title }, { href: path, label: w.calendar }, { label: w.check }],
    main: html`${factList([
      { label: w.checkFacts.title, value: year.source.title },
      { label: w.checkFacts.issuer, value: year.source.issuer },
      { label: w.checkFacts.number, value: year.source.number },
      { label: w.checkFacts.date, value: year.source.date },
      { label: w.checkFacts.off, value: days(year.off) },
      { label: w.checkFacts.makeup, value: days(year.makeup) || '–' },
    ])}${section({
      title: w.changes(changes.length),
      body: table({
        caption: w.changes(changes.length),
        captionHidden: true,
        columns: [
          { key: 'day', label: w.day.day, kind: 'main' },
          { key: 'before', label: w.day.before },
          { key: 'after', label: w.day.after },
        ],
        rows: changes.map(({ day, before, after }) => ({
          cells: { day: formatDay(Temporal.PlainDate.from(day), lang), before: w.kinds[before], after: w.kinds[after] },
        })),
        empty: html`<p>${w.noChanges}</p>`,
      }),
    })}<p>${w.confirmWhy}</p>${form({ action: path, csrf: meta.csrf, hidden: { notice: JSON.stringify(year) }, submit: { label: w.confirm }, beside: linkButton({ href: path, label: lang === 'en' ? 'Back' : '返回' }) })}`,
  })
}
