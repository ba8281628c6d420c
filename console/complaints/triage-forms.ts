import type { TProperties } from 'typebox'
import {
  acceptCase,
  type CaseDetails,
  classifyCase,
  codeCase,
  mergeCases,
  nameAccused,
  recuse,
  redirectCase,
  returnTransfer,
  transferCase,
  unmergeCase,
} from '#modules/complaints/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { formatDay, type Lang } from '#platform/i18n.ts'
import { invalid } from '#platform/problem.ts'
import type { Field } from '#platform/ui/field.ts'
import type { Permission } from '#policy/access/permissions.ts'
import { finishDue } from '#policy/complaints/clocks.ts'
import { otherPaths } from '#policy/complaints/intake.ts'
import { mergeable } from '#policy/complaints/lifecycle.ts'
import { behaviours, caseClasses, departments, styleTags } from '#policy/complaints/lists.ts'
import { list, long, several, text } from './case-form.ts'
import { caseWords } from './case-words.ts'
import { monthWords } from './month/words.ts'
import type { triageWords } from './triage-words.ts'

export type TriageWords = ReturnType<typeof triageWords>
export type FormName = keyof TriageWords['forms']

/** What the page knows when it draws the forms. */
export type Triage = {
  details: CaseDetails
  coded: boolean
  units: readonly { value: string; label: string }[]
  /** Cases that may be merged with this one, and those taken in that may be given back. */
  likely: readonly { value: string; label: string }[]
  taken: readonly { id: string; no: string; version: number }[]
}

export type Question = Omit<Field, 'lang' | 'value' | 'error'> & { preset?: string }
type Body = Record<string, unknown>

/** One step of triage: when it is offered, what it asks, and what it does. Returns the case to go on with, if another. */
export type TriageForm = {
  name: FormName
  summary: string
  permission: Permission
  fields: TProperties
  first?(at: Triage): boolean
  kind?: 'danger'
  offered(ctx: Context, at: Triage): boolean
  lead?(ctx: Context, w: TriageWords, lang: Lang, at: Triage): string
  questions(w: TriageWords, lang: Lang, at: Triage): Question[]
  act(ctx: Context, id: string, version: number, body: Body): Promise<string | void>
}

const reason = (w: TriageWords, optional = false): Question => ({
  kind: 'text',
  name: 'reason',
  label: w.ask.reason,
  optional,
  width: 'wide',
  maxlength: 500,
})
const options = <T extends string>(values: readonly T[], words: Record<T, string>) =>
  values.map((value) => ({ value, label: words[value] }))
const intake = (ctx: Context, { details }: Triage) => may(ctx.actor, 'complaint.intake') && details.can.length > 0
const can = (action: CaseDetails['can'][number]) => (ctx: Context, at: Triage) =>
  intake(ctx, at) && at.details.can.includes(action)

export const triageForms: readonly TriageForm[] = [
  {
    name: 'classify',
    summary: 'Say what class a case is and whose queue it stands in',
    permission: 'complaint.intake',
    fields: { caseClass: long(20), department: long(30), reason: long(500) },
    first: ({ details }) => details.case.class === null,
    offered: can('classify'),
    lead: (_ctx, w) => w.lead.accusation,
    questions: (w, lang, { details }) => [
      {
        kind: 'radio',
        name: 'caseClass',
        label: w.ask.caseClass,
        options: options(caseClasses, caseWords(lang).class),
        preset: details.case.class ?? undefined,
        keys: true,
      },
      {
        kind: 'select',
        name: 'department',
        label: w.ask.department,
        hint: w.departmentHint,
        options: options(departments, monthWords(lang).dept),
        preset: details.case.department,
      },
      reason(w, true),
    ],
    act: async (ctx, id, version, body) => {
      const caseClass = text(body, 'caseClass')
      // The queue preset in the form is the desk's own; an accusation leaves it by rule.
      const department = caseClass === 'accusation' ? undefined : text(body, 'department')
      await classifyCase(ctx, id, { version, caseClass, department, reason: text(body, 'reason') })
    },
  },
  {
    name: 'accept',
    summary: 'Accept a case: the clock of sixty days runs',
    permission: 'complaint.intake',
    fields: {},
    first: ({ details }) => details.case.class !== null && details.case.class !== 'other_path',
    offered: (ctx, at) =>
      can('accept')(ctx, at) && at.details.case.class !== null && at.details.case.class !== 'other_path',
    lead: (ctx, w, lang) => w.lead.accept(formatDay(finishDue(dayOf(ctx.now), ctx.calendar).day, lang)),
    questions: () => [],
    act: async (ctx, id, version) => {
      await acceptCase(ctx, id, { version })
    },
  },
  {
    name: 'redirect',
    summary: 'Tell the complainant of another legal path',
    permission: 'complaint.intake',
    fields: { path: long(40), pathTold: long(1000) },
    first: ({ details }) => details.case.class === 'other_path',
    offered: (ctx, at) => can('redirect')(ctx, at) && at.details.case.class === 'other_path',
    questions: (w) => [
      { kind: 'select', name: 'path', label: w.ask.path, options: options(otherPaths, w.paths) },
      {
        kind: 'textarea',
        name: 'pathTold',
        label: w.ask.pathTold,
        hint: w.ask.pathToldHint,
        rows: 3,
        width: 'wide',
        maxlength: 1000,
      },
    ],
    act: (ctx, id, version, body) =>
      redirectCase(ctx, id, { version, path: text(body, 'path'), pathTold: text(body, 'pathTold') }),
  },
  {
    name: 'transfer',
    summary: 'Send a case to whom it belongs',
    permission: 'complaint.intake',
    fields: { unitId: long(40), body: long(200), discipline: long(10), reason: long(1000) },
    offered: (ctx, at) => can('transfer')(ctx, at) && at.details.case.class !== null,
    questions: (w, _lang, { units }) => [
      { kind: 'select', name: 'unitId', label: w.ask.unitId, options: units, optional: true },
      { kind: 'text', name: 'body', label: w.ask.body, optional: true, maxlength: 200 },
      { kind: 'checkbox', name: 'discipline', label: w.ask.discipline },
      reason(w),
    ],
    act: (ctx, id, version, body) =>
      transferCase(ctx, id, {
        version,
        unitId: uuidOrNone(text(body, 'unitId')),
        body: text(body, 'body'),
        discipline: text(body, 'discipline') !== '',
        reason: text(body, 'reason'),
      }),
  },
  {
    name: 'return',
    summary: 'A case that was sent on comes back',
    permission: 'complaint.intake',
    fields: { by: long(20), reason: long(1000) },
    first: () => true,
    offered: (ctx, at) => intake(ctx, at) && at.details.case.status === 'transferred',
    lead: (_ctx, w, lang, { details }) =>
      details.case.objection_due_on
        ? w.lead.return(formatDay(Temporal.PlainDate.from(details.case.objection_due_on), lang))
        : '',
    questions: (w) => [
      { kind: 'radio', name: 'by', label: w.ask.by, options: options(['receiver', 'bureau'] as const, w.by) },
      reason(w),
    ],
    act: (ctx, id, version, body) =>
      returnTransfer(ctx, id, { version, by: text(body, 'by'), reason: text(body, 'reason') }),
  },
  {
    name: 'code',
    summary: 'One coder’s reading of the alleged tags',
    permission: 'complaint.intake',
    fields: { style: several, behaviour: several },
    offered: (ctx, at) => may(ctx.actor, 'complaint.intake') && !at.coded && at.details.case.status !== 'merged',
    lead: (_ctx, w) => w.lead.code,
    questions: (w, lang) => [
      {
        kind: 'checkbox',
        name: 'style',
        label: w.ask.style,
        options: options(styleTags, caseWords(lang).style),
        optional: true,
      },
      {
        kind: 'checkbox',
        name: 'behaviour',
        label: w.ask.behaviour,
        options: options(behaviours, caseWords(lang).behaviour),
      },
    ],
    act: (ctx, id, _version, body) =>
      codeCase(ctx, id, { style: list(body, 'style'), behaviour: list(body, 'behaviour') }),
  },
  {
    name: 'merge',
    summary: 'Two cases tell of one event',
    permission: 'complaint.intake',
    fields: { otherId: long(40), reason: long(500) },
    offered: (ctx, at) => intake(ctx, at) && mergeable.includes(at.details.case.status) && at.likely.length > 0,
    lead: (_ctx, w) => w.lead.merge,
    questions: (w, _lang, { likely }) => [
      { kind: 'radio', name: 'otherId', label: w.ask.otherId, options: likely },
      reason(w),
    ],
    act: async (ctx, id, version, body) => {
      const otherId = uuidOrNone(text(body, 'otherId'))
      if (!otherId) throw invalid({ otherId: 'choose-one' })
      return (await mergeCases(ctx, id, { version, otherId, reason: text(body, 'reason') })).survivorId
    },
  },
  {
    name: 'unmerge',
    summary: 'A case taken in stands by itself again',
    permission: 'complaint.intake',
    fields: { absorbedId: long(80), reason: long(500) },
    offered: (ctx, at) => may(ctx.actor, 'complaint.intake') && at.taken.length > 0,
    questions: (w, _lang, { taken }) => [
      {
        kind: 'radio',
        name: 'absorbedId',
        label: w.ask.absorbedId,
        options: taken.map((one) => ({ value: `${one.id} ${one.version}`, label: one.no })),
      },
      reason(w),
    ],
    act: async (ctx, _id, _version, body) => {
      const [id, version] = text(body, 'absorbedId').split(' ')
      if (!uuidOrNone(id ?? '') || !Number.isInteger(Number(version))) throw invalid({ absorbedId: 'choose-one' })
      await unmergeCase(ctx, id as string, { version: Number(version), reason: text(body, 'reason') })
    },
  },
  {
    name: 'accuse',
    summary: 'Somebody turns out to be meant',
    permission: 'complaint.intake',
    fields: { officers: long(400), accusedUnit: long(40), reason: long(500) },
    offered: (ctx, at) => intake(ctx, at) && mergeable.includes(at.details.case.status),
    lead: (_ctx, w) => w.lead.accuse,
    questions: (w, _lang, { units }) => [
      {
        kind: 'text',
        name: 'officers',
        label: w.ask.officers,
        hint: w.ask.officersHint,
        optional: true,
        maxlength: 400,
      },
      { kind: 'select', name: 'accusedUnit', label: w.ask.accusedUnit, options: units, optional: true },
      reason(w),
    ],
    act: (ctx, id, version, body) =>
      nameAccused(ctx, id, {
        version,
        officers: text(body, 'officers'),
        unitId: uuidOrNone(text(body, 'accusedUnit')),
        reason: text(body, 'reason'),
      }),
  },
  {
    name: 'recuse',
    summary: 'Somebody takes himself off a case',
    permission: 'complaint.register',
    fields: { reason: long(500) },
    kind: 'danger',
    offered: (_ctx, at) => at.details.case.status !== 'closed',
    lead: (_ctx, w) => w.lead.recuse,
    questions: (w) => [reason(w)],
    act: (ctx, id, version, body) => recuse(ctx, id, { version, reason: text(body, 'reason') }),
  },
]

function uuidOrNone(sent: string): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(sent) ? sent : undefined
}
