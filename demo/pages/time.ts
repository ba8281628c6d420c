import { type Static, Type } from 'typebox'
import { errorOf, fieldErrors } from '#console/frame.ts'
import { systemActor } from '#platform/actor.ts'
import { type Context, dayOf, zone } from '#platform/context.ts'
import type { House } from '#platform/house.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatMoment } from '#platform/i18n.ts'
import { invalid, type Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { actionButton, errorSummary, form } from '#platform/ui/form.ts'
import { factList, section } from '#platform/ui/parts.ts'
import { type DemoClock, saveClock } from '../clock.ts'
import { demoOnly, demoPage } from './page.ts'
import { happenedSince } from './since.ts'
import { demoWords } from './words.ts'

type Parts = { house: House; clock: DemoClock; sweepNow(): Promise<void> }

const path = '/demo/time'
/** Further than a year ahead nobody watches anything become due, and the calendars end. */
const furthestDays = 400

const query = Type.Object({ since: Type.Optional(Type.String({ maxLength: 40 })), lang: Type.Optional(Type.String()) })
const body = Type.Object({
  move: Type.Union([Type.Literal('hour'), Type.Literal('day'), Type.Literal('three'), Type.Literal('to')]),
  to: Type.Optional(Type.String({ maxLength: 20 })),
  attempt: Type.Optional(Type.String()),
  _csrf: Type.Optional(Type.String()),
})

/** Moves the demonstration's time forward, and shows what that made due. */
export function timeEndpoints(parts: Parts): AnyEndpoint[] {
  const shared = { path, side: 'internal', permission: 'anyone' } as const
  return [
    endpoint({
      ...shared,
      method: 'GET',
      summary: 'The demonstration’s time',
      audit: { unlogged: 'shows numbers of invented matters' },
      query,
      async handle(ctx, { query: asked, meta }) {
        demoOnly(meta)
        return { page: await timePage(parts, ctx, meta, { since: readInstant(asked.since) }) }
      },
    }),
    endpoint({
      ...shared,
      method: 'POST',
      summary: 'Move the demonstration’s time forward',
      audit: 'demo.time-moved',
      perMinute: 30,
      body,
      async handle(ctx, { body: asked, meta }) {
        demoOnly(meta)
        const before = parts.clock.now()
        const to = targetOf(ctx, before, asked)
        parts.clock.moveTo(to)
        await parts.house.write(systemActor, meta.requestId, (own) => saveClock(own, parts.clock))
        // What one round puts in line, the next one carries out.
        await parts.sweepNow()
        await parts.sweepNow()
        return {
          redirect: `${path}?since=${encodeURIComponent(before.toString())}`,
          audit: { subjectKind: 'clock', subjectId: null, data: { from: before.toString(), to: to.toString() } },
        }
      },
      async onProblem(ctx, { body: asked, meta }, problem) {
        demoOnly(meta)
        return timePage(parts, ctx, meta, { since: null, problem, typed: String(asked.to ?? '') })
      },
    }),
  ]
}

/** Only forward; working days keep the time of day. */
function targetOf(ctx: Context, now: Temporal.Instant, asked: Static<typeof body>): Temporal.Instant {
  if (asked.move === 'hour') return checked(now, now.add({ hours: 1 }))
  const local = now.toZonedDateTimeISO(zone)
  if (asked.move === 'to')
    return checked(
      now,
      readDay(asked.to, local.year)
        .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from('09:00') })
        .toInstant(),
    )
  const days = asked.move === 'day' ? 1 : 3
  const due = ctx.calendar.addWorkingDays(local.toPlainDate(), days)
  const day = 'refused' in due ? local.toPlainDate().add({ days }) : due.day
  return checked(now, day.toZonedDateTime({ timeZone: zone, plainTime: local.toPlainTime() }).toInstant())
}

function checked(now: Temporal.Instant, to: Temporal.Instant): Temporal.Instant {
  const furthest = Temporal.Now.instant().add({ hours: 24 * furthestDays })
  if (Temporal.Instant.compare(to, now) <= 0 || Temporal.Instant.compare(to, furthest) > 0)
    throw invalid({ to: 'out-of-range' })
  return to
}

/** 2026-11-30, 2026年11月30日, 20261130 or 11-30. */
function readDay(text: string | undefined, thisYear: number): Temporal.PlainDate {
  const [, year, month, day] =
    /^(?:(\d{4})\D*)?(\d{1,2})\D*(\d{1,2})\D*$/.exec((text ?? '').normalize('NFKC').trim()) ?? []
  try {
    const parts = { year: Number(year ?? thisYear), month: Number(month), day: Number(day) }
    return Temporal.PlainDate.from(parts, { overflow: 'reject' })
  } catch {
    throw invalid({ to: 'malformed' })
  }
}

function readInstant(text: string | undefined): Temporal.Instant | null {
  try {
    return text ? Temporal.Instant.from(text) : null
  } catch {
    return null
  }
}

type Shown = { since: Temporal.Instant | null; problem?: Problem; typed?: string }

async function timePage({ house, clock }: Parts, ctx: Context, meta: Meta, shown: Shown): Promise<Html> {
  const { lang } = meta
  const words = demoWords(lang).time
  const errors = fieldErrors(shown.problem, lang)
  const now = clock.now()
  const button = (move: keyof typeof words.buttons) =>
    actionButton({ action: path, csrf: meta.csrf, hidden: { move }, label: words.buttons[move] })
  const to = form({
    action: path,
    csrf: meta.csrf,
    hidden: { move: 'to' },
    submit: { label: words.go },
    body: field({
      lang,
      kind: 'date',
      name: 'to',
      label: words.to,
      value: shown.typed ?? dayOf(now).add({ days: 7 }).toString(),
      error: errorOf(errors, 'to'),
      width: 'short',
    }),
  })
  const facts = factList([
    { label: words.now, value: html`<b>${formatMoment(now, lang)}</b>` },
    { label: words.machine, value: formatMoment(Temporal.Now.instant(), lang) },
  ])
  const happened = shown.since
    ? section({
        title: words.happened(formatMoment(shown.since, lang)),
        body: await happenedSince(house, meta, shown.since, now),
      })
    : nothing
  const main = html`<p>${words.intro}</p>${errorSummary({ lang, errors })}${facts}<div class="buttons">${(['hour', 'day', 'three'] as const).map(button)}</div>${to}${happened}`
  return demoPage(ctx, meta, { title: words.title, main, invalid: errors.length > 0 })
}
