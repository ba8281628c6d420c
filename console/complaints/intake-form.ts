import { problemNotice } from '#console/service-window/shared.ts'
import { type Ambiguous, longest, myDepartments } from '#modules/complaints/index.ts'
import { listUnits } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { type Field, field } from '#platform/ui/field.ts'
import { errorSummary, type FieldError, form } from '#platform/ui/form.ts'
import { dialogDetails, section } from '#platform/ui/parts.ts'
import type { Department } from '#policy/complaints/lists.ts'
import { channelsOf, type IntakeKind, intakeKinds, spokenKinds, usualChannel, usualKind } from './intake-kinds.ts'
import { intakeWords } from './intake-words.ts'
import { channelWords } from './month/channel-words.ts'
import { monthWords } from './month/words.ts'

export type Typed = Record<string, unknown>

export type IntakeForm = {
  kind?: string
  typed?: Typed
  problem?: Problem
  errors?: FieldError[]
  /** Stands between the form's heading and the form. */
  above?: Html
}

type Drawn = { meta: Meta; lang: Lang; kind: IntakeKind; typed: Typed; errors: FieldError[] }
type Question = Omit<Field, 'lang' | 'error' | 'value'> & { preset?: string }

const moreFields = [
  'occurredOn',
  'place',
  'matterNo',
  'wish',
  'citizenNo',
  'address',
  'groupSize',
  'representatives',
  'receivedOn',
  'sourceRef',
]

export async function kindFor(
  ctx: Context,
  asked: string | undefined,
): Promise<{ kind: IntakeKind; desks: Department[] }> {
  const desks = await myDepartments(ctx)
  const known = intakeKinds.find((kind) => kind === asked)
  return { kind: known ?? (desks[0] ? usualKind[desks[0]] : 'phone'), desks }
}

/** The desk's short form. What every kind asks stands open; what is seldom known lies folded below. */
export async function intakeForm(ctx: Context, meta: Meta, options: IntakeForm): Promise<Html> {
  const { kind, desks } = await kindFor(ctx, options.kind)
  const { lang } = meta
  const w = intakeWords(lang)
  const drawn: Drawn = { meta, lang, kind, typed: options.typed ?? {}, errors: options.errors ?? [] }
  const units = (await listUnits(ctx)).map((unit) => ({
    value: unit.id,
    label: lang === 'en' ? unit.nameEn : unit.nameZh,
  }))
  const withFiles = kind !== 'phone'
  const body = html`${deskField(drawn, desks)}${channelField(drawn, desks[0])}${textFields(drawn)}${whoFields(drawn)}${aboutFields(drawn, units, options.problem)}${
    withFiles
      ? ask(drawn, {
          kind: 'file',
          name: 'files',
          label: w.files,
          hint: w.filesHint,
          optional: true,
          multiple: true,
          accept: 'application/pdf,image/png,image/jpeg',
        })
      : nothing
  }${moreFieldsPart(drawn)}`
  return html`${kindTabs(kind, lang)}<p class="hint">${w.hint[kind]}</p>${problemNotice(options.problem, lang)}${errorSummary(
    { lang, errors: drawn.errors.filter(({ name }) => name !== '') },
  )}${options.above ?? nothing}${form({
    action: '/console/intake',
    csrf: meta.csrf,
    attempt: meta.newAttempt(),
    hidden: { kind },
    body,
    files: withFiles,
    swap: true,
    submit: { label: w.submit, key: true },
    beside: html`<button type="submit" class="button button-plain" formaction="/console/intake/preview">${w.preview}</button>`,
  })}`
}

function kindTabs(current: IntakeKind, lang: Lang): Html {
  const w = intakeWords(lang)
  return html`<nav class="tabs" aria-label="${w.kinds}"><ul>${intakeKinds.map((kind) =>
    kind === current
      ? html`<li><a href="/console/intake?kind=${kind}" data-swap aria-current="page">${w.kind[kind]}</a></li>`
      : html`<li><a href="/console/intake?kind=${kind}" data-swap>${w.kind[kind]}</a></li>`,
  )}</ul></nav>`
}

function ask({ lang, typed, errors }: Drawn, question: Question): Html {
  const { preset, ...rest } = question
  const value = typed[question.name]
  return field({
    ...rest,
    lang,
    autocomplete: 'off',
    value: typeof value === 'string' ? value : Object.keys(typed).length > 0 ? undefined : preset,
    error: errors.find(({ name }) => name === question.name)?.message,
  })
}

/** Somebody who serves at two desks says at which. */
function deskField(drawn: Drawn, desks: readonly Department[]): Html {
  if (desks.length < 2) return nothing
  const names = monthWords(drawn.lang).dept
  const options = desks.map((value) => ({ value, label: names[value] }))
  return ask(drawn, {
    kind: 'select',
    name: 'department',
    label: intakeWords(drawn.lang).desk,
    options,
    preset: desks[0],
  })
}

function channelField(drawn: Drawn, desk: Department | undefined): Html {
  const channels = channelsOf[drawn.kind]
  const names = channelWords(drawn.lang)
  const preset = usualChannel(drawn.kind, desk)
  if (channels.length === 1) return html`<input type="hidden" name="channel" value="${preset}">`
  const options = channels.map((value) => ({ value, label: names[value] }))
  return ask(drawn, {
    kind: 'radio',
    name: 'channel',
    label: intakeWords(drawn.lang).channel,
    options,
    preset,
    keys: true,
  })
}

function textFields(drawn: Drawn): Html {
  const w = intakeWords(drawn.lang)
  const spoken = spokenKinds.includes(drawn.kind)
  return html`${ask(drawn, {
    kind: 'textarea',
    name: 'text',
    label: w.text,
    hint: w.textHint,
    rows: 6,
    width: 'wide',
    maxlength: longest.text,
    autofocus: drawn.errors.length === 0,
  })}${spoken ? ask(drawn, { kind: 'checkbox', name: 'readBack', label: w.readBack }) : nothing}${
    drawn.kind === 'visit' ? ask(drawn, { kind: 'checkbox', name: 'written', label: w.written }) : nothing
  }`
}

function whoFields(drawn: Drawn): Html {
  const w = intakeWords(drawn.lang)
  return section({
    title: w.who,
    body: html`<div class="side-by-side">${ask(drawn, { kind: 'text', name: 'name', label: w.name, optional: true, maxlength: 120, width: 'short' })}${ask(
      drawn,
      { kind: 'tel', name: 'phone', label: w.phone, optional: true, maxlength: 40, width: 'short' },
    )}</div>${ask(drawn, { kind: 'checkbox', name: 'anonymous', label: w.anonymous })}${ask(drawn, { kind: 'checkbox', name: 'confidential', label: w.confidential })}`,
  })
}

function aboutFields(drawn: Drawn, units: { value: string; label: string }[], problem: Problem | undefined): Html {
  const w = intakeWords(drawn.lang)
  return section({
    title: w.about,
    body: html`<div class="side-by-side">${ask(drawn, {
      kind: 'text',
      name: 'officers',
      label: w.officers,
      hint: w.officersHint,
      optional: true,
      maxlength: 400,
    })}${ask(drawn, { kind: 'select', name: 'unitId', label: w.unit, optional: true, options: units })}</div>${namesakes(drawn, problem)}`,
  })
}

/** A name that fits several officers is asked back, with their units and numbers. */
function namesakes(drawn: Drawn, problem: Problem | undefined): Html {
  const w = intakeWords(drawn.lang)
  const asked = (problem?.detail.ambiguous ?? []) as Ambiguous[]
  return html`${asked.map(({ typed, candidates }, at) => {
    const options = candidates.map((officer) => ({
      value: officer.id,
      label: `${officer.name} ${officer.policeNo} ${drawn.lang === 'en' ? officer.unitEn : officer.unitZh}`,
    }))
    // Several names share the field's name; each group has an id of its own.
    const group = field({
      lang: drawn.lang,
      kind: 'checkbox',
      name: `chosen${at}`,
      label: w.chosen(typed),
      options: [...options, { value: 'none', label: w.noneOfThem }],
      keys: asked.length === 1,
    })
    return group
  })}`
}

function moreFieldsPart(drawn: Drawn): Html {
  const w = intakeWords(drawn.lang)
  const first = drawn.kind === 'letter' || drawn.kind === 'transfer' || drawn.kind === 'book'
  const received = html`${ask(drawn, { kind: 'date', name: 'receivedOn', label: w.receivedOn, hint: w.receivedHint, optional: true, maxlength: 20, width: 'short' })}${ask(
    drawn,
    {
      kind: 'text',
      name: 'sourceRef',
      label: w.sourceRef,
      optional: true,
      maxlength: longest.sourceRef,
      width: 'short',
    },
  )}`
  const open = moreFields.some((name) => drawn.errors.some((error) => error.name === name) || filled(drawn.typed[name]))
  return html`${first ? html`<div class="side-by-side">${received}</div>` : nothing}${dialogDetails({
    summary: w.more,
    open,
    body: html`<div class="side-by-side">${ask(drawn, { kind: 'date', name: 'occurredOn', label: w.occurredOn, optional: true, hint: '', maxlength: 20, width: 'short' })}${ask(
      drawn,
      { kind: 'text', name: 'place', label: w.place, optional: true, maxlength: longest.place },
    )}</div>${ask(drawn, { kind: 'textarea', name: 'wish', label: w.wish, optional: true, rows: 2, width: 'wide', maxlength: longest.wish })}<div class="side-by-side">${ask(
      drawn,
      { kind: 'text', name: 'matterNo', label: w.matterNo, optional: true, maxlength: 40, width: 'short' },
    )}${ask(drawn, { kind: 'text', name: 'citizenNo', label: w.citizenNo, optional: true, maxlength: 40, width: 'short' })}${ask(
      drawn,
      { kind: 'text', name: 'address', label: w.address, optional: true, maxlength: 400 },
    )}</div><div class="side-by-side">${ask(drawn, { kind: 'text', name: 'groupSize', label: w.groupSize, optional: true, inputmode: 'numeric', maxlength: 6, width: 'short' })}${ask(
      drawn,
      {
        kind: 'text',
        name: 'representatives',
        label: w.representatives,
        optional: true,
        inputmode: 'numeric',
        maxlength: 6,
        width: 'short',
      },
    )}</div>${first ? nothing : html`<div class="side-by-side">${received}</div>`}`,
  })}`
}

function filled(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
