import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { langQuery, text } from '#console/service-window/shared.ts'
import { type CoderAgreement, coderAgreement } from '#modules/complaints/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatMonth, formatPercent, type Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { section } from '#platform/ui/parts.ts'
import { filterBar, table } from '#platform/ui/table.ts'
import type { Agreed, Agreement } from '#policy/complaints/agreement.ts'
import { behaviours, styleTags } from '#policy/complaints/lists.ts'
import { caseWords } from './case-words.ts'
import { registerPath } from './register-page.ts'
import { registerWords } from './register-words.ts'
import { triageWords } from './triage-words.ts'

/** The last twelve months, this one first. */
function months(ctx: Context): Temporal.PlainYearMonth[] {
  const now = dayOf(ctx.now).toPlainYearMonth()
  return Array.from({ length: 12 }, (_, back) => now.subtract({ months: back }))
}

async function page(ctx: Context, meta: Meta, asked: string | undefined): Promise<Html> {
  const { lang } = meta
  const w = triageWords(lang).agreement
  const known = months(ctx)
  const month = known.find((one) => one.toString() === asked) ?? (known[0] as Temporal.PlainYearMonth)
  const from = month.toPlainDate({ day: 1 })
  const agreed = await coderAgreement(ctx, from.toString(), from.add({ months: 1 }).toString())
  const options = known.map((one) => ({ value: one.toString(), label: formatMonth(one, lang) }))
  const choose = filterBar({
    lang,
    action: '/console/coding',
    submit: w.show,
    body: field({ lang, kind: 'select', name: 'month', label: w.month, value: month.toString(), options }),
  })
  const words = caseWords(lang)
  return frame(ctx, meta, {
    title: w.title,
    current: registerPath,
    breadcrumbs: [{ href: registerPath, label: registerWords(lang).title }, { label: w.title }],
    main: html`<p class="hint">${w.hint}</p>${choose}${part(lang, w.style, styleTags, words.style, agreed.style, agreed)}${part(lang, w.behaviour, behaviours, words.behaviour, agreed.behaviour, agreed)}`,
  })
}

function part<L extends string>(
  lang: Lang,
  title: string,
  labels: readonly L[],
  names: Record<L, string>,
  agreement: Agreement<L>,
  { numbers }: CoderAgreement,
): Html {
  const w = triageWords(lang).agreement
  const rows = [
    { label: w.overall, agreed: agreement.overall },
    ...labels.map((label) => ({ label: names[label], agreed: agreement.labels[label] })),
  ]
  const figures = table({
    caption: title,
    captionHidden: true,
    columns: [
      { key: 'label', label: w.label, kind: 'main' },
      { key: 'n', label: w.n, kind: 'number' },
      { key: 'observed', label: w.observed, kind: 'number' },
      { key: 'kappa', label: w.kappa, kind: 'number' },
      { key: 'interval', label: w.interval },
    ],
    rows: rows.map(({ label, agreed }) => ({
      cells: { label, n: formatCount(agreed.n, lang), ...cells(agreed, lang) },
    })),
    empty: html``,
  })
  const differ = table({
    caption: w.disagreements,
    swap: true,
    columns: [
      { key: 'no', label: w.case, kind: 'main' },
      { key: 'first', label: w.onlyFirst },
      { key: 'second', label: w.onlySecond },
    ],
    rows: agreement.disagreements.slice(0, 200).map((one) => ({
      href: `/console/triage/${one.caseId}`,
      cells: {
        no: numbers.get(one.caseId) ?? '',
        first: one.onlyFirst.map((label) => names[label]).join(lang === 'en' ? ', ' : '、'),
        second: one.onlySecond.map((label) => names[label]).join(lang === 'en' ? ', ' : '、'),
      },
    })),
    empty: html`<p class="hint">${w.none}</p>`,
  })
  return section({ title, body: html`${figures}${differ}` })
}

function cells(agreed: Agreed, lang: Lang): { observed?: string; kappa?: string; interval?: string } {
  const w = triageWords(lang).agreement
  if (agreed.said === 'too-few') return { interval: w.tooFew(formatCount(agreed.n, lang), agreed.least) }
  const observed = formatPercent(agreed.observed, lang)
  if (agreed.said === 'one-sided') return { observed, interval: w.oneSided }
  const number = (value: number) => value.toFixed(2)
  return {
    observed,
    kappa: number(agreed.kappa),
    interval: `${number(agreed.interval.low)}–${number(agreed.interval.high)}`,
  }
}

export const agreementEndpoints: AnyEndpoint[] = [
  endpoint({
    method: 'GET',
    path: '/console/coding',
    side: 'internal',
    summary: 'How far two coders agree on the alleged tags of the cases received in a month (CO06)',
    permission: 'complaint.register',
    audit: { unlogged: 'figures and case numbers' },
    query: Type.Object({ ...langQuery, month: text(10) }),
    handle: async (ctx, { query, meta }) => ({ page: await page(ctx, meta, query.month) }),
  }),
]
