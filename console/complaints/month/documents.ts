import { Type } from 'typebox'
import { findReport, momentOf, signedMinutes, signedReport, trendUpTo, viewMonth } from '#modules/complaints/index.ts'
import { drawChart } from '#platform/charts/draw.ts'
import { dayOf } from '#platform/context.ts'
import type { Minutes } from '#platform/documents/data/official.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { thaw } from '#platform/documents/frozen.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { formatMonth, type Lang } from '#platform/i18n.ts'
import { notFound } from '#platform/problem.ts'
import { periodOf } from '#policy/complaints/month.ts'
import { monthWords } from './words.ts'

const params = Type.Object({ period: Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }) })
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** Report and minutes as PDF and Word, and the chart of the course. Drawn after the transaction has ended. */
export function monthDocuments(documents: Documents): AnyEndpoint[] {
  return [
    report(documents, 'pdf'),
    report(documents, 'docx'),
    minutes(documents, 'pdf'),
    minutes(documents, 'docx'),
    trend,
  ]
}

function report(documents: Documents, kind: 'pdf' | 'docx'): AnyEndpoint {
  return endpoint({
    method: 'GET',
    path: `/console/months/:period/report.${kind}`,
    side: 'internal',
    summary: `The month’s report as ${kind}; signed, the same bytes for ever`,
    permission: 'month.read',
    audit: 'month.print-report',
    params,
    async handle(ctx, { params }) {
      const found = await findReport(ctx, params.period)
      if (!found) throw notFound('report')
      const signed = kind === 'pdf' ? await signedReport(ctx, params.period) : null
      return {
        audit: { subjectKind: 'month', subjectId: null, data: { period: params.period } },
        later: async () => ({
          file:
            kind === 'pdf'
              ? (signed ?? (await documents.render('monthly-report', found.content, momentOf(found))))
              : await documents.renderWord('monthly-report', found.content, momentOf(found)),
          type: kind === 'pdf' ? 'application/pdf' : docx,
          name: `信访投诉情况报告-${params.period}.${kind}`,
          download: kind === 'docx',
        }),
      }
    },
  })
}

function minutes(documents: Documents, kind: 'pdf' | 'docx'): AnyEndpoint {
  return endpoint({
    method: 'GET',
    path: `/console/months/:period/minutes.${kind}`,
    side: 'internal',
    summary: `The signed minutes as ${kind}`,
    permission: 'month.read',
    audit: 'month.print-minutes',
    params,
    async handle(ctx, { params }) {
      const { meeting } = await viewMonth(ctx, params.period)
      const signed = meeting?.chair_signed_at
      if (!meeting || !signed) throw notFound('minutes')
      const content = thaw<Minutes>(meeting.minutes)
      const bytes = kind === 'pdf' ? await signedMinutes(ctx, params.period) : null
      return {
        audit: { subjectKind: 'month', subjectId: null, data: { period: params.period } },
        later: async () => ({
          file: bytes ?? (await documents.renderWord('minutes', content, signed)),
          type: kind === 'pdf' ? 'application/pdf' : docx,
          name: `例会纪要-${params.period}.${kind}`,
          download: kind === 'docx',
        }),
      }
    },
  })
}

const trend = endpoint({
  method: 'GET',
  path: '/console/months/trend.svg',
  side: 'internal',
  summary: 'The course of the months as a chart; its numbers stand in the table of the page',
  permission: 'month.read',
  audit: { unlogged: 'sums' },
  query: Type.Object({
    until: Type.Optional(Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' })),
    lang: Type.Optional(Type.String()),
    elder: Type.Optional(Type.String()),
  }),
  async handle(ctx, { query, meta }) {
    const lang: Lang = meta.lang
    const w = monthWords(lang)
    const found = await trendUpTo(ctx, query.until ?? periodOf(dayOf(ctx.now)))
    const months = found?.months ?? []
    const since = found?.since
      ? months.findIndex(({ month }) => month.equals(found.since as Temporal.PlainYearMonth))
      : -1
    const chart = drawChart({
      kind: 'monthly-trend',
      months: months.map(({ month }) => formatMonth(month, lang)),
      lines: [
        { name: w.alleged, values: months.map((one) => one.alleged) },
        { name: w.confirmedLine, values: months.map((one) => one.confirmed) },
      ],
      unit: w.pieces,
      ...(since >= 0 && { since: { index: since, text: w.sinceMark } }),
    })
    return { file: chart, type: 'image/svg+xml' }
  },
})
