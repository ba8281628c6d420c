import { Type } from 'typebox'
import {
  type CaseDetails,
  decideExtension,
  decidePause,
  recordWithdrawal,
  reopenCase,
  requestExtension,
  requestPause,
  resumeCase,
  withdrawCase,
} from '#modules/complaints/index.ts'
import { html } from '#platform/html.ts'
import { pauseReasons } from '#policy/complaints/clocks.ts'
import { type CaseForm, long, text, uuid } from './case-form.ts'
import { chosen, decision, is, yesNo } from './case-forms-shared.ts'
import type { CaseWords } from './case-words.ts'

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

/** What stops, lengthens or ends the time of a case, and what begins it anew. */
export const clockForms: readonly CaseForm[] = [
  extensionDecision,
  pauseDecision,
  extension,
  pause,
  resume,
  withdrawal,
  withdraw,
  reopen,
]
