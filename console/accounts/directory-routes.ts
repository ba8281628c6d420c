import { Type } from 'typebox'
import { idParams, pageQuery, posted, text } from '#console/system/shared.ts'
import { saveCounter, saveUnit } from '#modules/directory/index.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { counterPage, directoryPage, unitPage } from './directory-page.ts'

const managing = { side: 'internal', permission: 'directory.manage' } as const
const query = Type.Object(pageQuery)

export function directoryEndpoints(): AnyEndpoint[] {
  return [directory, unit, save, counterForm, counter]
}

const directory = endpoint({
  side: 'internal',
  permission: 'directory.read',
  method: 'GET',
  path: '/console/directory',
  summary: 'Directory of units and people',
  query,
  audit: { unlogged: 'office phones of colleagues; nothing of citizens' },
  handle: async (ctx, { query, meta }) => ({ page: await directoryPage(ctx, meta, query.done) }),
})

const unit = endpoint({
  ...managing,
  method: 'GET',
  path: '/console/directory/units/:id',
  summary: 'Form of a unit and its counters',
  audit: { unlogged: 'names and phones of a unit' },
  params: idParams,
  query,
  handle: async (ctx, { params, meta }) => ({ page: await unitPage(ctx, meta, params.id) }),
})

const save = endpoint({
  ...managing,
  method: 'POST',
  path: '/console/directory/units/:id',
  summary: 'Change a unit',
  audit: 'directory.unit-changed',
  params: idParams,
  body: Type.Object({
    nameZh: Type.String({ minLength: 1, maxLength: 100 }),
    nameEn: Type.String({ minLength: 1, maxLength: 100 }),
    address: Type.String({ maxLength: 100, default: '' }),
    phone: Type.String({ maxLength: 30, default: '' }),
    supervisionPhone: Type.String({ maxLength: 30, default: '' }),
    areaType: Type.Enum(['urban', 'rural']),
    version: Type.String({ maxLength: 20 }),
    ...posted,
  }),
  handle: async (ctx, { params, body }) => {
    const { _csrf, attempt: _, version, ...unit } = body
    await saveUnit(ctx, params.id, { ...unit, areaType: unit.areaType as 'urban' | 'rural', version })
    return {
      redirect: '/console/directory?done=unit',
      audit: { subjectKind: 'unit', subjectId: params.id, unitId: params.id, data: unit },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) => unitPage(ctx, meta, params.id, { body, problem }),
})

const counterParams = Type.Object({
  id: Type.String({ format: 'uuid' }),
  counter: Type.String({ pattern: '^(new|[0-9a-f-]{36})$' }),
})

const counterForm = endpoint({
  ...managing,
  method: 'GET',
  path: '/console/directory/units/:id/counters/:counter',
  summary: 'Form of a counter',
  audit: { unlogged: 'number and name of a counter' },
  params: counterParams,
  query,
  handle: async (ctx, { params, meta }) => ({ page: await counterPage(ctx, meta, params.id, params.counter) }),
})

const counter = endpoint({
  ...managing,
  method: 'POST',
  path: '/console/directory/units/:id/counters/:counter',
  summary: 'Add or change a counter',
  audit: 'directory.counter-changed',
  params: counterParams,
  body: Type.Object({
    no: Type.String({ minLength: 1, maxLength: 6 }),
    nameZh: Type.String({ minLength: 1, maxLength: 60 }),
    nameEn: Type.String({ minLength: 1, maxLength: 60 }),
    active: text(5),
    ...posted,
  }),
  handle: async (ctx, { params, body }) => {
    const form = { no: body.no, nameZh: body.nameZh, nameEn: body.nameEn, active: body.active === 'yes' }
    const id = await saveCounter(ctx, params.id, params.counter === 'new' ? null : params.counter, form)
    return {
      redirect: '/console/directory?done=counter',
      audit: { subjectKind: 'counter', subjectId: id, unitId: params.id, data: form },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    counterPage(ctx, meta, params.id, params.counter, { body, problem }),
})
