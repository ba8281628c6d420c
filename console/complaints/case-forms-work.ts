import { Type } from 'typebox'
import {
  addEvidence,
  answerCase,
  assignCase,
  type CaseDetails,
  closeCase,
  type Handler,
  requestStatement,
} from '#modules/complaints/index.ts'
import { largestFile } from '#platform/files/check-file.ts'
import { html } from '#platform/html.ts'
import { type CaseForm, long, text, uuid } from './case-form.ts'
import { finding } from './case-forms-finding.ts'

const isHandler = (details: CaseDetails) => details.by.includes('handler')

/** Handlers are looked up by the page; kept beside the details so that the form itself stays a value. */
export type Assignable = CaseDetails & { handlers?: readonly Handler[] }

export const assign: CaseForm = {
  name: 'assign',
  summary: 'Assign a case to its handler after the recusal check',
  permission: 'console.enter',
  fields: { handlerId: Type.Optional(uuid) },
  offered: (details) => details.can.includes('assign'),
  ask(details, words) {
    const handlers = (details as Assignable).handlers ?? []
    const free = handlers.filter((handler) => !handler.barred && handler.id !== details.case.handler_id)
    const barred = handlers.filter((handler) => handler.barred)
    return {
      lead:
        barred.length > 0
          ? html`<p class="hint">${words.barredNames(barred.map((one) => `${one.name}（${words.barred[one.barred ?? 'related']}）`).join('、'))}</p>`
          : undefined,
      questions: [
        {
          kind: 'select',
          name: 'handlerId',
          label: words.ask.handler,
          hint: words.hint.handler,
          options: free.map((one) => ({ value: one.id, label: `${one.name}（${one.policeNo}）${one.unitZh}` })),
        },
      ],
    }
  },
  act: (ctx, { id, version, body }) => assignCase(ctx, id, { version, handlerId: text(body, 'handlerId') }),
}

export const evidence: CaseForm = {
  name: 'evidence',
  summary: 'Add a file of evidence to a case',
  permission: 'console.enter',
  fields: { said: long(500) },
  maxUpload: largestFile,
  offered: (details) => details.can.includes('add_evidence'),
  ask: (_, words) => ({
    questions: [
      {
        kind: 'file',
        name: 'file',
        label: words.ask.file,
        hint: words.hint.file,
        accept: 'application/pdf,image/png,image/jpeg',
      },
      { kind: 'text', name: 'said', label: words.ask.shows, optional: true, width: 'wide', maxlength: 500 },
    ],
  }),
  act: (ctx, { id, body, meta }) =>
    addEvidence(ctx, id, { file: meta.uploads.find((upload) => upload.field === 'file'), said: text(body, 'said') }),
}

const unasked = (details: CaseDetails) =>
  details.toHear.filter(
    (person) => !details.statements.some((one) => one.personId === person.personId && one.round === details.case.round),
  )

export const statement: CaseForm = {
  name: 'statement',
  summary: 'Put the facts to the officer, without whoever complained',
  permission: 'complaint.work',
  fields: { personId: Type.Optional(uuid), facts: long(4000), asks: long(2000) },
  first: true,
  offered: (details) => details.can.includes('request_statement') && unasked(details).length > 0,
  ask: (details, words) => ({
    questions: [
      {
        kind: 'radio',
        name: 'personId',
        label: words.ask.officer,
        options: unasked(details).map((one) => ({
          value: one.personId,
          label: `${one.name}（${one.policeNo}）`,
          hint: one.forUnit ? words.forUnit : undefined,
        })),
        preset: unasked(details)[0]?.personId,
      },
      {
        kind: 'textarea',
        name: 'facts',
        label: words.ask.factsToAnswer,
        hint: words.hint.factsToAnswer,
        rows: 5,
        width: 'wide',
        maxlength: 4000,
      },
      {
        kind: 'textarea',
        name: 'asks',
        label: words.ask.questions,
        optional: true,
        rows: 3,
        width: 'wide',
        maxlength: 2000,
      },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    requestStatement(ctx, id, {
      version,
      personId: text(body, 'personId'),
      facts: text(body, 'facts'),
      asks: text(body, 'asks'),
    }),
}

export const answer: CaseForm = {
  name: 'answer',
  summary: 'Answer whoever complained: the opinion letter',
  permission: 'console.enter',
  fields: { facts: long(4000), reasons: long(4000), opinion: long(2000), basis: long(1000) },
  first: true,
  offered: (details) =>
    details.can.includes('answer') &&
    details.reachable > 0 &&
    (details.case.status === 'decided' || (details.case.class === 'suggestion' && isHandler(details))),
  ask: (details, words) => ({
    lead: html`<p class="hint">${words.answerTo(details.reachable)}</p>`,
    questions: [
      { kind: 'textarea', name: 'facts', label: words.ask.answerFacts, rows: 5, width: 'wide', maxlength: 4000 },
      { kind: 'textarea', name: 'reasons', label: words.ask.answerReasons, rows: 4, width: 'wide', maxlength: 4000 },
      { kind: 'textarea', name: 'opinion', label: words.ask.answerOpinion, rows: 4, width: 'wide', maxlength: 2000 },
      {
        kind: 'textarea',
        name: 'basis',
        label: words.ask.answerBasis,
        hint: words.hint.answerBasis,
        rows: 2,
        width: 'wide',
        maxlength: 1000,
      },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    answerCase(ctx, id, {
      version,
      facts: text(body, 'facts'),
      reasons: text(body, 'reasons'),
      opinion: text(body, 'opinion'),
      basis: text(body, 'basis'),
    }),
}

export const close: CaseForm = {
  name: 'close',
  summary: 'Close a case whose complainants cannot be told, or whose days for review are over',
  permission: 'complaint.work',
  fields: {},
  offered: (details) =>
    details.can.includes('close') && (details.case.status === 'answered' || details.reachable === 0),
  ask: (details, words) => ({
    lead: html`<p class="hint">${details.reachable === 0 ? words.closeUnreachable : words.closeAfterReview}</p>`,
    questions: [],
  }),
  act: (ctx, { id, version }) => closeCase(ctx, id, { version }),
}

export const workForms: readonly CaseForm[] = [assign, statement, finding, answer, evidence, close]
