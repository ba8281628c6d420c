import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { langQuery } from '#console/service-window/shared.ts'
import { type DeductionLine, type OwnStanding, ownStanding } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { dayOf as dayHere, formatDayShort, type Lang } from '#platform/i18n.ts'
import { emptyState, notice, section, statusBadge } from '#platform/ui/parts.ts'
import { type Row, table } from '#platform/ui/table.ts'
import { valueOn } from '#policy/parameter.ts'
import { atTheNextOne } from '#policy/standing/consequences.ts'
import { appealWithin } from '#policy/standing/parameters.ts'
import { restrictionTable } from './restriction-table.ts'
import { slipBadge } from './slip-badge.ts'
import { nameOf, shortDay } from './standing-parts.ts'
import { standingWords } from './standing-words.ts'

export const myStandingPage: AnyEndpoint = endpoint({
  method: 'GET',
  path: '/console/my-standing',
  side: 'internal',
  summary: 'What stands about the reader himself this year: count, deductions, restrictions, slips, and how to object',
  permission: 'own.read',
  audit: { unlogged: 'the reader’s own data, nobody else’s' },
  query: Type.Object({ ...langQuery, year: Type.Optional(Type.String({ maxLength: 4 })) }),
  handle: async (ctx, { query, meta }) => ({ page: await page(ctx, meta, query.year) }),
})

async function page(ctx: Context, meta: Meta, wanted: string | undefined): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang)
  const today = dayOf(ctx.now)
  const year = wanted && /^20\d\d$/.test(wanted) ? Number(wanted) : today.year
  const own = await ownStanding(ctx, year)
  const thisYear = year === today.year
  return frame(ctx, meta, {
    title: words.mine.title,
    current: '/console/my-standing',
    main: html`${notice({
      lang,
      kind: own.cases === 0 ? 'info' : 'warning',
      title: words.mine.count(String(year), String(own.cases)),
      body: html`${thisYear ? html`<p>${words.mine.next[atTheNextOne(own.cases, today)]}</p>` : nothing}<p class="hint">${words.mine.countHint}</p>`,
    })}${toReceive(own, lang)}${deductions(ctx, own, lang)}${section({
      title: words.mine.restrictions,
      body:
        own.restrictions.length > 0
          ? restrictionTable(ctx, own.restrictions, lang, 'own')
          : html`<p>${words.mine.noRestrictions}</p>`,
    })}${slips(ctx, own, lang)}${remedy(ctx, lang)}${years(year, today.year, lang)}`,
  })
}

function toReceive(own: OwnStanding, lang: Lang): Html {
  const words = standingWords(lang)
  const waiting = own.slips.filter((slip) => slip.status === 'signed' || slip.status === 'refused')
  if (waiting.length === 0) return nothing
  return notice({
    lang,
    kind: 'warning',
    title: words.mine.slips,
    body: html`<ul>${waiting.map((slip) => html`<li><a href="/console/slips/${slip.id}" data-swap>${slip.no}</a> ${words.mine.toReceive}</li>`)}</ul>`,
  })
}

type Key = 'case' | 'on' | 'fact' | 'clause' | 'points' | 'reason' | 'decidedBy' | 'state'

function deductions(ctx: Context, own: OwnStanding, lang: Lang): Html {
  const words = standingWords(lang)
  const c = words.columns
  const waiting = own.waiting.map(
    (one) => html`<li>${words.mine.waitingLine(one.caseNo, shortDay(ctx, one.dueOn, lang))} ${one.factLine}</li>`,
  )
  const list = table<Key>({
    caption: words.mine.deductions,
    captionHidden: true,
    columns: [
      { key: 'case', label: c.case, kind: 'main' },
      { key: 'on', label: c.on, kind: 'nowrap' },
      { key: 'fact', label: c.fact },
      { key: 'clause', label: c.clause },
      { key: 'points', label: c.points, kind: 'nowrap' },
      { key: 'reason', label: c.reason },
      { key: 'decidedBy', label: c.decidedBy, kind: 'nowrap' },
      { key: 'state', label: c.state },
    ],
    rows: own.deductions.map((one) => ({
      ...deductionRow(ctx, one, lang),
      href: `/console/me/findings/${one.findingId}`,
    })),
    empty: emptyState({ title: words.mine.noDeductions }),
  })
  return section({
    title: words.mine.deductions,
    body: html`${waiting.length > 0 ? html`<h3>${words.mine.waiting}</h3><ul>${waiting}</ul>` : nothing}${list}`,
  })
}

/** One deduction from the officer, struck out in words when it was taken back. */
export function deductionRow(ctx: Context, one: DeductionLine, lang: Lang): Row<Key> {
  const words = standingWords(lang)
  const back = one.reversedAt
  return {
    tone: back ? 'closed' : undefined,
    cells: {
      case: back ? html`<s>${one.caseNo}</s>` : one.caseNo,
      on: shortDay(ctx, one.effectiveOn, lang),
      fact: html`${one.factLine} <span class="hint">${nameOf(one, lang)}</span>`,
      clause: one.clause,
      points: words.points(String(one.points)),
      reason: one.reason,
      decidedBy: one.decidedBy,
      state: back
        ? html`${statusBadge('stopped', words.struck)} <span class="hint">${words.reversed(
            formatDayShort(dayHere(back), lang, dayOf(ctx.now)),
            one.reversedReason ?? '',
          )}</span>`
        : statusBadge('neutral', words.stands),
    },
  }
}

function slips(ctx: Context, own: OwnStanding, lang: Lang): Html {
  const words = standingWords(lang)
  const list = own.slips.map(
    (slip) =>
      html`<li><a href="/console/slips/${slip.id}" data-swap>${slip.no}</a> ${words.slips.nth(String(slip.nth))} ${slipBadge(
        { ...slip, serveOverdue: slip.serve_overdue_at !== null, talkOverdue: slip.talk_overdue_at !== null },
        lang,
      )}${slip.talk_due_on && slip.status === 'served' ? html` <span class="hint">${words.slips.talkDue} ${shortDay(ctx, slip.talk_due_on, lang)}</span>` : nothing}</li>`,
  )
  return section({
    title: words.mine.slips,
    body: list.length > 0 ? html`<ul>${list}</ul>` : html`<p>${words.mine.noSlips}</p>`,
  })
}

function remedy(ctx: Context, lang: Lang): Html {
  const words = standingWords(lang).mine
  const days = String(valueOn(appealWithin, dayOf(ctx.now)).value)
  return section({
    title: words.remedyTitle,
    id: 'remedy',
    body: html`${words.remedy(days).map((line) => html`<p>${line}</p>`)}`,
  })
}

function years(shown: number, current: number, lang: Lang): Html {
  const words = standingWords(lang).mine
  const others = [current, current - 1, current - 2].filter((year) => year !== shown)
  return html`<p>${words.otherYear}: ${others.map(
    (year) => html`<a href="/console/my-standing?year=${year}" data-swap>${words.yearOf(String(year))}</a> `,
  )}</p>`
}
