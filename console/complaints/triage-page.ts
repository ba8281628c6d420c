import { frame } from '#console/frame.ts'
import { fieldIn, nameIn } from '#console/service-window/shared.ts'
import { codingsOf, likelyDuplicates, proposalFor, takenInto, viewCase } from '#modules/complaints/index.ts'
import { listUnits } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatDay, formatMoment, type Lang } from '#platform/i18n.ts'
import { errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { dialogDetails, factList, notice, section } from '#platform/ui/parts.ts'
import { mergeable } from '#policy/complaints/lifecycle.ts'
import { caseWords } from './case-words.ts'
import { highlighted, tagList } from './intake-highlight.ts'
import { intakeWords } from './intake-words.ts'
import { channelWords } from './month/channel-words.ts'
import { monthWords } from './month/words.ts'
import { caseStatus, clockCell } from './register-table.ts'
import { likelyTable } from './triage-duplicates.ts'
import { type FormName, type Question, type Triage, type TriageForm, triageForms } from './triage-forms.ts'
import { triageWords } from './triage-words.ts'

export const triagePath = '/console/triage'

/** A form that came back: which, what was typed, and what is wrong with it. */
export type Returned = { form: FormName; typed: Record<string, unknown>; errors: FieldError[] }
export type TriagePage = { id: string; done?: string; returned?: Returned }

/** One case as the desk sorts it: what came in, what the words say, what it may be, and the steps open to the reader. */
export async function triagePage(ctx: Context, meta: Meta, options: TriagePage): Promise<Html> {
  const { lang } = meta
  const w = triageWords(lang)
  const details = await viewCase(ctx, options.id)
  const found = details.case
  const duplicates = mergeable.includes(found.status) ? await likelyDuplicates(ctx, found.id) : []
  const units = (await listUnits(ctx)).map((unit) => ({
    value: unit.id,
    label: lang === 'en' ? unit.nameEn : unit.nameZh,
  }))
  const at: Triage = {
    details,
    coded: (await codingsOf(ctx, found.id)).own,
    units,
    likely: duplicates.map(({ caseId, no, summary }) => ({
      value: caseId,
      label: `${no} ${[...summary].slice(0, 30).join('')}`,
    })),
    taken: await takenInto(ctx, found.id),
  }
  const offered = triageForms.filter((one) => one.offered(ctx, at))
  const first = offered.filter((one) => one.first?.(at) || options.returned?.form === one.name)
  const rest = offered.filter((one) => !first.includes(one))
  const gone = options.returned && !offered.some((one) => one.name === options.returned?.form)
  const done = w.done as Record<string, string>
  const main = html`${gone && options.returned ? lost(options.returned, lang) : nothing}${facts(ctx, at, lang)}${options.returned ? nothing : submissions(at, lang)}${first.map((one) => drawForm(ctx, meta, one, at, options.returned))}${options.returned ? submissions(at, lang) : nothing}${
    mergeable.includes(found.status)
      ? section({
          title: w.likely,
          id: 'likely',
          body: html`<p class="hint">${w.likelyHint}</p>${likelyTable(duplicates, lang)}`,
        })
      : nothing
  }${rest.map((one) => drawForm(ctx, meta, one, at, undefined))}`
  return frame(ctx, meta, {
    title: w.title(found.no),
    current: triagePath,
    breadcrumbs: [{ href: triagePath, label: w.back }, { label: found.no }],
    actions: html`<a href="/console/cases/${found.id}" data-swap>${w.casePage}</a>`,
    status: options.done && Object.hasOwn(done, options.done) ? done[options.done] : undefined,
    main,
    invalid: options.returned !== undefined,
  })
}

/** The step is not open any more: why, and what was written, so that it is not lost. */
function lost(returned: Returned, lang: Lang): Html {
  const typed = Object.entries(returned.typed).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && !['_csrf', 'attempt', 'version'].includes(name) ? [value] : [],
  )
  return notice({
    lang,
    kind: 'error',
    title: returned.errors[0]?.message ?? '',
    body: html`${typed.map((value) => html`<p>${value}</p>`)}`,
  })
}

function facts(ctx: Context, { details }: Triage, lang: Lang): Html {
  const w = triageWords(lang).facts
  const found = details.case
  const timed = {
    status: found.status,
    receivedOn: found.received_on,
    noticeDueOn: found.notice_due_on,
    noticeProvisional: found.notice_provisional,
    noticedAt: found.noticed_at,
    acceptedAt: found.accepted_at,
    dueOn: found.due_on,
    dueProvisional: found.due_provisional,
  }
  const day = (text: string | null) => text && formatDay(Temporal.PlainDate.from(text), lang)
  const accused = details.parties.map(
    (party) =>
      `${party.personId ? `${party.name} ${party.policeNo ?? ''} ` : ''}${lang === 'en' ? party.unitEn : party.unitZh}`,
  )
  const files = details.files.map(
    (file) => html`<li><a href="/console/cases/${found.id}/files/${file.id}" download>${file.name}</a></li>`,
  )
  return factList([
    { label: w.status, value: caseStatus(found.status, lang) },
    { label: w.class, value: found.class ? caseWords(lang).class[found.class] : caseWords(lang).noClass },
    { label: w.queue, value: monthWords(lang).dept[found.department] },
    { label: w.clock, value: clockCell(ctx, timed, lang) },
    { label: w.accused, value: accused.join('；') },
    { label: w.saidAs, value: details.saidAs.join('；') },
    { label: w.occurred, value: day(found.occurred_on) },
    { label: w.place, value: found.place },
    { label: w.matter, value: found.related_matter_no },
    { label: w.wish, value: found.wish },
    { label: w.files, value: files.length > 0 && html`<ul>${files}</ul>` },
    { label: w.path, value: found.path_told },
    { label: w.transferred, value: found.transferred_to },
    { label: w.objection, value: day(found.objection_due_on) },
  ])
}

/** Word for word, with the words marked that led to a tag. */
function submissions({ details }: Triage, lang: Lang): Html {
  const w = triageWords(lang)
  const marks = caseWords(lang).marks
  const each = details.submissions.map((one) => {
    const { words } = proposalFor(one.text)
    const about = [
      channelWords(lang)[one.channel],
      formatMoment(one.receivedAt, lang),
      one.oral && marks.oral,
      one.anonymous && marks.anonymous,
      one.confidential && marks.confidential,
    ].filter(Boolean)
    return html`<p class="hint">${about.join(' · ')}</p><blockquote>${highlighted(one.text, words)}</blockquote>${tagList(words, lang)}`
  })
  return section({
    title: w.submissions,
    id: 'submissions',
    body: html`${each}<p class="hint">${intakeWords(lang).previewHint}</p>`,
  })
}

function drawForm(ctx: Context, meta: Meta, said: TriageForm, at: Triage, returned: Returned | undefined): Html {
  const { lang } = meta
  const w = triageWords(lang)
  const back = returned?.form === said.name ? returned : undefined
  const { title, submit } = w.forms[said.name]
  const first = said.first?.(at) ?? false
  const lead = said.lead?.(ctx, w, lang, at)
  const errors = (back?.errors ?? []).map((error) => ({
    ...error,
    name: error.name && nameIn(said.name, error.name),
  }))
  const body = html`${errorSummary({ lang, errors })}${lead ? html`<p class="hint">${lead}</p>` : nothing}${form({
    action: `${triagePath}/${at.details.case.id}/${said.name}`,
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    version: at.details.case.version,
    body: html`${said.questions(w, lang, at).map((question) => ask(question, said.name, lang, back))}`,
    submit: { label: submit, kind: said.kind ?? (first ? 'main' : 'plain'), key: first },
    swap: true,
  })}`
  return first || back
    ? section({ title, body, id: said.name })
    : dialogDetails({ summary: title, body, id: said.name })
}

function ask({ preset, ...question }: Question, form: FormName, lang: Lang, back: Returned | undefined): Html {
  const typed = back?.typed[question.name]
  return fieldIn(form, {
    ...question,
    lang,
    autocomplete: 'off',
    value: back ? (typed as string | string[] | undefined) : preset,
    error: back?.errors.find(({ name }) => name === question.name)?.message,
  })
}
