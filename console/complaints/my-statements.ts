import { Type } from 'typebox'
import { fieldErrors, frame, problemText } from '#console/frame.ts'
import {
  answerStatement,
  caseNumberFor,
  clarificationsFor,
  fileAppeal,
  markFindingRead,
  markStatementRead,
  ownFinding,
  ownFindings,
  ownStatement,
  ownStatements,
  readFile,
  statementFiles,
} from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import { largestFile } from '#platform/files/check-file.ts'
import { html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatDay, formatMoment, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, type FieldError, form, linkButton } from '#platform/ui/form.ts'
import { factList, notice, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { isOver } from '#policy/complaints/clocks.ts'
import { formFields, long, uuid } from './case-form.ts'
import { findingBlock, paragraphs } from './case-parts.ts'
import { caseWords } from './case-words.ts'
import { mineWords } from './my-statements-words.ts'

const path = '/console/me/statements'
const params = Type.Object({ id: uuid })
const query = Type.Object({
  done: Type.Optional(Type.String({ maxLength: 20 })),
  lang: Type.Optional(Type.String()),
  elder: Type.Optional(Type.String()),
})

type Returned = { typed: Record<string, unknown>; errors: FieldError[] }

function errorsOf(problem: Problem, lang: Lang): FieldError[] {
  const own = mineWords(lang).codes as Record<string, string>
  const known = (code: string | undefined) => (code && Object.hasOwn(own, code) ? own[code] : undefined)
  if (Object.keys(problem.fields).length === 0)
    return [{ name: '', message: known(problem.code) ?? problemText(problem.code, lang) }]
  return fieldErrors(problem, lang).map((error) => ({
    // Files of the statement are one question, whichever of them is wrong.
    name: error.name === 'file' ? 'files' : error.name,
    message: known(problem.fields[error.name]) ?? error.message,
  }))
}

const day = (date: string, lang: Lang) => formatDay(Temporal.PlainDate.from(date), lang)
const states = { requested: 'due', answered: 'done', expired: 'stopped' } as const

const listPage = endpoint({
  method: 'GET',
  path,
  side: 'internal',
  summary: 'What the reader himself must answer, and what was found about him',
  permission: 'own.read',
  audit: 'statement.list',
  query,
  async handle(ctx, { meta }) {
    const { lang } = meta
    const [words, cases] = [mineWords(lang), caseWords(lang)]
    const statements = await ownStatements(ctx)
    const findings = await ownFindings(ctx)
    const clear = await clarificationsFor(ctx)
    const columns = [
      { key: 'no' as const, label: words.columns.no, kind: 'main' as const },
      { key: 'about' as const, label: words.columns.about },
      { key: 'state' as const, label: words.columns.state },
      { key: 'due' as const, label: words.columns.due },
    ]
    const part = (
      title: string,
      rows: Parameters<typeof table<'no' | 'about' | 'state' | 'due'>>[0]['rows'],
      empty: string,
    ) =>
      section({
        title,
        body: table({ caption: title, captionHidden: true, columns, rows, empty: html`<p class="hint">${empty}</p>` }),
      })
    const papers = (own: boolean) =>
      clear
        .filter((one) => one.own === own)
        .map((one) => ({
          href: `/console/me/clarifications/${one.findingId}.pdf`,
          cells: {
            no: one.no,
            about: one.content.matter,
            state: one.content.addressee.name,
            due: formatMoment(one.issuedAt, lang),
          },
        }))
    const main = html`<p class="hint">${words.hint}</p>${part(
      words.toAnswer,
      statements.map((one) => ({
        href: `${path}/${one.id}`,
        cells: {
          no: one.no ?? '',
          about: [...one.facts].slice(0, 60).join(''),
          state: statusBadge(states[one.status], cases.statementStatus[one.status]),
          due: one.status === 'requested' ? day(one.dueOn, lang) : '',
        },
      })),
      words.noStatements,
    )}${part(
      words.findings,
      findings.map((one) => ({
        href: `/console/me/findings/${one.id}`,
        cells: {
          no: one.no ?? '',
          about: one.factLine,
          state: `${cases.outcome[one.outcome]} · ${cases.findingStatus[one.status]}`,
          due: one.status === 'approved' && one.appealUntil ? cases.appealUntil(day(one.appealUntil, lang)) : '',
        },
      })),
      words.noFindings,
    )}${papers(true).length > 0 ? part(words.clarifications, papers(true), '') : nothing}${papers(false).length > 0 ? part(words.unitClarifications, papers(false), '') : nothing}`
    return { page: await frame(ctx, meta, { title: words.title, current: path, main }) }
  },
})

async function statementPage(ctx: Context, meta: Meta, id: string, more: { done?: string; returned?: Returned } = {}) {
  const { lang } = meta
  const [words, cases] = [mineWords(lang), caseWords(lang)]
  const one = await ownStatement(ctx, id)
  const files = await statementFiles(ctx, id)
  const main = html`${factList([
    { label: cases.facts.status, value: statusBadge(states[one.status], cases.statementStatus[one.status]) },
    { label: words.caseNo, value: await caseNumberFor(ctx, { statementId: id }) },
    { label: words.askedBy, value: one.requestedByName },
    { label: words.askedAt, value: formatMoment(one.requestedAt, lang) },
    {
      label: words.until,
      value: `${words.untilWords(day(one.dueOn, lang))}${one.dueProvisional ? words.provisional : ''}`,
    },
  ])}${section({ title: words.facts, body: paragraphs(one.facts) })}${one.asks ? section({ title: words.questions, body: paragraphs(one.asks) }) : nothing}${section(
    {
      title: words.rights,
      body: html`<ul>${words.rightsList.map((right) => html`<li>${right}</li>`)}</ul>${notice({ lang, kind: 'warning', title: words.duties })}`,
    },
  )}${one.answer ? section({ title: words.answer, body: html`<p class="hint">${formatMoment(one.answeredAt as Temporal.Instant, lang)}</p>${paragraphs(one.answer)}` }) : answerForm(meta, id, more.returned)}${
    files.length > 0
      ? section({
          title: words.handedIn,
          body: html`<ul>${files.map((file) => html`<li><a href="${path}/${id}/files/${file.id}">${file.name}</a></li>`)}</ul>`,
        })
      : nothing
  }`
  return frame(ctx, meta, {
    title: `${words.statement} ${one.no ?? ''}`,
    current: path,
    breadcrumbs: [{ href: path, label: words.title }, { label: one.no ?? '' }],
    actions: linkButton({ href: `${path}/${id}.pdf`, label: words.pdf, newTab: true }),
    main,
    status: more.done === 'answered' ? words.done.answered : undefined,
    invalid: more.returned !== undefined,
  })
}

function answerForm(meta: Meta, id: string, back: Returned | undefined) {
  const { lang } = meta
  const words = mineWords(lang)
  const error = (name: string) => back?.errors.find((one) => one.name === name)?.message
  const typed = back?.typed.answer
  const body = html`${field({
    lang,
    kind: 'textarea',
    name: 'answer',
    label: words.answer,
    hint: words.answerOnce,
    rows: 8,
    width: 'wide',
    maxlength: 8000,
    value: typeof typed === 'string' ? typed : undefined,
    error: error('answer'),
  })}${field({
    lang,
    kind: 'file',
    name: 'files',
    label: words.answerFiles,
    hint: words.answerFilesHint,
    optional: true,
    multiple: true,
    accept: 'application/pdf,image/png,image/jpeg',
    error: error('files'),
  })}`
  return section({
    title: words.answer,
    id: 'answer',
    body: html`${back ? errorSummary({ lang, errors: back.errors }) : nothing}${form({
      action: `${path}/${id}/answer`,
      csrf: meta.csrf,
      attempt: meta.newAttempt(),
      body,
      files: true,
      submit: { label: words.answerSend },
    })}`,
  })
}

const showStatement = endpoint({
  method: 'GET',
  path: `${path}/:id`,
  side: 'internal',
  summary: 'One request for a statement, for the officer who is asked',
  permission: 'own.read',
  audit: 'statement.view',
  params,
  query,
  async handle(ctx, { params, query, meta }) {
    await markStatementRead(ctx, params.id)
    return {
      page: await statementPage(ctx, meta, params.id, { done: query.done }),
      audit: { subjectKind: 'statement', subjectId: params.id },
    }
  },
})

const answer = endpoint({
  method: 'POST',
  path: `${path}/:id/answer`,
  side: 'internal',
  summary: 'The officer answers what he was asked, with files where he has them',
  permission: 'own.read',
  audit: 'statement.answer',
  params,
  body: Type.Object({ ...formFields, answer: long(8000) }),
  maxUpload: largestFile,
  async handle(ctx, { params, body, meta }) {
    const files = meta.uploads.filter((upload) => upload.field === 'files' && upload.bytes.length > 0)
    await answerStatement(ctx, params.id, { answer: body.answer ?? '', files })
    return { redirect: `${path}/${params.id}?done=answered`, audit: { subjectKind: 'statement', subjectId: params.id } }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    statementPage(ctx, meta, params.id, { returned: { typed: body, errors: errorsOf(problem, meta.lang) } }),
})

const ownFile = endpoint({
  method: 'GET',
  path: `${path}/:id/files/:fileId`,
  side: 'internal',
  summary: 'A file that the officer handed in himself',
  permission: 'own.read',
  audit: 'statement.file.read',
  params: Type.Object({ id: uuid, fileId: uuid }),
  async handle(ctx, { params }) {
    await ownStatement(ctx, params.id)
    const { name, mediaType, bytes } = await readFile(ctx, params.fileId, { statementId: params.id })
    return {
      file: bytes,
      type: mediaType,
      name,
      download: true,
      audit: { subjectKind: 'statement', subjectId: params.id },
    }
  },
})

async function findingPage(ctx: Context, meta: Meta, id: string, more: { done?: string; returned?: Returned } = {}) {
  const { lang } = meta
  const words = mineWords(lang)
  const one = await ownFinding(ctx, id)
  const open =
    one.status === 'approved' &&
    one.appealUntil !== null &&
    !isOver({ day: Temporal.PlainDate.from(one.appealUntil) }, ctx.now)
  const main = html`${factList([{ label: words.caseNo, value: await caseNumberFor(ctx, { findingId: id }) }])}${section({ title: words.finding, body: findingBlock(one, lang) })}${
    one.clarification
      ? html`<p><a href="/console/me/clarifications/${id}.pdf" target="_blank" rel="noopener">${words.clarifications} ${one.clarification.no} PDF</a></p>`
      : nothing
  }<p class="hint">${words.remedy}</p>${
    open
      ? appealForm(meta, id, day(one.appealUntil as string, lang), more.returned)
      : one.status === 'appealed'
        ? notice({ lang, kind: 'info', title: words.appealed })
        : nothing
  }`
  return frame(ctx, meta, {
    title: `${words.finding} ${one.no ?? ''}`,
    current: path,
    breadcrumbs: [{ href: path, label: words.title }, { label: one.no ?? '' }],
    actions: linkButton({ href: `/console/me/findings/${id}.pdf`, label: words.pdf, newTab: true }),
    main,
    status: more.done === 'appealed' ? words.done.appealed : undefined,
    invalid: more.returned !== undefined,
  })
}

function appealForm(meta: Meta, id: string, until: string, back: Returned | undefined) {
  const { lang } = meta
  const words = mineWords(lang)
  const typed = back?.typed.grounds
  const body = field({
    lang,
    kind: 'textarea',
    name: 'grounds',
    label: words.grounds,
    rows: 6,
    width: 'wide',
    maxlength: 8000,
    value: typeof typed === 'string' ? typed : undefined,
    error: back?.errors.find((one) => one.name === 'grounds')?.message,
  })
  return section({
    title: words.appeal,
    id: 'appeal',
    body: html`<p>${words.appealUntil(until)}</p>${back ? errorSummary({ lang, errors: back.errors }) : nothing}${form({
      action: `/console/me/findings/${id}/appeal`,
      csrf: meta.csrf,
      attempt: meta.newAttempt(),
      body,
      submit: { label: words.appealSend },
    })}`,
  })
}

const showFinding = endpoint({
  method: 'GET',
  path: '/console/me/findings/:id',
  side: 'internal',
  summary: 'A finding as it was served on the officer',
  permission: 'own.read',
  audit: 'finding.view',
  params,
  query,
  async handle(ctx, { params, query, meta }) {
    await markFindingRead(ctx, params.id)
    return {
      page: await findingPage(ctx, meta, params.id, { done: query.done }),
      audit: { subjectKind: 'finding', subjectId: params.id },
    }
  },
})

const appeal = endpoint({
  method: 'POST',
  path: '/console/me/findings/:id/appeal',
  side: 'internal',
  summary: 'The officer contests a finding about himself, within his days',
  permission: 'own.read',
  audit: 'finding.appeal',
  params,
  body: Type.Object({ ...formFields, grounds: long(8000) }),
  async handle(ctx, { params, body }) {
    await fileAppeal(ctx, params.id, { grounds: body.grounds ?? '' })
    return {
      redirect: `/console/me/findings/${params.id}?done=appealed`,
      audit: { subjectKind: 'finding', subjectId: params.id },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    findingPage(ctx, meta, params.id, { returned: { typed: body, errors: errorsOf(problem, meta.lang) } }),
})

export const myStatementEndpoints: AnyEndpoint[] = [listPage, showStatement, answer, ownFile, showFinding, appeal]
