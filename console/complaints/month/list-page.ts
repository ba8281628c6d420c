import { frame } from '#console/frame.ts'
import { claimOf, listMonths, listOutages, type MonthRow, perThousand } from '#modules/complaints/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatDay, type Lang } from '#platform/i18n.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { dialogDetails, emptyState, type Status, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { channels } from '#policy/complaints/lists.ts'
import { channelWords } from './channel-words.ts'
import { ask, periodText, type Returned } from './shared.ts'
import { monthWords } from './words.ts'

/** All months, their course, and whether a fall may be claimed. */
export async function monthsPage(
  ctx: Context,
  meta: Meta,
  { before, done, back }: { before?: string; done?: string; back?: Returned } = {},
): Promise<Html> {
  const w = monthWords(meta.lang)
  const { rows, since } = await listMonths(ctx, before)
  const last = rows.find((row) => row.cases !== null)
  return frame(ctx, meta, {
    title: w.title,
    current: '/console/months',
    status: done ? w.status_done[done] : undefined,
    invalid: back !== undefined,
    main: html`<p class="hint">${w.listHint}</p>${since || rows.length > 0 ? monthTable(ctx, meta, rows) : emptyState({ title: w.notBegun, body: w.notBegunBody })}${
      rows.length === 24
        ? html`<p><a href="/console/months?before=${rows.at(-1)?.period}" data-swap>${w.older}</a></p>`
        : nothing
    }${last ? trendPart(meta.lang, last.period) : nothing}${last ? await claimPart(ctx, meta.lang, last.period) : nothing}${await outagePart(ctx, meta, back)}`,
  })
}

const badge: Record<MonthRow['status'], Status> = { open: 'open', frozen: 'due', reported: 'due', met: 'done' }

function monthTable(ctx: Context, meta: Meta, rows: readonly MonthRow[]): Html {
  const w = monthWords(meta.lang)
  const today = dayOf(ctx.now).toString()
  const due = (row: MonthRow) =>
    row.status === 'open'
      ? row.cutOff
      : row.status === 'frozen'
        ? row.reportBy
        : row.status === 'reported'
          ? row.meetingBy
          : ''
  return table({
    caption: w.title,
    captionHidden: true,
    columns: [
      { key: 'period', label: w.columns.period, kind: 'main' },
      { key: 'state', label: w.columns.state },
      { key: 'next', label: w.columns.next, kind: 'nowrap' },
      { key: 'cases', label: w.columns.cases, kind: 'number' },
      { key: 'confirmed', label: w.columns.confirmed, kind: 'number' },
      { key: 'rate', label: w.columns.rate, kind: 'number' },
      { key: 'report', label: w.columns.report },
      { key: 'minutes', label: w.columns.minutes },
    ],
    rows: rows.map((row) => {
      const day = due(row)
      const late = day !== '' && row.status !== 'open' && day < today
      return {
        href: `/console/months/${row.period}`,
        tone: late ? ('late' as const) : undefined,
        cells: {
          period: periodText(row.period, meta.lang),
          state: statusBadge(late ? 'late' : badge[row.status], w.status[row.status]),
          next: day ? formatDay(Temporal.PlainDate.from(day), meta.lang) : '',
          cases: row.cases === null ? '–' : formatCount(row.cases, meta.lang),
          confirmed: row.confirmedCases === null ? '–' : formatCount(row.confirmedCases, meta.lang),
          rate: rateText(row),
          report: row.reportNo ?? '',
          minutes: row.minutesNo ?? '',
        },
      }
    }),
    empty: emptyState({ title: w.none }),
  })
}

function rateText({ cases, served }: MonthRow): string {
  const rate = cases === null || served === null ? null : perThousand(cases, served)
  return rate ? `${rate.value.toFixed(2)}（${rate.low.toFixed(2)}–${rate.high.toFixed(2)}）n = ${served}` : '–'
}

function trendPart(lang: Lang, last: string): Html {
  const w = monthWords(lang)
  return section({
    title: w.trend,
    id: 'trend',
    body: html`<img class="chart" src="/console/months/trend.svg?until=${last}&lang=${lang}" alt="${w.trendAlt}" width="640" height="300">`,
  })
}

async function claimPart(ctx: Context, lang: Lang, period: string): Promise<Html> {
  const w = monthWords(lang)
  const claims = [await claimOf(ctx, period, 'confirmed'), await claimOf(ctx, period, 'alleged')]
  return section({
    title: w.claimTitle,
    id: 'claim',
    body: html`<p class="hint">${w.claimHint}</p>${claims.map(
      (claim) =>
        html`<p>${statusBadge(claim.may ? 'done' : 'stopped', claim.may ? w.may : w.mayNot)} ${claim.sentence[lang]}</p>`,
    )}`,
  })
}

async function outagePart(ctx: Context, meta: Meta, back: Returned | undefined): Promise<Html> {
  const w = monthWords(meta.lang)
  const names = channelWords(meta.lang)
  const list = await listOutages(ctx)
  const notes = may(ctx.actor, 'complaint.intake') || may(ctx.actor, 'month.keep')
  return section({
    title: w.outages,
    id: 'outages',
    body: html`<p class="hint">${w.outageHint}</p>${
      list.length === 0
        ? html`<p>${w.outageNone}</p>`
        : html`<ul>${list.map((row) => html`<li>${names[row.channel]} ${row.from} – ${row.until ?? '…'} · ${row.note} · ${row.by}</li>`)}</ul>`
    }${
      notes
        ? dialogDetails({
            summary: w.addOutage,
            open: back !== undefined,
            body: html`${back ? errorSummary({ lang: meta.lang, errors: back.errors }) : nothing}${form({
              action: '/console/months/outages',
              csrf: meta.csrf,
              attempt: meta.newAttempt(),
              swap: true,
              submit: { label: w.addOutage, kind: 'plain' },
              body: html`${ask(meta.lang, back, { kind: 'select', name: 'channel', label: w.channel, options: channels.map((value) => ({ value, label: names[value] })) })}${ask(
                meta.lang,
                back,
                { kind: 'date', name: 'from', label: w.from, width: 'short' },
              )}${ask(meta.lang, back, { kind: 'date', name: 'until', label: w.until, width: 'short', optional: true })}${ask(meta.lang, back, { kind: 'textarea', name: 'note', label: w.noteText, rows: 2, maxlength: 500 })}`,
            })}`,
          })
        : nothing
    }`,
  })
}
