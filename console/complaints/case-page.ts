import { frame } from '#console/frame.ts'
import { type CaseDetails, handlersFor, type Identity, viewCase } from '#modules/complaints/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing, type Printable } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatDay, formatMoment, type Lang } from '#platform/i18n.ts'
import { factList, notice, type Status, section, statusBadge, timeline } from '#platform/ui/parts.ts'
import { basisText } from '#policy/sources.ts'
import { drawForms, type Returned } from './case-form.ts'
import { clockForms } from './case-forms-clock.ts'
import { decideForms } from './case-forms-decide.ts'
import { type Assignable, workForms } from './case-forms-work.ts'
import {
  filesPart,
  findingsPart,
  historyPart,
  noticesPart,
  paragraphs,
  reviewsPart,
  statementsPart,
  stepEntry,
  submissionsPart,
  tagsPart,
} from './case-parts.ts'
import { caseWords } from './case-words.ts'
import { identityPart } from './identity-part.ts'
import { duplicatesPart, triagePart } from './triage-duplicates.ts'

export type CasePage = {
  id: string
  done?: string
  returned?: Returned & { conflict?: boolean }
  /** What was just revealed, for this answer only. */
  revealed?: { submissionId: string; identity: Identity }
}

export const caseForms = [...workForms, ...decideForms, ...clockForms]

/** One case: what it is about, who does what next, and all that belongs to it. */
export async function casePage(ctx: Context, meta: Meta, options: CasePage): Promise<Html> {
  const details: Assignable = await viewCase(ctx, options.id)
  if (details.can.includes('assign')) details.handlers = await handlersFor(ctx, details.case)
  const { lang } = meta
  const words = caseWords(lang)
  const found = details.case
  const done = words.done as Record<string, string>
  const sortable = details.by.some((by) => by === 'intake' || by === 'handler')
  const main = html`${notices(details, lang)}${conflictPart(ctx, details, options, lang)}${nextPart(details, lang)}${factsPart(details, lang)}${sortable ? triagePart(meta, found) : nothing}${drawForms(caseForms, details, meta, options.returned)}${section(
    { title: words.about, body: paragraphs(found.summary), id: 'about' },
  )}${submissionsPart(details, lang)}${identityPart(details, meta, options)}${await duplicatesPart(ctx, meta, found)}${filesPart(details, lang)}${tagsPart(details, lang)}${statementsPart(details, lang)}${findingsPart(details, lang)}${reviewsPart(details, lang)}${noticesPart(details, lang)}${historyPart(ctx, details, lang)}`
  const list = may(ctx.actor, 'complaint.read') || may(ctx.actor, 'complaint.intake') ? '/console/cases' : '/console'
  return frame(ctx, meta, {
    title: `${words.case} ${found.no}`,
    current: '/console/cases',
    breadcrumbs: [{ href: list, label: words.cases }, { label: found.no }],
    main,
    status: options.done && Object.hasOwn(done, options.done) ? done[options.done] : undefined,
    invalid: options.returned !== undefined,
  })
}

function notices(details: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  return html`${details.case.class === 'accusation' ? notice({ lang, kind: 'warning', title: words.accusationOnly }) : nothing}`
}

/** The other's changes since the form was drawn; the own words are still in the form below. */
function conflictPart(ctx: Context, details: CaseDetails, options: CasePage, lang: Lang): Html {
  if (!options.returned?.conflict) return nothing
  const words = caseWords(lang)
  const seen = Number(options.returned.typed.seen ?? 0)
  const entries = details.steps.slice(Number.isInteger(seen) ? seen : 0).map((step) => stepEntry(step, ctx.now, lang))
  const body = html`${timeline({ label: words.conflict, entries })}<p>${words.conflictKeep}</p>`
  return notice({ lang, kind: 'warning', title: words.conflict, body })
}

const tones: Record<CaseDetails['case']['status'], Status> = {
  received: 'open',
  accepted: 'open',
  investigating: 'open',
  proposed: 'due',
  reviewed: 'due',
  decided: 'due',
  answered: 'neutral',
  closed: 'done',
  redirected: 'stopped',
  transferred: 'stopped',
  withdrawn: 'stopped',
  merged: 'stopped',
}

function factsPart(details: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  const found = details.case
  const fact = (label: keyof typeof words.facts, value: Printable) => ({ label: words.facts[label], value })
  const accused = details.parties.map((party) =>
    party.personId
      ? `${party.name}（${party.policeNo}）${lang === 'en' ? party.unitEn : party.unitZh}`
      : lang === 'en'
        ? party.unitEn
        : party.unitZh,
  )
  return factList([
    fact(
      'status',
      html`${statusBadge(tones[found.status], words.status[found.status])}${found.overdue_at ? html` ${statusBadge('late', words.overdue)}` : nothing}`,
    ),
    fact('mergedInto', found.merged_into && html`<a href="/console/cases/${found.merged_into}">${words.case}</a>`),
    fact('class', found.class ? words.class[found.class] : words.noClass),
    fact('notice', noticeClock(details, lang)),
    fact('due', found.due_on && dueClock(details, lang)),
    fact('extended', extensionWords(details, lang)),
    fact(
      'reviewEnd',
      found.status === 'answered' &&
        details.reviewEnd &&
        `${formatDay(details.reviewEnd.day, lang)}${details.reviewEnd.provisional ? ` (${words.provisional})` : ''}`,
    ),
    fact('handler', details.handlerName ?? words.nobody),
    fact('desk', lang === 'en' ? details.deskEn : details.deskZh),
    fact('accused', accused.length > 0 && html`<ul>${accused.map((one) => html`<li>${one}</li>`)}</ul>`),
    fact('saidAs', details.saidAs.join('；')),
    fact('received', formatMoment(found.opened_at, lang)),
    fact('occurred', found.occurred_on && formatDay(Temporal.PlainDate.from(found.occurred_on), lang)),
    fact('place', found.place),
    fact('matter', found.related_matter_no),
    fact('wish', found.wish && paragraphs(found.wish)),
    fact('round', found.round > 1 && String(found.round)),
  ])
}

function noticeClock({ case: found }: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  const told = found.noticed_at ? ` · ${words.told} ${formatDay(dayOf(found.noticed_at), lang)}` : ''
  return html`${formatDay(Temporal.PlainDate.from(found.notice_due_on), lang)}${found.notice_provisional ? ` (${words.provisional})` : ''}${told}<br><span class="hint">${basisText('petition-regulations:23', lang)}</span>`
}

/** The last day with its basis, and what makes it provisional. */
function dueClock({ case: found, pause }: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  const stands = pause?.approved_by ? html`<br>${words.pausedNow}` : nothing
  const why =
    found.due_provisional && !pause?.approved_by ? html` (${words.provisional}：${words.provisionalWhy})` : nothing
  const basis = basisText((found.due_basis ?? '').replace(/, design:[a-z-]+(\d+)?/g, ''), lang)
  return html`${formatDay(Temporal.PlainDate.from(found.due_on as string), lang)}${why}${stands}<br><span class="hint">${basis}</span>`
}

function extensionWords({ extension }: CaseDetails, lang: Lang): Printable {
  const words = caseWords(lang)
  if (!extension) return null
  if (!extension.decided_at) return `${extension.days} · ${words.waitsApproval}`
  return extension.approved ? `${extension.days} · ${extension.reason}` : words.refusedBefore
}

function nextPart(details: CaseDetails, lang: Lang): Html {
  const words = caseWords(lang)
  const found = details.case
  const mine = caseForms.some((form) => form.first && form.offered(details))
  const unheard = details.toHear
    .filter(
      (person) =>
        !details.statements.some(
          (one) => one.personId === person.personId && one.round === found.round && one.status !== 'requested',
        ),
    )
    .map((person) => person.name)
  const contested = details.findings.some((one) => one.appeal && !one.appeal.decision)
  const waits = found.status === 'investigating' && found.class !== 'suggestion' && unheard.length > 0
  return notice({
    lang,
    kind: 'info',
    title: `${words.next}：${words.nextBy[found.status]}`,
    body: html`<p>${mine ? words.waitsForYou : words.waitsForOthers}</p>${contested ? html`<p>${words.appealWaits}</p>` : nothing}${waits ? html`<p>${words.unheard(unheard.join('、'))}</p>` : nothing}`,
  })
}
