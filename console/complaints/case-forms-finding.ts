import { type CaseDetails, proposeFinding } from '#modules/complaints/index.ts'
import { html } from '#platform/html.ts'
import { behaviours, outcomes, severities, styleTags } from '#policy/complaints/lists.ts'
import { type CaseForm, list, long, several, text } from './case-form.ts'
import type { CaseWords } from './case-words.ts'

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
