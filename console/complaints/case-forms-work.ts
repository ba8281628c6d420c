import { Type } from 'typebox'
import {
  addEvidence,
  answerCase,
  assignCase,
  type CaseDetails,
  closeCase,
  type Handler,
  proposeFinding,
  requestStatement,
} from '#modules/complaints/index.ts'
import { largestFile } from '#platform/files/check-file.ts'
import { html } from '#platform/html.ts'
import { behaviours, outcomes, severities, styleTags } from '#policy/complaints/lists.ts'
import { type CaseForm, list, long, several, text, uuid } from './case-form.ts'
import type { CaseWords } from './case-words.ts'

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

/** Officer ids and unit ids stand in one list: `person:…`, `unit:…`. */
function concernedOptions(details: CaseDetails, words: CaseWords) {
  return details.parties.map((party) =>
    party.personId
      ? { value: `person:${party.personId}`, label: `${party.name}（${party.policeNo}）${party.unitZh}` }
      : { value: `unit:${party.unitId}`, label: `${party.unitZh}（${words.unitOnly}）` },
  )
}

function draftOf(details: CaseDetails) {
  return details.findings.find((one) => one.status === 'draft' && one.round === details.case.round)
}

export const tagQuestions = (words: CaseWords, preset: { style: readonly string[]; behaviour: readonly string[] }) => [
  {
    kind: 'checkbox' as const,
    name: 'style',
    label: words.ask.style,
    hint: words.hint.style,
    options: styleTags.map((value) => ({ value, label: words.style[value] })),
    preset: preset.style,
  },
  {
    kind: 'checkbox' as const,
    name: 'behaviour',
    label: words.ask.behaviour,
    options: behaviours.map((value) => ({ value, label: words.behaviour[value] })),
    preset: preset.behaviour,
  },
]

export const finding: CaseForm = {
  name: 'finding',
  summary: 'Propose a finding about one officer or unit',
  permission: 'complaint.work',
  fields: {
    concerned: long(60),
    outcome: long(20),
    severity: long(20),
    facts: long(8000),
    factLine: long(200),
    clause: long(500),
    evidence: several,
    otherEvidence: long(4000),
    nobodyReason: long(500),
    style: several,
    behaviour: several,
  },
  first: true,
  offered: (details) => details.can.includes('propose_finding') && details.heard && details.case.class !== 'suggestion',
  ask(details, words) {
    const draft = draftOf(details)
    const options = concernedOptions(details, words)
    const coded = details.codings.find((one) => one.stage === 'confirmed')
    return {
      lead: draft?.reviewNote ? html`<p class="hint">${words.cameBack(draft.reviewNote)}</p>` : undefined,
      questions: [
        {
          kind: 'radio',
          name: 'concerned',
          label: words.ask.concerned,
          hint: words.hint.concerned,
          options,
          preset: options[0]?.value,
        },
        {
          kind: 'radio',
          name: 'outcome',
          label: words.ask.outcome,
          options: outcomes.map((value) => ({ value, label: words.outcome[value] })),
          preset: draft?.outcome,
        },
        {
          kind: 'radio',
          name: 'severity',
          label: words.ask.severity,
          hint: words.hint.severity,
          optional: true,
          options: severities.map((value) => ({ value, label: words.severity[value] })),
          preset: draft?.severity ?? undefined,
        },
        {
          kind: 'textarea',
          name: 'facts',
          label: words.ask.factsFound,
          hint: words.hint.factsFound,
          rows: 6,
          width: 'wide',
          maxlength: 8000,
          preset: draft?.facts,
        },
        {
          kind: 'text',
          name: 'factLine',
          label: words.ask.factLine,
          hint: words.hint.factLine,
          width: 'wide',
          maxlength: 200,
          preset: draft?.factLine,
        },
        {
          kind: 'text',
          name: 'clause',
          label: words.ask.clause,
          hint: words.hint.clause,
          optional: true,
          width: 'wide',
          maxlength: 500,
          preset: draft?.clause,
        },
        ...(details.files.length > 0
          ? [
              {
                kind: 'checkbox' as const,
                name: 'evidence',
                label: words.ask.evidenceFiles,
                options: details.files.map((file) => ({
                  value: file.id,
                  label: file.name,
                  hint: file.said || undefined,
                })),
                preset: draft?.evidence.flatMap((line) => line.fileId ?? []),
              },
            ]
          : []),
        {
          kind: 'textarea',
          name: 'otherEvidence',
          label: words.ask.otherEvidence,
          hint: words.hint.otherEvidence,
          optional: true,
          rows: 3,
          width: 'wide',
          maxlength: 4000,
          preset: draft?.evidence.flatMap((line) => (line.fileId ? [] : [`${line.name}｜${line.shows}`])).join('\n'),
        },
        {
          kind: 'text',
          name: 'nobodyReason',
          label: words.ask.nobodyReason,
          hint: words.hint.nobodyReason,
          optional: true,
          width: 'wide',
          maxlength: 500,
          preset: draft?.nobodyReason ?? undefined,
        },
        ...tagQuestions(words, coded ?? { style: [], behaviour: [] }),
      ],
    }
  },
  act(ctx, { id, version, body }) {
    const [kind, who] = text(body, 'concerned').split(':')
    return proposeFinding(ctx, id, {
      version,
      personId: kind === 'person' ? who : undefined,
      unitId: kind === 'unit' ? who : undefined,
      outcome: text(body, 'outcome'),
      severity: text(body, 'severity'),
      facts: text(body, 'facts'),
      factLine: text(body, 'factLine'),
      clause: text(body, 'clause'),
      files: list(body, 'evidence'),
      otherEvidence: text(body, 'otherEvidence'),
      nobodyReason: text(body, 'nobodyReason'),
      tags: { style: list(body, 'style'), behaviour: list(body, 'behaviour') },
    })
  },
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
