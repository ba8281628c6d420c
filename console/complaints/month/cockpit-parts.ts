import type { MonthDetails } from '#modules/complaints/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatDay, type Lang } from '#platform/i18n.ts'
import { actionButton, errorSummary, linkButton } from '#platform/ui/form.ts'
import { figure, figures } from '#platform/ui/measure.ts'
import { type Step, section, statusBadge, steps } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { moment, type Returned } from './shared.ts'
import { monthWords } from './words.ts'

export type Drawn = { ctx: Context; meta: Meta; details: MonthDetails; back?: Returned }

export const pathOf = (period: string) => `/console/months/${period}`

export function summaryOf(drawn: Drawn, form: string): Html {
  return drawn.back?.form === form ? errorSummary({ lang: drawn.meta.lang, errors: drawn.back.errors }) : nothing
}

/** Where the month stands: five steps with their last days. */
export function progressPart({ details, meta }: Drawn): Html {
  const w = monthWords(meta.lang)
  const { month, departments, report, meeting } = details
  const due = (day: string) =>
    `${w.due(formatDay(Temporal.PlainDate.from(day), meta.lang))}${month.provisional ? w.provisional : ''}`
  const done = [
    month.frozen_at !== null,
    departments.every((one) => one.confirmed),
    report?.signedAt != null,
    meeting?.began_at != null,
    meeting?.chair_signed_at != null,
  ]
  const first = done.indexOf(false)
  const names = ['collect', 'confirm', 'report', 'meeting', 'minutes'] as const
  const days = [month.cut_off, month.confirm_by, month.report_by, month.meeting_by, month.meeting_by]
  return steps({
    lang: meta.lang,
    label: w.steps.label,
    steps: names.map((name, at): Step => {
      const state = done[at] ? 'done' : at === first ? 'current' : 'todo'
      return { label: w.steps[name], state, note: state === 'done' ? undefined : due(days[at] as string) }
    }),
  })
}

/** The frozen numbers, each leading to the cases it counts. */
export function figuresPart({ details, meta }: Drawn): Html {
  const w = monthWords(meta.lang)
  const { month } = details
  const at = month.frozen_at
  if (!month.figures || !at)
    return section({
      title: w.figures,
      id: 'figures',
      body: html`<p class="hint">${w.notFrozen(formatDay(Temporal.PlainDate.from(month.cut_off), meta.lang))}</p>`,
    })
  const f = month.figures
  const responsible = f.findings.responsible ?? 0
  const decided = Object.values(f.findings).reduce((sum, n) => sum + n, 0)
  const list = `/console/cases?month=${month.period}`
  const one = (label: string, value: number, n: number, href: string) =>
    figure({ lang: meta.lang, label, value: formatCount(value, meta.lang), n, href })
  return section({
    title: w.figures,
    id: 'figures',
    body: html`<p class="hint">${w.frozenAt(moment(at, meta.lang))}</p>${figures([
      one(w.fig.cases, f.cases, f.submissions, list),
      one(w.fig.alleged, f.alleged.total, f.cases, `${list}&tag=alleged`),
      one(w.fig.responsible, responsible, decided, `${list}&outcome=responsible`),
      one(w.fig.confirmed, f.confirmed.total, responsible, `${list}&tag=confirmed`),
      one(w.fig.served, f.served, f.served, '/console/figures'),
      one(
        w.fig.notDeducted,
        f.notDeducted.reduce((sum, unit) => sum + unit.tasks, 0),
        f.consequences.unit,
        '/console/deductions',
      ),
    ])}`,
  })
}

export function departmentsPart(drawn: Drawn): Html {
  const { details, meta } = drawn
  const w = monthWords(meta.lang)
  const frozen = details.month.frozen_at !== null
  return section({
    title: w.departments,
    id: 'confirm',
    body: html`${summaryOf(drawn, 'confirm')}${table({
      caption: w.departments,
      captionHidden: true,
      columns: [
        { key: 'department', label: w.deptColumns.department, kind: 'main' },
        { key: 'cases', label: w.deptColumns.cases, kind: 'number' },
        { key: 'state', label: w.deptColumns.state },
        { key: 'act', label: w.deptColumns.act, kind: 'action' },
      ],
      rows: details.departments.map((one) => ({
        cells: {
          department: w.dept[one.department],
          cases: one.cases === null ? '–' : formatCount(one.cases, meta.lang),
          state: one.confirmed
            ? html`${statusBadge('done', w.result[one.confirmed.result])} <span class="hint">${w.confirmed(one.confirmed.by, moment(one.confirmed.at, meta.lang))}</span>`
            : statusBadge(frozen ? 'due' : 'neutral', one.unitZh ? w.waiting : w.noDesk),
          act: frozen && one.mine && !one.confirmed ? confirmButton(drawn, one.department, one.cases ?? 0) : nothing,
        },
      })),
      empty: nothing,
    })}`,
  })
}

function confirmButton({ details, meta }: Drawn, department: string, cases: number): Html {
  const w = monthWords(meta.lang)
  return actionButton({
    action: `${pathOf(details.month.period)}/confirm`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    hidden: { department, result: cases > 0 ? 'complete' : 'nil' },
    label: cases > 0 ? w.confirmComplete : w.confirmNil,
    kind: 'main',
    swap: true,
  })
}

/** The report: who must do what next, and the document. */
export function reportPart(drawn: Drawn): Html {
  const { details, meta } = drawn
  const path = pathOf(details.month.period)
  return section({
    title: monthWords(meta.lang).report,
    id: 'report',
    actions: details.report ? documentLinks(path, 'report', meta.lang) : undefined,
    body: html`${summaryOf(drawn, 'report')}${reportState(drawn)}<div class="buttons">${draftLink(drawn)}${reportButtons(drawn)}</div>`,
  })
}

function missingOf({ details, meta }: Drawn): string[] {
  return details.departments.filter((one) => !one.confirmed).map((one) => monthWords(meta.lang).dept[one.department])
}

function reportState(drawn: Drawn): Html {
  const { details, meta } = drawn
  const w = monthWords(meta.lang)
  const { report, month } = details
  if (report?.signedAt) {
    const received = report.receivedAt && w.received(report.receivedByName ?? '', moment(report.receivedAt, meta.lang))
    return html`<p>${w.signed(report.no ?? '', report.signedByName ?? '', moment(report.signedAt, meta.lang))}</p>${received ? html`<p>${received}</p>` : nothing}`
  }
  const missing = missingOf(drawn)
  const waits = missing.length > 0 && month.frozen_at !== null
  return html`${report ? html`<p>${w.drafted(report.draftedByName, moment(report.draftedAt, meta.lang))}</p>` : html`<p class="hint">${w.reportNone}</p>`}${
    waits ? html`<p class="hint">${w.reportWait(missing.join(meta.lang === 'zh' ? '、' : ', '))}</p>` : nothing
  }`
}

function draftLink(drawn: Drawn): Html {
  const { ctx, details, meta } = drawn
  const w = monthWords(meta.lang)
  const { report, month } = details
  const lastDay = Temporal.PlainDate.compare(dayOf(ctx.now), Temporal.PlainDate.from(month.report_by)) >= 0
  const ready = month.frozen_at !== null && (missingOf(drawn).length === 0 || lastDay)
  if (!may(ctx.actor, 'month.keep') || !ready || report?.signedAt) return nothing
  const href = `${pathOf(month.period)}/report`
  return linkButton({ href, label: report ? w.redraft : w.draft, kind: report ? 'plain' : 'main' })
}

/** Whoever drew it up neither signs nor receives it. */
function reportButtons({ ctx, details, meta }: Drawn): Html {
  const w = monthWords(meta.lang)
  const { report, month } = details
  if (!report || !may(ctx.actor, 'month.chair') || report.draftedBy === ctx.actor.personId || report.receivedAt)
    return nothing
  const name = report.signedAt ? 'receive' : 'sign'
  return actionButton({
    action: `${pathOf(month.period)}/report/${name}`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    version: report.version,
    label: w[name],
    kind: 'main',
    swap: true,
  })
}

export function documentLinks(path: string, name: 'report' | 'minutes', lang: Lang): Html {
  const w = monthWords(lang)
  return html`${linkButton({ href: `${path}/${name}.pdf`, label: w.pdf, newTab: true })} ${linkButton({ href: `${path}/${name}.docx`, label: w.word, download: true })}`
}
