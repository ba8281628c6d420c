import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { langQuery } from '#console/service-window/shared.ts'
import { decideDeduction, listTasks, type TaskRow, type TaskView, viewTask } from '#modules/standing/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { attrs, type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatDay, formatMoment, type Lang } from '#platform/i18n.ts'
import { invalid } from '#platform/problem.ts'
import { emptyState, factList, notice, type Status, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { atTheNextOne } from '#policy/standing/consequences.ts'
import { action, doneQuery, idParams, type Returned, typedText } from './standing-action.ts'
import { actionForm, dueCell, leftOver, nameOf } from './standing-parts.ts'
import { standingWords } from './standing-words.ts'

const base = '/console/deductions'

export function deductionPages(): AnyEndpoint[] {
  return [list, one, decide]
}

const list = endpoint({
  method: 'GET',
  path: base,
  side: 'internal',
  summary: 'Deductions from officers that the head of the unit has to decide, and those decided',
  permission: 'deduction.decide',
  audit: { unlogged: 'a list of tasks; the facts of each are logged when it is opened' },
  query: Type.Object({ ...langQuery, view: Type.Optional(Type.String({ maxLength: 10 })) }),
  handle: async (ctx, { query, meta }) => ({ page: await listPage(ctx, meta, query.view !== 'decided') }),
})

const one = endpoint({
  method: 'GET',
  path: `${base}/:id`,
  side: 'internal',
  summary: 'One deduction to decide: finding, band, who decides, what it brings',
  permission: 'deduction.decide',
  audit: 'deduction.view',
  params: idParams,
  query: doneQuery,
  handle: async (ctx, { params, query, meta }) => ({
    page: await taskPage(ctx, meta, { id: params.id, done: query.done }),
    audit: { subjectKind: 'deduction', subjectId: params.id },
  }),
})

const decide = action({
  base,
  name: 'decide',
  subject: 'deduction',
  summary: 'Deduct from the officer, inside the band',
  permission: 'deduction.decide',
  fields: { points: typedText(10), reason: typedText(500) },
  async act(ctx, { id, version, body }) {
    const typed = (body.points ?? '').trim()
    if (typed === '') throw invalid({ points: 'required' })
    const points = /^\d{1,3}$/.test(typed) ? Number(typed) : 0
    await decideDeduction(ctx, id, { version, points, reason: body.reason ?? '' })
  },
  page: (ctx, meta, options) => taskPage(ctx, meta, options),
})

async function listPage(ctx: Context, meta: Meta, open: boolean): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang)
  const c = words.columns
  const rows = await listTasks(ctx, { open })
  const tab = (toOpen: boolean) =>
    html`<li><a data-swap href="${toOpen ? base : `${base}?view=decided`}"${attrs({ 'aria-current': open === toOpen ? 'page' : undefined })}>${
      toOpen ? words.tasks.open : words.tasks.decided
    }</a></li>`
  return frame(ctx, meta, {
    title: words.tasks.title,
    current: base,
    main: html`<p class="hint">${words.tasks.lead}</p><nav class="tabs" aria-label="${words.tasks.which}"><ul>${tab(true)}${tab(false)}</ul></nav>${table(
      {
        caption: open ? words.tasks.open : words.tasks.decided,
        captionHidden: true,
        swap: true,
        columns: [
          { key: 'case', label: c.case, kind: 'main' },
          { key: 'person', label: c.person, kind: 'nowrap' },
          { key: 'unit', label: c.unit },
          { key: 'fact', label: c.fact },
          { key: 'severity', label: c.severity, kind: 'nowrap' },
          { key: 'band', label: open ? c.band : c.points, kind: 'nowrap' },
          { key: 'due', label: c.due, kind: 'nowrap' },
          ...(open ? [] : [{ key: 'state' as const, label: c.state }]),
        ],
        rows: rows.map((row) => ({
          href: `${base}/${row.id}`,
          tone:
            open && row.overdueAt ? ('late' as const) : row.status === 'cancelled' ? ('closed' as const) : undefined,
          cells: {
            case: row.caseNo,
            person: row.personName,
            unit: nameOf(row, lang),
            fact: row.factLine,
            severity: words.severity[row.severity],
            band:
              row.points === null
                ? words.tasks.band(String(row.min), String(row.max))
                : words.points(String(row.points)),
            due: dueCell(ctx, row.dueOn, row.status === 'open', lang),
            state: taskBadge(row, lang),
          },
        })),
        empty: emptyState({ title: open ? words.tasks.emptyOpen : words.tasks.emptyDecided }),
      },
    )}`,
  })
}

const tones: Record<TaskRow['status'], Status> = { open: 'open', decided: 'done', cancelled: 'stopped' }

function taskBadge(row: TaskRow, lang: Lang): Html {
  const words = standingWords(lang).tasks
  return html`${statusBadge(tones[row.status], words.status[row.status])}${row.overdueAt ? html` ${statusBadge('late', words.overdue)}` : nothing}`
}

async function taskPage(
  ctx: Context,
  meta: Meta,
  { id, done, returned }: { id: string; done?: string; returned?: Returned },
): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang)
  const task = await viewTask(ctx, id)
  return frame(ctx, meta, {
    title: words.tasks.one(task.caseNo),
    current: base,
    breadcrumbs: [{ href: base, label: words.tasks.title }, { label: task.caseNo }],
    status: done === 'decide' ? words.tasks.done : undefined,
    invalid: returned !== undefined,
    main: html`${leftOver(returned, task.mayDecide ? ['decide'] : [], lang)}${outcome(ctx, task, lang)}${facts(ctx, task, lang)}${task.status === 'open' ? decision(meta, task, returned) : nothing}`,
  })
}

/** What came of it; while it is open, what a decision would bring. */
function outcome(ctx: Context, task: TaskView, lang: Lang): Html {
  const words = standingWords(lang).tasks
  if (task.status === 'decided' && task.decidedAt) {
    const line = words.decidedLine(task.decidedBy ?? '', formatMoment(task.decidedAt, lang), String(task.points))
    return notice({ lang, kind: 'success', title: line, body: html`<p>${task.reason}</p>` })
  }
  if (task.status === 'cancelled')
    return notice({ lang, kind: 'info', title: words.cancelledLine(task.cancelReason ?? '') })
  return notice({
    lang,
    kind: 'info',
    title: words.before(String(task.casesBefore)),
    body: html`<p>${words.brings[atTheNextOne(task.casesBefore, dayOf(ctx.now))]}</p>`,
  })
}

function facts(ctx: Context, task: TaskView, lang: Lang): Html {
  const words = standingWords(lang)
  const c = words.columns
  return factList([
    { label: c.state, value: taskBadge(task, lang) },
    { label: c.person, value: `${task.personName} ${task.policeNo}` },
    { label: c.unit, value: nameOf(task, lang) },
    { label: c.case, value: task.caseNo },
    { label: c.fact, value: task.factLine },
    { label: c.clause, value: task.clause },
    { label: c.severity, value: words.severity[task.severity] },
    {
      label: c.unitPoints,
      value: html`${words.points(String(task.unitPoints))} <span class="hint">${formatDay(Temporal.PlainDate.from(task.effectiveOn), lang)}</span>`,
    },
    { label: c.band, value: words.tasks.band(String(task.min), String(task.max)) },
    { label: c.due, value: dueCell(ctx, task.dueOn, task.status === 'open', lang) },
    { label: words.tasks.whoDecides, value: task.deciders.join(lang === 'en' ? ', ' : '、') || words.tasks.nobody },
  ])
}

function decision(meta: Meta, task: TaskView, returned: Returned | undefined): Html {
  const { lang } = meta
  const words = standingWords(lang).tasks
  if (!task.mayDecide) {
    const names = task.deciders.join(lang === 'en' ? ', ' : '、')
    return section({ title: words.whoDecides, body: html`<p>${names ? words.notYours(names) : words.nobody}</p>` })
  }
  return actionForm(
    { meta, base, id: task.id, version: task.version, returned },
    {
      name: 'decide',
      title: words.save,
      lead: words.effect,
      save: words.save,
      key: true,
      fields: [
        {
          kind: 'text',
          name: 'points',
          label: words.pointsLabel,
          hint: words.pointsHint(String(task.min), String(task.max)),
          inputmode: 'numeric',
          width: 'short',
          autocomplete: 'off',
        },
        {
          kind: 'textarea',
          name: 'reason',
          label: words.reasonLabel,
          hint: words.reasonHint,
          rows: 3,
          width: 'wide',
          maxlength: 500,
        },
      ],
    },
  )
}
