import { frame } from '#console/frame.ts'
import { meetingPeople, viewMonth } from '#modules/complaints/index.ts'
import { listUnits } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { type Drawn, departmentsPart, figuresPart, progressPart, reportPart } from './cockpit-parts.ts'
import { measuresPart, meetingPart } from './meeting-parts.ts'
import { periodText, type Returned } from './shared.ts'
import { monthWords } from './words.ts'

export type Cockpit = { period: string; done?: string; back?: Returned }

/** One month whole: where it stands, whose turn it is, and what can be done by the reader. */
export async function cockpitPage(ctx: Context, meta: Meta, { period, done, back }: Cockpit): Promise<Html> {
  const w = monthWords(meta.lang)
  const drawn: Drawn = { ctx, meta, details: await viewMonth(ctx, period), back }
  const units = (await listUnits(ctx))
    .filter((unit) => unit.kind === 'station' || unit.kind === 'department')
    .map((unit) => ({ value: unit.id, label: meta.lang === 'en' ? unit.nameEn : unit.nameZh }))
  const title = periodText(period, meta.lang)
  return frame(ctx, meta, {
    title: `${title} · ${w.title}`,
    heading: title,
    current: '/console/months',
    breadcrumbs: [{ href: '/console/months', label: w.title }, { label: title }],
    status: done ? w.status_done[done] : undefined,
    invalid: back !== undefined,
    main: html`${progressPart(drawn)}${departmentsPart(drawn)}${reportPart(drawn)}${meetingPart(drawn, await meetingPeople(ctx))}${measuresPart(drawn, units)}${figuresPart(drawn)}`,
  })
}
