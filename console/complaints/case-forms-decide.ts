import { Type } from 'typebox'
import {
  annulByReview,
  appealDecisions,
  type CaseDetails,
  clarify,
  decideAppeal,
  decideExtension,
  decideFinding,
  decidePause,
  decideReview,
  recordWithdrawal,
  reopenCase,
  requestExtension,
  requestPause,
  resumeCase,
  reviewFinding,
  reviewOutcomes,
  withdrawCase,
} from '#modules/complaints/index.ts'
import { html } from '#platform/html.ts'
import { invalid } from '#platform/problem.ts'
import { pauseReasons } from '#policy/complaints/clocks.ts'
import { outcomes, severities } from '#policy/complaints/lists.ts'
import { type Body, type CaseForm, list, long, several, text, uuid } from './case-form.ts'
import { tagQuestions } from './case-forms-work.ts'
import type { CaseWords } from './case-words.ts'

const yesNo = (name: string, label: string, yes: [string, string], no: [string, string]) => ({
  kind: 'radio' as const,
  name,
  label,
  options: [
    { value: yes[0], label: yes[1] },
    { value: no[0], label: no[1] },
  ],
})
const decision = { decision: long(20) }
/** One of two answers; nothing ticked is neither. */
function chosen(body: Body, yes: string, no: string): boolean {
  const sent = text(body, 'decision')
  if (sent !== yes && sent !== no) throw invalid({ decision: 'choose-one' })
  return sent === yes
}
const is = (details: CaseDetails, by: CaseDetails['by'][number]) => details.by.includes(by)

export const review: CaseForm = {
  name: 'review',
  summary: 'The second reviewer agrees or disagrees with a proposed finding',
  permission: 'complaint.review',
  fields: { ...decision, note: long(2000), style: several, behaviour: several },
  first: true,
  offered: (details) => details.can.includes('agree') && !is(details, 'handler'),
  ask: (_, words) => ({
    lead: html`<p class="hint">${words.codeAnew}</p>`,
    questions: [
      ...tagQuestions(words, { style: [], behaviour: [] }),
      yesNo('decision', words.ask.review, ['agree', words.agree], ['disagree', words.disagree]),
      {
        kind: 'textarea',
        name: 'note',
        label: words.ask.note,
        hint: words.hint.note,
        optional: true,
        rows: 3,
        width: 'wide',
        maxlength: 2000,
      },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    reviewFinding(ctx, id, {
      version,
      agree: chosen(body, 'agree', 'disagree'),
      note: text(body, 'note'),
      tags: { style: list(body, 'style'), behaviour: list(body, 'behaviour') },
    }),
}

export const decide: CaseForm = {
  name: 'decide',
  summary: 'The leader in charge approves or returns a finding',
  permission: 'complaint.approve',
  fields: { ...decision, reason: long(2000) },
  first: true,
  offered: (details) => details.can.includes('approve') && !details.hasDecided,
  ask: (_, words) => ({
    lead: html`<p class="hint">${words.approveMeans}</p>`,
    questions: [
      yesNo('decision', words.ask.approval, ['approve', words.approve], ['return', words.giveBack]),
      {
        kind: 'textarea',
        name: 'reason',
        label: words.ask.reason,
        hint: words.hint.returnReason,
        optional: true,
        rows: 3,
        width: 'wide',
        maxlength: 2000,
      },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    decideFinding(ctx, id, { version, approve: chosen(body, 'approve', 'return'), reason: text(body, 'reason') }),
}

const openAppeal = (details: CaseDetails) => details.findings.find((one) => one.appeal && !one.appeal.decision)

export const appeal: CaseForm = {
  name: 'appeal',
  summary: 'A leader who has not decided before decides an appeal',
  permission: 'complaint.approve',
  fields: {
    appealId: Type.Optional(uuid),
    ...decision,
    reason: long(4000),
    outcome: long(20),
    severity: long(20),
    facts: long(8000),
    factLine: long(200),
    clause: long(500),
  },
  first: true,
  offered: (details) => is(details, 'leader') && !details.hasDecided && openAppeal(details) !== undefined,
  ask(details, words) {
    const contested = openAppeal(details)
    const grounds = contested?.appeal
    const wide = { width: 'wide', optional: true } as const
    return {
      lead: html`<p><strong>${words.appealOf(contested?.personName ?? '')}</strong></p><blockquote>${grounds?.grounds ?? ''}</blockquote>`,
      questions: [
        { kind: 'hidden', name: 'appealId', label: '', preset: grounds?.id },
        {
          kind: 'radio',
          name: 'decision',
          label: words.ask.appeal,
          options: appealDecisions.map((value) => ({ value, label: words.appealDecision[value] })),
        },
        { kind: 'textarea', name: 'reason', label: words.ask.reason, rows: 4, width: 'wide', maxlength: 4000 },
        {
          kind: 'radio',
          name: 'outcome',
          label: words.ask.amendedOutcome,
          hint: words.hint.amended,
          optional: true,
          options: outcomes.map((value) => ({ value, label: words.outcome[value] })),
        },
        {
          kind: 'radio',
          name: 'severity',
          label: words.ask.severity,
          optional: true,
          options: severities.map((value) => ({ value, label: words.severity[value] })),
        },
        {
          kind: 'textarea',
          name: 'facts',
          label: words.ask.factsFound,
          hint: words.hint.unchanged,
          rows: 4,
          maxlength: 8000,
          ...wide,
        },
        {
          kind: 'text',
          name: 'factLine',
          label: words.ask.factLine,
          hint: words.hint.unchanged,
          maxlength: 200,
          ...wide,
        },
        { kind: 'text', name: 'clause', label: words.ask.clause, hint: words.hint.unchanged, maxlength: 500, ...wide },
      ],
    }
  },
  act: (ctx, { id, body }) =>
    decideAppeal(ctx, id, text(body, 'appealId'), {
      decision: text(body, 'decision'),
      reason: text(body, 'reason'),
      outcome: text(body, 'outcome'),
      severity: text(body, 'severity'),
      facts: text(body, 'facts'),
      factLine: text(body, 'factLine'),
      clause: text(body, 'clause'),
    }),
}

export const clarification: CaseForm = {
  name: 'clarify',
  summary: 'Clear an officer in writing, and tell his unit where he wishes it',
  permission: 'console.enter',
  fields: { findingId: Type.Optional(uuid), matter: long(500), tellUnit: long(5) },
  first: true,
  offered: (details) => details.toClarify.length > 0 && (is(details, 'handler') || is(details, 'leader')),
  ask: (details, words) => ({
    questions: [
      {
        kind: 'radio',
        name: 'findingId',
        label: words.ask.officer,
        options: details.toClarify.map((one) => ({
          value: one.id,
          label: `${one.personName}（${one.policeNo}）`,
          hint: one.no ?? undefined,
        })),
        preset: details.toClarify[0]?.id,
      },
      { kind: 'text', name: 'matter', label: words.ask.matter, hint: words.hint.matter, width: 'wide', maxlength: 500 },
      { kind: 'checkbox', name: 'tellUnit', label: words.ask.tellUnit },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    clarify(ctx, id, text(body, 'findingId'), {
      version,
      matter: text(body, 'matter'),
      tellUnit: text(body, 'tellUnit') !== '',
    }),
}

const running = (details: CaseDetails) =>
  ['accepted', 'investigating', 'proposed', 'reviewed'].includes(details.case.status)

export const extension: CaseForm = {
  name: 'extension',
  summary: 'Ask for more time, once, at most thirty days, with reasons',
  permission: 'complaint.work',
  fields: { days: Type.Optional(Type.Integer()), reason: long(1000) },
  offered: (details) =>
    running(details) &&
    is(details, 'handler') &&
    details.extension?.approved !== true &&
    (!details.extension || details.extension.decided_at !== null),
  ask: (_, words) => ({
    questions: [
      {
        kind: 'text',
        name: 'days',
        label: words.ask.days,
        hint: words.hint.days,
        inputmode: 'numeric',
        width: 'short',
      },
      {
        kind: 'textarea',
        name: 'reason',
        label: words.ask.reason,
        hint: words.hint.toldReason,
        rows: 3,
        width: 'wide',
        maxlength: 1000,
      },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    requestExtension(ctx, id, { version, days: Number(body.days), reason: text(body, 'reason') }),
}

export const extensionDecision: CaseForm = {
  name: 'extend',
  summary: 'A leader grants or refuses more time',
  permission: 'complaint.approve',
  fields: { ...decision, note: long(1000) },
  first: true,
  offered: (details) =>
    details.can.includes('extend') && details.extension !== null && details.extension.decided_at === null,
  ask: (details, words) => ({
    lead: html`<p>${words.extensionAsked(details.extension?.days ?? 0)}</p><blockquote>${details.extension?.reason ?? ''}</blockquote>`,
    questions: approval(words),
  }),
  act: (ctx, { id, version, body }) =>
    decideExtension(ctx, id, { version, approve: chosen(body, 'approve', 'refuse'), note: text(body, 'note') }),
}

function approval(words: CaseWords) {
  return [
    yesNo('decision', words.ask.approval, ['approve', words.grant], ['refuse', words.refuse]),
    {
      kind: 'text' as const,
      name: 'note',
      label: words.ask.reason,
      hint: words.hint.refuseReason,
      optional: true,
      width: 'wide' as const,
      maxlength: 1000,
    },
  ]
}

export const pause: CaseForm = {
  name: 'pause',
  summary: 'Ask that the clock stands, for a reason of the list',
  permission: 'complaint.work',
  fields: { kind: long(30), reason: long(1000) },
  offered: (details) => running(details) && is(details, 'handler') && !details.pause,
  ask: (_, words) => ({
    questions: [
      {
        kind: 'radio',
        name: 'kind',
        label: words.ask.pauseKind,
        options: pauseReasons.map((value) => ({ value, label: words.pauseKind[value] })),
      },
      { kind: 'textarea', name: 'reason', label: words.ask.reason, rows: 3, width: 'wide', maxlength: 1000 },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    requestPause(ctx, id, { version, kind: text(body, 'kind'), reason: text(body, 'reason') }),
}

export const pauseDecision: CaseForm = {
  name: 'pause-decision',
  summary: 'A leader lets the clock stand, or not',
  permission: 'complaint.approve',
  fields: { ...decision, note: long(1000) },
  first: true,
  offered: (details) => details.can.includes('pause') && details.pause !== null && details.pause.approved_by === null,
  ask: (details, words) => ({
    lead: html`<blockquote>${details.pause?.reason ?? ''}</blockquote>`,
    questions: approval(words),
  }),
  act: (ctx, { id, version, body }) =>
    decidePause(ctx, id, { version, approve: chosen(body, 'approve', 'refuse'), note: text(body, 'note') }),
}

export const resume: CaseForm = {
  name: 'resume',
  summary: 'The clock runs on',
  permission: 'console.enter',
  fields: {},
  offered: (details) => details.can.includes('resume') && Boolean(details.pause?.approved_by),
  ask: () => ({ questions: [] }),
  act: (ctx, { id, version }) => resumeCase(ctx, id, { version }),
}

const notWithdrawn = (details: CaseDetails) => details.submissions.filter((one) => !one.withdrawnAt)

export const withdrawal: CaseForm = {
  name: 'withdrawal',
  summary: 'Record that somebody who complained wants to let it go',
  permission: 'console.enter',
  fields: { submissionId: Type.Optional(uuid), words: long(1000) },
  offered: (details) =>
    (is(details, 'handler') || is(details, 'intake')) &&
    notWithdrawn(details).length > 0 &&
    (running(details) || details.case.status === 'received'),
  ask: (details, words) => ({
    questions: [
      {
        kind: 'radio',
        name: 'submissionId',
        label: words.ask.submission,
        options: notWithdrawn(details).map((one, at) => ({
          value: one.id,
          label: `${at + 1} · ${words.channel[one.channel]}`,
        })),
        preset: notWithdrawn(details)[0]?.id,
      },
      { kind: 'textarea', name: 'words', label: words.ask.itsWords, rows: 2, width: 'wide', maxlength: 1000 },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    recordWithdrawal(ctx, id, { version, submissionId: text(body, 'submissionId'), words: text(body, 'words') }),
}

export const withdraw: CaseForm = {
  name: 'withdraw',
  summary: 'Let a case go that everybody who complained wants to end',
  permission: 'console.enter',
  fields: { reason: long(1000) },
  kind: 'danger',
  offered: (details) =>
    details.can.includes('withdraw') && notWithdrawn(details).length === 0 && details.case.class !== 'accusation',
  ask: (_, words) => ({
    questions: [{ kind: 'text', name: 'reason', label: words.ask.reason, width: 'wide', maxlength: 1000 }],
  }),
  act: (ctx, { id, version, body }) => withdrawCase(ctx, id, { version, reason: text(body, 'reason') }),
}

const openReview = (details: CaseDetails) => details.reviews.find((one) => !one.decided_at)

export const superior: CaseForm = {
  name: 'superior',
  summary: 'Enter the opinion of the superior on a review or re-review',
  permission: 'console.enter',
  fields: { reviewId: Type.Optional(uuid), body: long(100), outcome: long(20), opinion: long(4000) },
  first: true,
  offered: (details) => openReview(details) !== undefined && (is(details, 'handler') || is(details, 'intake')),
  ask: (details, words) => ({
    lead: html`<blockquote>${openReview(details)?.reason ?? ''}</blockquote>`,
    questions: [
      { kind: 'hidden', name: 'reviewId', label: '', preset: openReview(details)?.id },
      { kind: 'text', name: 'body', label: words.ask.body, maxlength: 100 },
      {
        kind: 'radio',
        name: 'outcome',
        label: words.ask.reviewOutcome,
        options: reviewOutcomes.map((value) => ({ value, label: words.reviewOutcome[value] })),
      },
      { kind: 'textarea', name: 'opinion', label: words.ask.superiorOpinion, rows: 4, width: 'wide', maxlength: 4000 },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    decideReview(ctx, id, text(body, 'reviewId'), {
      version,
      body: text(body, 'body'),
      outcome: text(body, 'outcome'),
      opinion: text(body, 'opinion'),
    }),
}

const fallen = (details: CaseDetails) =>
  details.reviews.some((one) => one.outcome === 'changed' || one.outcome === 'revoked')
    ? details.findings.filter((one) => ['approved', 'upheld', 'amended'].includes(one.status))
    : []

export const annul: CaseForm = {
  name: 'annul',
  summary: 'Annul a finding that the superior’s opinion does not leave standing',
  permission: 'complaint.approve',
  fields: { findingId: Type.Optional(uuid), reason: long(500) },
  kind: 'danger',
  offered: (details) => is(details, 'leader') && !details.hasDecided && fallen(details).length > 0,
  ask: (details, words) => ({
    questions: [
      {
        kind: 'radio',
        name: 'findingId',
        label: words.ask.finding,
        options: fallen(details).map((one) => ({ value: one.id, label: `${one.no} ${one.personName ?? one.unitZh}` })),
      },
      { kind: 'textarea', name: 'reason', label: words.ask.reason, rows: 3, width: 'wide', maxlength: 500 },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    annulByReview(ctx, id, text(body, 'findingId'), { version, reason: text(body, 'reason') }),
}

export const reopen: CaseForm = {
  name: 'reopen',
  summary: 'Take a case up again',
  permission: 'console.enter',
  fields: { reason: long(2000), newFacts: long(5) },
  offered: (details) => details.can.includes('reopen'),
  ask: (_, words) => ({
    questions: [
      { kind: 'textarea', name: 'reason', label: words.ask.reason, rows: 3, width: 'wide', maxlength: 2000 },
      { kind: 'checkbox', name: 'newFacts', label: words.ask.newFacts },
    ],
  }),
  act: (ctx, { id, version, body }) =>
    reopenCase(ctx, id, { version, reason: text(body, 'reason'), newFacts: text(body, 'newFacts') !== '' }),
}

export const decideForms: readonly CaseForm[] = [
  review,
  decide,
  appeal,
  clarification,
  extensionDecision,
  pauseDecision,
  superior,
  extension,
  pause,
  resume,
  withdrawal,
  withdraw,
  annul,
  reopen,
]
