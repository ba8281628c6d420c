import { errorOf } from '#console/frame.ts'
import { revealReasons, supplementCauses, visitCauses } from '#modules/service-window/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Field } from '#platform/ui/field.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { dialogDetails, notice, section } from '#platform/ui/parts.ts'
import { valueOn } from '#policy/parameter.ts'
import type { Action } from '#policy/service-window/lifecycle.ts'
import { longestExtension } from '#policy/service-window/limits.ts'
import type { MatterData } from './matter-data.ts'
import { pageWords } from './matter-words.ts'
import { errorsIn, fieldIn, matterPath, nameIn, said, typed } from './shared.ts'
import { stepWords } from './step-words.ts'
import { matterWords } from './words.ts'

type Asked = Omit<Field, 'lang' | 'error'>
export type Step = {
  form: string
  title: string
  hint?: string
  fields: Asked[]
  submit: { label: string; kind?: 'main' | 'plain' | 'danger'; key?: boolean; name?: string; value?: string }
  beside?: Html
}

/** One step's form with what was typed into it and what is wrong with it, if it is the one that came back. */
export function stepForm(data: MatterData, meta: Meta, step: Step): Html {
  const back = data.returned?.form === step.form ? data.returned : undefined
  const errors = errorsIn(back?.problem, meta.lang).filter((error) => error.name !== '')
  return html`${step.hint ? html`<p class="hint">${step.hint}</p>` : nothing}${errorSummary({ lang: meta.lang, errors: errors.map((error) => ({ ...error, name: nameIn(step.form, error.name) })) })}${form(
    {
      id: `${step.form}-form`,
      action: matterPath(data.view.matter.id, `/${step.form}`),
      csrf: meta.csrf,
      version: data.view.matter.version,
      swap: true,
      submit: step.submit,
      beside: step.beside,
      body: html`${step.fields.map((asked) => fieldIn(step.form, { ...asked, lang: meta.lang, value: typed(back?.body, asked.name) ?? asked.value, error: errorOf(errors, asked.name) }))}`,
    },
  )}`
}

/** The step that comes next in the present state stands open, under its own heading. */
export function nextSteps(ctx: Context, data: MatterData, meta: Meta): Html {
  const { view } = data
  const can = (action: Action) => view.can.includes(action)
  const steps: (Step | null)[] = [
    can('refuse') && data.assessment?.branch === 'refuse' && view.matter.status === 'received'
      ? refuseStep(data, meta.lang, true)
      : null,
    needsSecond(data) ? secondStep(data, meta.lang) : null,
    can('return-visit') && !toBeSigned(data, dayOf(ctx.now)) ? visitStep(data, meta.lang, true) : null,
    can('complete') ? completeStep(meta.lang) : null,
  ]
  return html`${view.offeredToMe ? offer(data, meta) : nothing}${steps.map((step) => (step ? section({ title: step.title, id: step.form, body: stepForm(data, meta, step) }) : nothing))}`
}

/** Just issued: the citizen is still at the counter and signs. A key pressed once too often begins no next visit. */
export function toBeSigned(data: MatterData, today: Temporal.PlainDate): boolean {
  const latest = data.view.notices.findLast((notice) => notice.status === 'issued')
  return latest?.issuedAt != null && !latest.signature && dayOf(latest.issuedAt).equals(today)
}

function needsSecond(data: MatterData): boolean {
  const { notices, can } = data.view
  const told = notices.some((notice) => notice.status === 'issued')
  const asked = notices.some((notice) => notice.status === 'requested')
  return told && !asked && data.assessment?.branch === 'supplement' && can.includes('request-second-notice')
}

/** Rarer steps, each folded away; the one that came back with errors stands open. */
export function otherSteps(ctx: Context, data: MatterData, meta: Meta): Html {
  const { view } = data
  const can = (action: Action) => view.can.includes(action)
  const { lang } = meta
  const steps: (Step | null | false)[] = [
    can('return-visit') && toBeSigned(data, dayOf(ctx.now)) && visitStep(data, lang, false),
    can('refuse') && view.matter.status === 'accepted' && refuseStep(data, lang, false),
    can('request-extension') && view.extension === null && extensionStep(ctx, lang),
    can('hand-over') && !view.batons.some((baton) => !baton.receiptAt && !baton.declinedAt) && handOverStep(data, lang),
    data.mayTake && takeStep(lang),
    can('transfer-out') && transferStep(lang),
    can('withdraw') && withdrawStep(lang),
    data.mayReveal && (view.matter.phone_sealed || view.matter.citizen_no_sealed) ? revealStep(lang) : null,
  ]
  const shown = steps.filter((step) => step !== null && step !== false)
  if (shown.length === 0) return nothing
  return section({
    title: pageWords(lang).others,
    body: html`${shown.map((step) => dialogDetails({ summary: step.title, id: step.form, open: data.returned?.form === step.form, body: stepForm(data, meta, step) }))}`,
  })
}

function refuseStep(data: MatterData, lang: Lang, main: boolean): Step {
  const w = stepWords(lang).refuse
  const policy = data.assessment?.policy
  const reasons = policy && !policy.met ? policy.reasons : []
  // Printed and shown to the citizen: prefilled in Chinese, which binds.
  const prefilled = (part: 'reason' | 'canDo') => reasons.map((reason) => reason[part].zh).join('\n')
  return {
    form: 'refuse',
    title: w.title,
    fields: [
      {
        kind: 'textarea',
        name: 'reason',
        label: w.reason,
        value: prefilled('reason'),
        rows: 3,
        maxlength: 1000,
        width: 'wide',
      },
      {
        kind: 'textarea',
        name: 'canDo',
        label: w.canDo,
        value: prefilled('canDo'),
        rows: 3,
        maxlength: 1000,
        width: 'wide',
      },
    ],
    submit: { label: w.submit, kind: main ? 'main' : 'danger', key: main },
  }
}

function secondStep(_data: MatterData, lang: Lang): Step {
  const w = stepWords(lang).second
  return {
    form: 'second-notice',
    title: w.title,
    hint: w.why,
    fields: [
      {
        kind: 'radio',
        name: 'cause',
        label: w.cause,
        options: supplementCauses.map((cause) => ({ value: cause, label: matterWords(lang).supplementCauses[cause] })),
      },
      { kind: 'textarea', name: 'note', label: w.note, rows: 2, maxlength: 500, width: 'wide' },
    ],
    submit: { label: w.submit, key: true },
  }
}

function visitStep(data: MatterData, lang: Lang, main: boolean): Step {
  const w = stepWords(lang).visit
  const visit = data.view.matter.visits + 1
  const causes = visitCauses.map((cause) => ({ value: cause, label: matterWords(lang).causes[cause] }))
  return {
    form: 'visit',
    title: w.title,
    hint: w.hint,
    fields: visit >= 3 ? [{ kind: 'radio', name: 'cause', label: w.cause, options: causes, keys: true }] : [],
    submit: { label: w.submit(visit), kind: main ? 'main' : 'plain', key: main },
  }
}

function completeStep(lang: Lang): Step {
  const w = stepWords(lang).complete
  return { form: 'complete', title: w.title, hint: w.hint, fields: [], submit: { label: w.submit } }
}

function extensionStep(ctx: Context, lang: Lang): Step {
  const w = stepWords(lang).extension
  return {
    form: 'extension',
    title: w.title,
    hint: w.hint(valueOn(longestExtension, dayOf(ctx.now)).value),
    fields: [
      { kind: 'text', name: 'days', label: w.days, inputmode: 'numeric', width: 'short', maxlength: 3 },
      { kind: 'textarea', name: 'reason', label: w.reason, rows: 2, maxlength: 500, width: 'wide' },
    ],
    submit: { label: w.submit, kind: 'plain' },
  }
}

function handOverStep(data: MatterData, lang: Lang): Step {
  const w = stepWords(lang).handOver
  const people = data.receivers.map((person) => ({
    value: person.id,
    label: `${person.name} ${person.policeNo} · ${said({ zh: person.unitZh, en: person.unitEn }, lang)}`,
  }))
  return {
    form: 'hand-over',
    title: w.title,
    hint: w.hint,
    fields: [
      { kind: 'select', name: 'toPersonId', label: w.to, options: people },
      { kind: 'text', name: 'reason', label: w.reason, maxlength: 500, width: 'wide' },
    ],
    submit: { label: w.submit, kind: 'plain' },
  }
}

function takeStep(lang: Lang): Step {
  const w = stepWords(lang).take
  return {
    form: 'take',
    title: w.title,
    hint: w.hint,
    fields: [{ kind: 'text', name: 'reason', label: w.reason, maxlength: 500, width: 'wide' }],
    submit: { label: w.submit, kind: 'plain' },
  }
}

function transferStep(lang: Lang): Step {
  const w = stepWords(lang).transfer
  return {
    form: 'transfer',
    title: w.title,
    hint: w.hint,
    fields: [
      { kind: 'text', name: 'receiverName', label: w.name, maxlength: 100, width: 'wide' },
      { kind: 'tel', name: 'receiverPhone', label: w.phone, maxlength: 40, optional: true, width: 'short' },
      { kind: 'text', name: 'receiverReceipt', label: w.receipt, maxlength: 200, width: 'wide' },
      { kind: 'textarea', name: 'reason', label: w.reason, rows: 2, maxlength: 1000, width: 'wide' },
      { kind: 'checkbox', name: 'told', label: w.told },
    ],
    submit: { label: w.submit, kind: 'danger' },
  }
}

function withdrawStep(lang: Lang): Step {
  const w = stepWords(lang).withdraw
  return {
    form: 'withdraw',
    title: w.title,
    fields: [{ kind: 'textarea', name: 'reason', label: w.reason, rows: 2, maxlength: 1000, width: 'wide' }],
    submit: { label: w.submit, kind: 'danger' },
  }
}

function revealStep(lang: Lang): Step {
  const w = stepWords(lang).reveal
  const reasons = revealReasons.map((reason) => ({ value: reason, label: matterWords(lang).revealReasons[reason] }))
  return {
    form: 'reveal',
    title: w.title,
    hint: w.hint,
    fields: [{ kind: 'radio', name: 'reason', label: w.reason, options: reasons }],
    submit: { label: w.submit, kind: 'plain' },
  }
}

function offer(data: MatterData, meta: Meta): Html {
  const w = stepWords(meta.lang).offer
  const waiting = data.view.batons.find((baton) => !baton.receiptAt && !baton.declinedAt)
  const decline: Step = {
    form: 'offer',
    title: w.decline,
    fields: [{ kind: 'text', name: 'reason', label: w.reason, maxlength: 500, width: 'wide' }],
    submit: { label: w.decline, kind: 'plain', name: 'answer', value: 'decline' },
  }
  return section({
    title: w.title,
    id: 'offer',
    body: html`${notice({ lang: meta.lang, kind: 'info', title: w.by(waiting?.fromName ?? data.view.firstOfficer.name, waiting?.reason ?? '') })}${form(
      {
        action: matterPath(data.view.matter.id, '/offer'),
        csrf: meta.csrf,
        swap: true,
        inline: true,
        hidden: { answer: 'take' },
        submit: { label: w.take },
      },
    )}${dialogDetails({ summary: w.decline, open: data.returned?.form === 'offer', body: stepForm(data, meta, decline) })}`,
  })
}
