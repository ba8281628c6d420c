import { frame } from '#console/frame.ts'
import { openCode } from '#modules/service-window/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { unprintable } from '#platform/documents/printable.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatDay, formatDayShort, formatMoment, type Lang } from '#platform/i18n.ts'
import { errorSummary } from '#platform/ui/form.ts'
import { factList, keepThis, notice, section } from '#platform/ui/parts.ts'
import { nextSteps, otherSteps, stepForm, toBeSigned } from './action-forms.ts'
import { checkSection } from './check-form.ts'
import { chainSection, noticesSection, visitsSection } from './history.ts'
import { conflictSection } from './matter-conflict.ts'
import { type MatterData, matterData, type Returned } from './matter-data.ts'
import { pageWords } from './matter-words.ts'
import { deadlineOf, errorsIn, itemChoices, matterPath, matterStatus, problemNotice, said } from './shared.ts'
import { stepWords } from './step-words.ts'
import { matterWords } from './words.ts'

export type Shown = {
  returned?: Returned
  done?: string
  showCode?: boolean
  contact?: { phone: string | null; citizenNo: string | null }
}

/** One matter whole: what it is, what can be done now, what was done. */
export async function matterPage(ctx: Context, meta: Meta, id: string, shown: Shown = {}): Promise<Html> {
  const data = await matterData(ctx, id, shown.returned)
  const { lang } = meta
  const w = pageWords(lang)
  const { matter } = data.view
  const back = data.returned
  const checkErrors = back?.form === 'check' ? errorsIn(back.problem, lang) : []
  // Until it is decided whose findings hold, no step is offered that goes by one of them.
  const inConflict = back?.problem.code === 'changed-meanwhile'
  const main = html`${inConflict ? conflictSection(data, meta) : problemNotice(back?.problem, lang)}${errorSummary({ lang, errors: inConflict ? [] : checkErrors.filter((error) => error.name !== '') })}${warnings(data, meta)}${contactOnce(shown, lang)}${facts(ctx, data, meta, shown)}${itemSection(data, meta)}${
    data.version && data.view.can.includes('check-materials') ? checkSection(ctx, data, meta, checkErrors) : nothing
  }${inConflict ? nothing : nextSteps(ctx, data, meta)}${noticesSection(ctx, data, meta)}${otherSteps(ctx, data, meta)}${visitsSection(ctx, data, lang)}${chainSection(ctx, data, lang)}`
  return frame(ctx, meta, {
    title: `${matter.applicant_name} · ${matter.no}`,
    heading: matter.applicant_name,
    current: '/console/matters',
    breadcrumbs: [{ href: '/console', label: matterWords(lang).views.mine }, { label: matter.no }],
    actions: printLink(data, dayOf(ctx.now), lang),
    status: shown.done ? w.done[shown.done] : undefined,
    invalid: back !== undefined,
    scripts: ['notice-composer.js', 'signature-pad.js'],
    main,
  })
}

/** The document that fits the state; `p` opens it. */
function printLink(data: MatterData, today: Temporal.PlainDate, lang: Lang): Html | undefined {
  const w = pageWords(lang).print
  const { matter, notices } = data.view
  const issued = notices.findLast((one) => one.status === 'issued')
  const key = html` <kbd aria-hidden="true">P</kbd>`
  const link = (href: string, label: string, kind = 'plain') =>
    html`<a class="button button-${kind}" href="${href}" target="_blank" rel="noopener" data-key="p" aria-keyshortcuts="p">${label}${key}</a>`
  if (matter.status === 'refused') return link(matterPath(matter.id, '/refusal.pdf'), w.refusal)
  if (matter.accepted_at) return link(matterPath(matter.id, '/receipt.pdf'), w.receipt)
  const kind = toBeSigned(data, today) ? 'main' : 'plain'
  return issued ? link(`/console/notices/${issued.id}/notice.pdf`, w.notice, kind) : undefined
}

// Only a name with characters outside the common block is worth reading the font tables for.
const common = /^[\u4e00-\u9fa5A-Za-z·\s]*$/u

function warnings(data: MatterData, meta: Meta): Html {
  const { lang } = meta
  const w = pageWords(lang)
  const name = data.view.matter.applicant_name
  const missing = common.test(name) ? [] : unprintable(name)
  return html`${
    missing.length > 0
      ? notice({
          lang,
          kind: 'warning',
          title: w.unprintable(missing.map(({ char, codePoint }) => `${char}（${codePoint}）`).join(' ')),
        })
      : nothing
  }${
    data.others.length > 0
      ? notice({
          lang,
          kind: 'info',
          title: w.returning,
          body: html`<ul>${data.others.map((other) => html`<li><a href="${matterPath(other.id)}" data-swap>${other.no}</a> ${other.request} ${matterStatus(other.status as 'received', lang)}${other.samePhone ? ` · ${w.returningPhone}` : ''}</li>`)}</ul>`,
        })
      : nothing
  }`
}

function contactOnce(shown: Shown, lang: Lang): Html {
  const w = pageWords(lang)
  if (!shown.contact) return nothing
  return section({
    title: stepWords(lang).reveal.once,
    body: factList([
      { label: w.facts.phone, value: shown.contact.phone },
      { label: w.facts.citizenNo, value: shown.contact.citizenNo },
    ]),
  })
}

function facts(ctx: Context, data: MatterData, meta: Meta, shown: Shown): Html {
  const { lang } = meta
  const { matter, firstOfficer, holder, unit, handlingUnit } = data.view
  const w = pageWords(lang)
  const moment = (at: unknown) => (at instanceof Temporal.Instant ? formatMoment(at, lang) : null)
  const mayShowCode = data.view.can.length > 0
  return factList([
    { label: w.facts.status, value: matterStatus(matter.status, lang) },
    { label: w.facts.request, value: matter.request },
    {
      label: w.facts.item,
      value: data.version
        ? html`${said(data.version.content.name, lang)} <span class="hint">${w.version(data.version.number, formatDayShort(Temporal.PlainDate.from(data.version.from), lang))}</span>`
        : null,
    },
    { label: w.facts.due, value: dueFact(ctx, data, lang) },
    { label: w.facts.acceptanceNo, value: matter.acceptance_no },
    {
      label: w.facts.first,
      value: `${firstOfficer.name} ${firstOfficer.policeNo} · ${said(unit, lang)} · ${moment(matter.received_at)}`,
    },
    {
      label: w.facts.holder,
      value: holder && !matter.finished_at ? `${holder.name} ${holder.policeNo}` : null,
    },
    {
      // A notice opened at another counter brings the matter there before anybody there holds it.
      label: w.facts.handling,
      value: matter.handling_unit_id === matter.unit_id ? null : said(handlingUnit, lang),
    },
    { label: w.facts.contact, value: [matter.phone_masked, matter.citizen_no_masked].filter(Boolean).join(' · ') },
    { label: w.facts.accepted, value: moment(matter.accepted_at) },
    { label: w.facts.finished, value: moment(matter.finished_at) },
    { label: w.facts.reason, value: matter.outcome_reason },
    { label: w.facts.canDo, value: matter.outcome_can_do },
    { label: w.facts.receiver, value: [matter.receiver_name, matter.receiver_phone].filter(Boolean).join(' ') },
    { label: w.facts.receipt, value: matter.receiver_receipt },
    { label: stepWords(lang).extension.asked, value: extensionFact(data, lang) },
    mayShowCode && matter.query_code_sealed
      ? {
          label: w.facts.query,
          value: shown.showCode
            ? keepThis({ label: matter.no, code: openCode(ctx, matter), note: w.codeNote })
            : html`<a href="${matterPath(matter.id, '?show=code')}" data-swap>${w.showCode}</a>`,
        }
      : null,
  ])
}

function dueFact(ctx: Context, data: MatterData, lang: Lang): Html | null {
  const { matter } = data.view
  const w = pageWords(lang)
  const deadline = deadlineOf(
    ctx,
    {
      status: matter.status,
      acceptedAt: matter.accepted_at,
      dueOn: matter.due_on,
      dueProvisional: matter.due_provisional,
      finishedAt: matter.finished_at,
    } as Parameters<typeof deadlineOf>[1],
    lang,
  )
  if (!deadline || !matter.due_on) return null
  const day = formatDay(Temporal.PlainDate.from(matter.due_on), lang)
  const limit = data.version ? said(data.version.content.promisedLimit.text, lang) : ''
  return html`${deadline.ruler} ${day}<p class="hint">${limit}${matter.due_provisional ? ` · ${w.provisionalNote}` : ''}${matter.extended_days ? ` · ${w.extended(matter.extended_days)}` : ''}</p>`
}

function extensionFact(data: MatterData, lang: Lang): string | null {
  const { extension } = data.view
  const w = stepWords(lang).extension
  if (!extension) return null
  const asked = `${w.days} ${extension.days} · ${extension.reason}`
  if (extension.approved === null) return `${asked} · ${w.waiting}`
  if (!extension.approved) return `${asked} · ${w.rejected}`
  const day = extension.newDueOn ? formatDayShort(Temporal.PlainDate.from(extension.newDueOn), lang) : ''
  return `${asked} · ${w.approved(day, extension.toldHow ?? '')}`
}

/** Choosing the item comes first; once chosen it can still be changed, folded away. */
function itemSection(data: MatterData, meta: Meta): Html {
  const { lang } = meta
  const w = pageWords(lang)
  if (data.items.length === 0) return nothing
  const options = itemChoices(data.items, lang)
  const step = {
    form: 'item',
    title: w.choose,
    fields: [
      {
        kind: 'select' as const,
        name: 'itemCode',
        label: w.facts.item,
        value: data.view.matter.item_code ?? '',
        options,
      },
    ],
    submit: { label: w.itemSubmit, kind: data.version ? ('plain' as const) : ('main' as const), key: !data.version },
  }
  const told = data.view.notices.some((one) => one.status === 'issued')
  if (!data.version) return section({ title: w.choose, body: stepForm(data, meta, step) })
  return told
    ? nothing
    : html`<details class="more"${data.returned?.form === 'item' ? html` open` : nothing}><summary>${w.changeItem}</summary><div class="more-body">${stepForm(data, meta, step)}</div></details>`
}
