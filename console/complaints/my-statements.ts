import { Type } from 'typebox'
import { frame } from '#console/frame.ts'
import {
  answerStatement,
  caseNumberFor,
  clarificationsFor,
  markStatementRead,
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
import { formatMoment } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, form, linkButton } from '#platform/ui/form.ts'
import { factList, notice, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { formFields, long, uuid } from './case-form.ts'
import { paragraphs } from './case-parts.ts'
import { caseWords } from './case-words.ts'
import { day, mineErrors, minePath, params, query, type Returned } from './my-shared.ts'
import { mineWords } from './my-statements-words.ts'

const path = minePath
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
    statementPage(ctx, meta, params.id, { returned: { typed: body, errors: mineErrors(problem, meta.lang) } }),
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

export const myStatementEndpoints: AnyEndpoint[] = [listPage, showStatement, answer, ownFile]
