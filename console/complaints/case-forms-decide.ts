import { Type } from 'typebox'
import {
  annulByReview,
  appealDecisions,
  type CaseDetails,
  clarify,
  decideAppeal,
  decideFinding,
  decideReview,
  reviewFinding,
  reviewOutcomes,
} from '#modules/complaints/index.ts'
import { html } from '#platform/html.ts'
import { outcomes, severities } from '#policy/complaints/lists.ts'
import { type CaseForm, list, long, several, text, uuid } from './case-form.ts'
import { tagQuestions } from './case-forms-finding.ts'
import { chosen, decision, is, yesNo } from './case-forms-shared.ts'

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

export const decideForms: readonly CaseForm[] = [review, decide, appeal, clarification, superior, annul]
