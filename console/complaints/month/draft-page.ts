import { frame } from '#console/frame.ts'
import { viewMonth } from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { dialogDetails } from '#platform/ui/parts.ts'
import { pathOf } from './cockpit-parts.ts'
import { ask, periodText, type Returned } from './shared.ts'
import { monthWords } from './words.ts'

export const typicalCases = 3

/** The words of the report; its numbers are the frozen ones and stand in the draft itself. */
export async function draftPage(ctx: Context, meta: Meta, period: string, back?: Returned): Promise<Html> {
  const w = monthWords(meta.lang)
  const { report } = await viewMonth(ctx, period)
  const title = String(w.draftTitle(periodText(period, meta.lang)))
  const typical = report?.typical ?? []
  const cases = Array.from({ length: typicalCases }, (_, at) => {
    const one = typical[at]
    const parts = [
      ['heading', w.heading, one?.heading, 100],
      ['facts', w.facts, one?.facts, 2000],
      ['outcome', w.outcome, one?.outcome, 500],
      ['lesson', w.lesson, one?.lesson, 500],
    ] as const
    return dialogDetails({
      summary: `${w.typical} ${at + 1}${one ? `：${one.heading}` : ''}`,
      open: back !== undefined && at === 0,
      body: html`<p class="hint">${w.typicalHint}</p>${parts.map(([name, label, value, max]) =>
        ask(meta.lang, back, {
          kind: name === 'heading' ? 'text' : 'textarea',
          rows: name === 'facts' ? 5 : 2,
          name: `${name}${at}`,
          label,
          width: 'wide',
          maxlength: max,
          optional: true,
          value: value ?? '',
        }),
      )}`,
    })
  })
  const lines = (name: 'shortcomings' | 'proposals', kept: readonly string[] | undefined) =>
    ask(meta.lang, back, {
      kind: 'textarea',
      name,
      label: w[name],
      hint: w.onePerLine,
      rows: 5,
      width: 'wide',
      maxlength: 4000,
      optional: true,
      value: kept?.join('\n') ?? '',
    })
  return frame(ctx, meta, {
    title,
    current: '/console/months',
    breadcrumbs: [
      { href: '/console/months', label: w.title },
      { href: pathOf(period), label: periodText(period, meta.lang) },
      { label: w.report },
    ],
    invalid: back !== undefined,
    main: html`<p class="hint">${w.draftHint}</p>${errorSummary({ lang: meta.lang, errors: back?.errors ?? [] })}${form(
      {
        action: `${pathOf(period)}/report`,
        csrf: meta.csrf,
        attempt: meta.newAttempt(),
        version: report?.version ?? 0,
        swap: true,
        submit: { label: w.saveDraft, key: true },
        body: html`${lines('shortcomings', report?.shortcomings)}${lines('proposals', report?.proposals)}${cases}`,
      },
    )}`,
  })
}
