import { type LikelyDuplicate, likelyDuplicates, takenInto } from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatPercent, type Lang } from '#platform/i18n.ts'
import { section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { mergeable, type Status } from '#policy/complaints/lifecycle.ts'
import { caseStatus, short } from './register-table.ts'
import { triageWords } from './triage-words.ts'

type Subject = { id: string; status: Status }

/** For the case's page: where it is sorted. Nothing where nothing is left to sort. */
export function triagePart(meta: Meta, found: Subject): Html {
  const w = triageWords(meta.lang)
  const sortable: readonly Status[] = [...mergeable, 'transferred', 'redirected', 'merged']
  if (!sortable.includes(found.status)) return nothing
  return html`<p><a href="/console/triage/${found.id}" data-swap>${w.back}</a></p>`
}

/** For the case's page: cases that may tell of the same event, and those that were merged into it. */
export async function duplicatesPart(ctx: Context, meta: Meta, found: Subject): Promise<Html> {
  const w = triageWords(meta.lang)
  const likely = mergeable.includes(found.status) ? await likelyDuplicates(ctx, found.id) : []
  const taken = await takenInto(ctx, found.id)
  if (likely.length === 0 && taken.length === 0) return nothing
  return section({
    title: w.likely,
    id: 'likely',
    body: html`${likely.length > 0 ? html`<p class="hint">${w.likelyHint}</p>${likelyTable(likely, meta.lang)}` : nothing}${
      taken.length > 0
        ? html`<h3>${w.taken}</h3><ul>${taken.map((one) => html`<li><a href="/console/cases/${one.id}" data-swap>${one.no}</a> ${short(one.summary, 40)}</li>`)}</ul>`
        : nothing
    }`,
  })
}

export function likelyTable(likely: readonly LikelyDuplicate[], lang: Lang): Html {
  const w = triageWords(lang)
  return table({
    caption: w.likely,
    captionHidden: true,
    swap: true,
    columns: [
      { key: 'no', label: w.agreement.case, kind: 'main' },
      { key: 'summary', label: w.submissions },
      { key: 'status', label: w.facts.status, kind: 'nowrap' },
      { key: 'score', label: w.score, kind: 'number' },
      { key: 'why', label: w.why },
    ],
    rows: likely.map((one) => ({
      href: `/console/triage/${one.caseId}`,
      cells: {
        no: html`<span class="case-no">${one.no}</span>`,
        summary: short(one.summary, 40),
        status: caseStatus(one.status, lang),
        score: formatPercent(one.score, lang),
        why: reasons(one, lang),
      },
    })),
    empty: html`<p class="hint">${w.likelyNone}</p>`,
  })
}

function reasons({ why }: LikelyDuplicate, lang: Lang): string {
  const w = triageWords(lang).whys
  const officer = why.some(({ kind }) => kind === 'officer')
  // The same officer has the same unit.
  return why
    .filter(({ kind }) => kind !== 'unit' || !officer)
    .map((reason) => {
      if (reason.kind === 'days') return w.days(reason.days)
      if (reason.kind === 'text')
        return w.text(
          formatPercent(reason.likeness, lang),
          reason.phrases.slice(0, 3).join(lang === 'en' ? ', ' : '、'),
        )
      return w[reason.kind]
    })
    .join(lang === 'en' ? '; ' : '；')
}
