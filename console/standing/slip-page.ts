import { frame } from '#console/frame.ts'
import { type SlipDetails, viewSlip } from '#modules/standing/index.ts'
import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { linkButton } from '#platform/ui/form.ts'
import { factList, section, timeline } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import type { SlipAction } from '#policy/standing/slip-lifecycle.ts'
import { slipBadge } from './slip-badge.ts'
import { doneLine, type Returned } from './standing-action.ts'
import { actionForm, dueCell, leftOver, nameOf, paragraphs, shortDay, shortMoment } from './standing-parts.ts'
import { standingWords } from './standing-words.ts'

const base = '/console/slips'

export type SlipPage = { id: string; done?: string; returned?: Returned }

/** One notice slip: what it says, what it rests on, what became of it, and what the reader may do. */
export async function slipPage(ctx: Context, meta: Meta, { id, done, returned }: SlipPage): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang)
  const details = await viewSlip(ctx, id)
  const { slip } = details
  const current =
    may(ctx.actor, 'standing.read') && slip.person_id !== ctx.actor.personId ? base : '/console/my-standing'
  const no = slip.no ?? words.slips.draftNo
  return frame(ctx, meta, {
    title: words.slips.one(no),
    current,
    breadcrumbs: [{ href: current, label: current === base ? words.slips.title : words.mine.title }, { label: no }],
    actions: slip.no
      ? linkButton({ href: `${base}/${slip.id}/slip.pdf`, label: words.slips.pdf, newTab: true })
      : undefined,
    status: doneLine(words.slips.done, done),
    invalid: returned !== undefined,
    main: html`${facts(ctx, details, lang)}${section({ title: words.slips.text, body: paragraphs(slip.text) })}${lines(ctx, details, lang)}${said(details, lang)}${forms(
      meta,
      details,
      returned,
    )}${history(ctx, details, lang)}`,
  })
}

function facts(ctx: Context, details: SlipDetails, lang: Lang): Html {
  const words = standingWords(lang)
  const { slip, person } = details
  const waits = slip.status === 'draft' || slip.status === 'signed' || slip.status === 'refused'
  const badge = slipBadge(
    { status: slip.status, serveOverdue: slip.serve_overdue_at !== null, talkOverdue: slip.talk_overdue_at !== null },
    lang,
  )
  return factList([
    {
      label: words.columns.state,
      value: html`${badge}${slip.withdraw_reason ? html` <span class="hint">${slip.withdraw_reason}</span>` : nothing}`,
    },
    { label: words.columns.person, value: `${person.name} ${person.policeNo}` },
    { label: words.columns.unit, value: nameOf(person, lang) },
    { label: words.columns.year, value: `${slip.year} · ${words.slips.nth(String(slip.nth))}` },
    waits ? { label: words.slips.serveDue, value: dueCell(ctx, slip.serve_due_on, true, lang) } : null,
    slip.signed_at && details.signedBy
      ? { label: words.slips.signedBy, value: `${details.signedBy} · ${formatMoment(slip.signed_at, lang)}` }
      : null,
    details.refusedBefore
      ? {
          label: words.slips.status.refused,
          value: words.slips.refusedLine(details.refusedBefore, details.witness ?? ''),
        }
      : null,
    slip.served_at ? { label: words.slips.status.served, value: formatMoment(slip.served_at, lang) } : null,
    slip.talk_due_on
      ? { label: words.slips.talkDue, value: dueCell(ctx, slip.talk_due_on, slip.status === 'served', lang) }
      : null,
  ])
}

function lines(ctx: Context, { lines: rows, slip }: SlipDetails, lang: Lang): Html {
  const words = standingWords(lang)
  const c = words.columns
  const informed = slip.nth > 3 ? html`<p class="hint">${words.slips.informed}</p>` : nothing
  return section({
    title: words.slips.lines,
    body: html`${table({
      caption: words.slips.lines,
      captionHidden: true,
      columns: [
        { key: 'case', label: c.case, kind: 'main' },
        { key: 'on', label: c.on, kind: 'nowrap' },
        { key: 'fact', label: c.fact },
        { key: 'clause', label: c.clause },
        { key: 'unit', label: c.unitPoints, kind: 'nowrap' },
        { key: 'officer', label: c.officerPoints, kind: 'nowrap' },
      ],
      rows: rows.map((line) => ({
        cells: {
          case: line.caseNo,
          on: shortDay(ctx, line.on, lang),
          fact: line.factLine,
          clause: line.clause,
          unit: words.points(String(line.unitPoints)),
          officer: words.points(String(line.officerPoints)),
        },
      })),
      empty: html``,
    })}${informed}`,
  })
}

// What the officer may still rewrite stands in its form.
function said({ slip, can }: SlipDetails, lang: Lang): Html {
  const words = standingWords(lang).slips
  const part = (title: string, text: string | null) => (text ? section({ title, body: paragraphs(text) }) : nothing)
  return html`${can.includes('remark') ? nothing : part(words.remark, slip.remark)}${can.includes('plan') ? nothing : part(words.plan, slip.plan)}${part(words.talk, slip.talk_result)}`
}

// Most wanted first; the talk is held once the officer has been heard.
const order: readonly SlipAction[] = ['receive', 'sign', 'edit', 'refuse', 'witness', 'plan', 'remark', 'talk']
const fieldOf: Partial<Record<SlipAction, { name: string; max: number; rows: number }>> = {
  edit: { name: 'text', max: 4000, rows: 10 },
  refuse: { name: 'note', max: 500, rows: 3 },
  remark: { name: 'remark', max: 2000, rows: 4 },
  plan: { name: 'plan', max: 2000, rows: 4 },
  talk: { name: 'result', max: 2000, rows: 4 },
}

function forms(meta: Meta, { slip, can }: SlipDetails, returned: Returned | undefined): Html {
  const words = standingWords(meta.lang).slips.forms as Record<
    string,
    { title: string; lead?: string; label?: string; save: string }
  >
  const kept: Partial<Record<SlipAction, string | null>> = { edit: slip.text, remark: slip.remark, plan: slip.plan }
  const shown = order.filter((name) => can.includes(name))
  return html`${leftOver(returned, shown, meta.lang)}${shown.map((name, index) => {
    const said = words[name]
    const field = fieldOf[name]
    if (!said) return nothing
    return actionForm(
      { meta, base, id: slip.id, version: slip.version, returned },
      {
        name,
        title: said.title,
        lead: said.lead,
        save: said.save,
        key: index === 0,
        kind: index === 0 ? 'main' : 'plain',
        fields: field && [
          {
            kind: 'textarea',
            name: field.name,
            label: said.label ?? said.title,
            rows: field.rows,
            width: 'wide',
            maxlength: field.max,
          },
        ],
        values: field && { [field.name]: kept[name] ?? '' },
      },
    )
  })}`
}

function history(ctx: Context, { steps }: SlipDetails, lang: Lang): Html {
  const words = standingWords(lang).slips
  return section({
    title: words.history,
    body: timeline({
      label: words.history,
      entries: steps.map((step) => ({
        at: shortMoment(ctx, step.at, lang),
        who: step.personName ?? (lang === 'en' ? 'System' : '系统'),
        what: words.steps[step.kind],
        detail: step.text ? paragraphs(step.text) : undefined,
        kind:
          step.kind === 'overdue' || step.kind === 'talk_overdue' ? 'late' : step.kind === 'talk' ? 'done' : undefined,
      })),
    }),
  })
}
