import { Type } from 'typebox'
import { errorOf, frame } from '#console/frame.ts'
import { type Counter, listCounters, listUnits, type Unit, unitsOf } from '#modules/directory/index.ts'
import { itemNamesOn } from '#modules/registration/index.ts'
import { lastCounter, receiveCitizen } from '#modules/service-window/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { type Lang, messages } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { errorSummary, form } from '#platform/ui/form.ts'
import { errorsIn, itemChoices, langQuery, matterPath, posted, problemNotice, said, text, typed } from './shared.ts'

const receptionWords = messages(
  {
    title: '接待登记',
    name: '申请人姓名',
    request: '来办什么事',
    requestHint: '一句话写下群众的诉求',
    requestMissing: '请写明来办什么事',
    itemHint: '可以直接按序号选择',
    item: '办理事项',
    phone: '联系电话',
    phoneHint: '用于办结回访和补正提醒；不愿提供可留空',
    citizenNo: '公民身份号码',
    counter: '接待窗口',
    noCounter: '不在窗口（接待室、电话）',
    submit: '登记并开始办理',
  },
  {
    title: 'Reception',
    name: 'Applicant’s name',
    request: 'What they came for',
    requestHint: 'One line in the person’s own sense',
    requestMissing: 'Say what they came for',
    itemHint: 'Type the number to choose',
    item: 'Service item',
    phone: 'Phone',
    phoneHint: 'For the call-back and reminders; may stay empty',
    citizenNo: 'Citizen number',
    counter: 'Counter',
    noCounter: 'Not at a counter (room, telephone)',
    submit: 'Register and begin',
  },
)

const order = ['name', 'request', 'itemCode', 'phone', 'citizenNo', 'counterId']

async function receptionPage(
  ctx: Context,
  meta: Meta,
  body?: Record<string, unknown>,
  problem?: Problem,
): Promise<Html> {
  const w = receptionWords(meta.lang)
  const errors = errorsIn(problem, meta.lang, order).map((error) =>
    problem?.fields[error.name] === 'required' && error.name === 'request'
      ? { ...error, message: w.requestMissing }
      : error,
  )
  const shared = { lang: meta.lang }
  const wrong = (name: string) => errorOf(errors, name)
  const counters = await counterChoices(ctx, meta.lang)
  const counter = typed(body, 'counterId') ?? (await usualCounter(ctx, counters)) ?? ''
  const items = await itemNamesOn(ctx, dayOf(ctx.now))
  const main = html`${problemNotice(problem, meta.lang)}${errorSummary({ lang: meta.lang, errors: errors.filter((error) => error.name !== '') })}${form(
    {
      action: '/console/receive',
      csrf: meta.csrf,
      swap: true,
      submit: { label: w.submit, key: true },
      body: html`${field({ ...shared, kind: 'text', name: 'name', label: w.name, value: typed(body, 'name'), error: wrong('name'), autofocus: errors.length === 0, autocomplete: 'off', maxlength: 120 })}${field(
        {
          ...shared,
          kind: 'text',
          name: 'request',
          label: w.request,
          hint: w.requestHint,
          value: typed(body, 'request'),
          error: wrong('request'),
          autocomplete: 'off',
          maxlength: 1000,
          width: 'wide',
        },
      )}${field({
        ...shared,
        kind: 'select',
        name: 'itemCode',
        label: w.item,
        hint: w.itemHint,
        optional: true,
        value: typed(body, 'itemCode'),
        error: wrong('itemCode'),
        options: itemChoices(items, meta.lang),
      })}${field({
        ...shared,
        kind: 'tel',
        name: 'phone',
        label: w.phone,
        hint: w.phoneHint,
        optional: true,
        value: typed(body, 'phone'),
        error: wrong('phone'),
        autocomplete: 'off',
        maxlength: 40,
        width: 'short',
      })}${field({ ...shared, kind: 'text', name: 'citizenNo', label: w.citizenNo, optional: true, value: typed(body, 'citizenNo'), error: wrong('citizenNo'), autocomplete: 'off', maxlength: 40, width: 'short' })}${field(
        {
          ...shared,
          kind: 'select',
          name: 'counterId',
          label: w.counter,
          value: counter || 'none',
          error: wrong('counterId'),
          options: [...counters, { value: 'none', label: w.noCounter }],
        },
      )}`,
    },
  )}`
  return frame(ctx, meta, { title: w.title, current: '/console/receive', main, invalid: problem !== undefined })
}

type CounterChoice = { value: string; label: string }

/** The counters of every unit in which the actor receives; with one unit its name says nothing. */
async function counterChoices(ctx: Context, lang: Lang): Promise<CounterChoice[]> {
  const units = await unitsOf(ctx, 'matter.receive')
  const counters = await listCounters(ctx, units)
  const named = new Set(counters.map((counter) => counter.unitId)).size > 1 ? await listUnits(ctx) : []
  return counters.map((counter) => ({ value: counter.id, label: counterLabel(counter, named, lang) }))
}

function counterLabel(counter: Counter, units: readonly Unit[], lang: Lang): string {
  const unit = units.find((candidate) => candidate.id === counter.unitId)
  const name = said({ zh: counter.nameZh, en: counter.nameEn }, lang)
  return unit ? `${said({ zh: unit.nameZh, en: unit.nameEn }, lang)} ${name}` : name
}

/** The counter used last, else the first: most receptions are at a counter. */
async function usualCounter(ctx: Context, counters: readonly CounterChoice[]): Promise<string | undefined> {
  const last = await lastCounter(ctx)
  return (counters.find((counter) => counter.value === last) ?? counters[0])?.value
}

const receptionForm = endpoint({
  method: 'GET',
  path: '/console/receive',
  side: 'internal',
  summary: 'Reception form',
  permission: 'matter.receive',
  audit: { unlogged: 'an empty form' },
  query: Type.Object(langQuery),
  handle: async (ctx, { meta }) => ({ page: await receptionPage(ctx, meta) }),
})

const reception = endpoint({
  method: 'POST',
  path: '/console/receive',
  side: 'internal',
  summary: 'Receive a citizen: the officer becomes the first-contact officer (R84)',
  permission: 'matter.receive',
  audit: 'matter.receive',
  body: Type.Object({
    ...posted,
    name: Type.String({ maxLength: 400 }),
    request: Type.String({ maxLength: 4000 }),
    phone: text(100),
    citizenNo: text(100),
    itemCode: Type.Optional(Type.String({ pattern: '^[a-z_.]{0,80}$' })),
    counterId: Type.Optional(Type.String({ pattern: '^(none|[0-9a-f-]{36}|)$' })),
  }),
  handle: async (ctx, { body }) => {
    const counterId = body.counterId && body.counterId !== 'none' ? body.counterId : undefined
    const unitId = counterId
      ? (await listCounters(ctx, await unitsOf(ctx, 'matter.receive'))).find((counter) => counter.id === counterId)
          ?.unitId
      : undefined
    const made = await receiveCitizen(ctx, { ...body, counterId, unitId, itemCode: body.itemCode || undefined })
    return {
      redirect: matterPath(made.id, '?done=received'),
      audit: { subjectKind: 'matter', subjectId: made.id, unitId, data: { no: made.no } },
    }
  },
  onProblem: (ctx, { body, meta }, problem) => receptionPage(ctx, meta, body, problem),
})

export const receiveEndpoints: AnyEndpoint[] = [receptionForm, reception]
