import { Type } from 'typebox'
import { idParams, pageQuery, posted, text } from '#console/system/shared.ts'
import { publishVersion, startDraft, startItem, withdrawVersion } from '#modules/registration/index.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import type { ItemArea, ItemKind } from '#policy/registration/item.ts'
import { editEndpoints } from './edit-routes.ts'
import { itemPage, listPage, newItemPage } from './list-page.ts'
import { versionData } from './version-data.ts'
import { versionPage, versionPath } from './version-page.ts'

const reading = {
  side: 'internal',
  method: 'GET',
  permission: 'catalogue.read',
  audit: { unlogged: 'the catalogue holds no personal data and is told to everybody' },
} as const
const editing = { side: 'internal', method: 'POST', permission: 'catalogue.edit' } as const
const publishing = { side: 'internal', method: 'POST', permission: 'catalogue.publish' } as const
const rowVersion = Type.Integer({ minimum: 1, maximum: 2_000_000_000 })
const query = Type.Object(pageQuery)

/** The service catalogue: read by everybody, drafted by editors, published by somebody else (R43–R46). */
export function catalogueEndpoints(_parts?: object): AnyEndpoint[] {
  return [list, newItem, addItem, item, draftItem, version, ...editEndpoints(), publish, withdraw]
}

const list = endpoint({
  ...reading,
  path: '/console/catalogue',
  summary: 'Service catalogue by area',
  query,
  handle: async (ctx, { meta, query }) => ({ page: await listPage(ctx, meta, query.done) }),
})

const newItem = endpoint({
  ...reading,
  permission: 'catalogue.edit',
  path: '/console/catalogue/new',
  summary: 'Form for a new service item',
  query,
  handle: async (ctx, { meta }) => ({ page: await newItemPage(ctx, meta) }),
})

const addItem = endpoint({
  ...editing,
  path: '/console/catalogue/items',
  summary: 'Begin a new service item',
  audit: 'catalogue.item-added',
  body: Type.Object({
    code: Type.String({ minLength: 1, maxLength: 60 }),
    'name.zh': Type.String({ minLength: 1, maxLength: 60 }),
    'name.en': text(120),
    area: area(),
    kind: kind(),
    ...posted,
  }),
  handle: async (ctx, { body }) => {
    const { id } = await startItem(ctx, {
      code: body.code.trim(),
      area: body.area as ItemArea,
      kind: body.kind as ItemKind,
      name: { zh: body['name.zh'], en: body['name.en'] ?? '' },
    })
    return {
      redirect: versionPath(id),
      audit: { subjectKind: 'item_version', subjectId: id, data: { item: body.code } },
    }
  },
  onProblem: (ctx, { body, meta }, problem) => newItemPage(ctx, meta, body, problem),
})

function area() {
  return Type.Enum(['household_registration', 'id_card', 'residence', 'exit_entry', 'traffic', 'public_order'])
}
function kind() {
  return Type.Enum(['registration', 'confirmation', 'licence', 'public_service'])
}

const codeParams = Type.Object({ code: Type.String({ maxLength: 60 }) })

const item = endpoint({
  ...reading,
  path: '/console/catalogue/items/:code',
  summary: 'Versions of a service item',
  params: codeParams,
  query,
  handle: async (ctx, { params, meta }) => ({ page: await itemPage(ctx, meta, params.code) }),
})

const draftItem = endpoint({
  ...editing,
  path: '/console/catalogue/items/:code/draft',
  summary: 'Draft a new version',
  audit: 'catalogue.drafted',
  params: codeParams,
  body: Type.Object(posted),
  handle: async (ctx, { params }) => {
    const { id, number } = await startDraft(ctx, params.code)
    return {
      redirect: versionPath(id),
      audit: { subjectKind: 'item_version', subjectId: id, data: { item: params.code, number } },
    }
  },
  onProblem: (ctx, { params, meta }, problem) => itemPage(ctx, meta, params.code, problem),
})

const version = endpoint({
  ...reading,
  path: '/console/catalogue/versions/:id',
  summary: 'A version of the catalogue',
  params: idParams,
  query,
  handle: async (ctx, { params, query, meta }) => ({
    page: await versionPage(ctx, meta, await versionData(ctx, params.id), { done: query.done }),
  }),
})

const publish = endpoint({
  ...publishing,
  path: '/console/catalogue/versions/:id/publish',
  summary: 'Publish a draft',
  audit: 'catalogue.published',
  params: idParams,
  body: Type.Object({ version: rowVersion, ...posted }),
  handle: async (ctx, { params, body }) => {
    const { version, changes } = await publishVersion(ctx, params.id, body.version)
    const data = {
      item: version.itemCode,
      number: version.number,
      from: version.from,
      changes: changes.map(({ effect, code, about }) => `${effect} ${code} ${about}`),
    }
    return {
      redirect: versionPath(params.id, '?done=published'),
      audit: { subjectKind: 'item_version', subjectId: params.id, data },
    }
  },
  onProblem: async (ctx, { params, meta }, problem) =>
    versionPage(ctx, meta, await versionData(ctx, params.id), { problem }),
})

const withdraw = endpoint({
  ...publishing,
  path: '/console/catalogue/versions/:id/withdraw',
  summary: 'Withdraw a published version',
  audit: 'catalogue.withdrawn',
  params: idParams,
  body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 200 }), version: rowVersion, ...posted }),
  handle: async (ctx, { params, body }) => {
    const { version, wasInForce } = await withdrawVersion(ctx, params.id, {
      rowVersion: body.version,
      reason: body.reason,
    })
    return {
      redirect: versionPath(params.id, '?done=withdrawn'),
      audit: {
        subjectKind: 'item_version',
        subjectId: params.id,
        data: { item: version.itemCode, number: version.number, wasInForce, reason: body.reason.trim() },
      },
    }
  },
  onProblem: async (ctx, { params, body, meta }, problem) =>
    versionPage(ctx, meta, await versionData(ctx, params.id), { problem, body }),
})
