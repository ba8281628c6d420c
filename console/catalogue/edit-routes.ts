import { Type } from 'typebox'
import { idParams, pageQuery, posted, readDay, text } from '#console/system/shared.ts'
import { discardDraft, findVersion, saveDraft, saveDraftDates } from '#modules/registration/index.ts'
import { dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { invalid, notFound, Problem } from '#platform/problem.ts'
import { editPage } from './edit-page.ts'
import { actOnLists, contentFrom, entriesOf, type Typed, typedFrom } from './form-values.ts'
import { partOf } from './parts.ts'
import { versionData } from './version-data.ts'
import { versionPage, versionPath } from './version-page.ts'

const editing = { side: 'internal', permission: 'catalogue.edit' } as const
const rowVersion = Type.Integer({ minimum: 1, maximum: 2_000_000_000 })

/** What is done to a draft before it is published. */
export function editEndpoints(): AnyEndpoint[] {
  return [editForm, saveEdit, saveDates, discard]
}

const partParams = Type.Object({ id: Type.String({ format: 'uuid' }), part: Type.String({ maxLength: 20 }) })

function partNamed(key: string) {
  const part = partOf(key)
  if (!part) throw notFound('page')
  return part
}

const editForm = endpoint({
  ...editing,
  method: 'GET',
  audit: { unlogged: 'the catalogue holds no personal data and is told to everybody' },
  path: '/console/catalogue/versions/:id/edit/:part',
  summary: 'Form of a part of a draft',
  params: partParams,
  query: Type.Object({ ...pageQuery, open: text(100) }),
  handle: async (ctx, { params, query, meta }) => {
    const part = partNamed(params.part)
    const version = await findVersion(ctx, params.id)
    if (version.status !== 'draft') throw new Problem(409, 'version-not-draft')
    return {
      page: await editPage(ctx, meta, {
        version,
        part,
        typed: typedFrom(part.specs, version.content),
        opened: query.open,
        done: query.done === 'saved',
      }),
    }
  },
})

/** Every field of a form whose number of fields is not known: what is not text is left out. */
function typedOf(body: Record<string, unknown>): Typed {
  const own = new Set(['_csrf', 'attempt', 'version', 'do'])
  return Object.fromEntries(
    Object.entries(body).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !own.has(entry[0]),
    ),
  )
}

const saveEdit = endpoint({
  ...editing,
  method: 'POST',
  path: '/console/catalogue/versions/:id/edit/:part',
  summary: 'Save a part of a draft',
  audit: 'catalogue.edited',
  params: partParams,
  body: Type.Record(
    Type.String(),
    Type.Union([Type.String({ maxLength: 5000 }), Type.Array(Type.String({ maxLength: 5000 }), { maxItems: 20 })]),
  ),
  handle: async (ctx, { params, body }) => {
    const part = partNamed(params.part)
    const version = await findVersion(ctx, params.id)
    const act = [body.do].flat()[0] ?? 'save'
    const { content, errors } = contentFrom(part.specs, actOnLists(typedOf(body), act), version.content)
    if (Object.keys(errors).length > 0) throw invalid(errors)
    await saveDraft(ctx, params.id, { rowVersion: Number(body.version), part: part.key, content })
    return {
      redirect: backTo(params.id, part.key, act, typedOf(body)),
      audit: {
        subjectKind: 'item_version',
        subjectId: params.id,
        data: { item: version.itemCode, number: version.number, part: part.key },
      },
    }
  },
  onProblem: async (ctx, { params, body, meta }, problem) => {
    const part = partNamed(params.part)
    return editPage(ctx, meta, { version: await findVersion(ctx, params.id), part, typed: typedOf(body), problem })
  },
})

/** After a button of a list, back to that list with its entry open; after saving, back to the version. */
function backTo(id: string, part: string, act: string, typed: Typed): string {
  const [, verb, path = ''] = /^(add|remove|up|down):(.+)$/.exec(act) ?? []
  if (!verb) return versionPath(id, '?done=saved')
  const open = verb === 'add' ? `${path}.${entriesOf(path, typed)}` : path.slice(0, path.lastIndexOf('.'))
  const anchor = verb === 'add' ? `entry-f-${open}` : `f-${open}`
  return versionPath(id, `/edit/${part}?done=saved&open=${encodeURIComponent(open)}#${anchor.replaceAll('.', '-')}`)
}

const saveDates = endpoint({
  ...editing,
  method: 'POST',
  path: '/console/catalogue/versions/:id/dates',
  summary: 'First day and reason of a draft',
  audit: 'catalogue.edited',
  params: idParams,
  body: Type.Object({
    from: Type.String({ minLength: 1, maxLength: 20 }),
    changeNote: Type.String({ minLength: 1, maxLength: 500 }),
    version: rowVersion,
    ...posted,
  }),
  handle: async (ctx, { params, body }) => {
    const from = readDay(body.from, dayOf(ctx.now), 'next')
    if (!from) throw invalid({ from: 'day-malformed' })
    await saveDraftDates(ctx, params.id, { rowVersion: body.version, from, changeNote: body.changeNote })
    return {
      redirect: versionPath(params.id, '?done=saved'),
      audit: { subjectKind: 'item_version', subjectId: params.id, data: { part: 'dates', from: from.toString() } },
    }
  },
  onProblem: async (ctx, { params, body, meta }, problem) =>
    versionPage(ctx, meta, await versionData(ctx, params.id), { problem, body }),
})

const discard = endpoint({
  ...editing,
  method: 'POST',
  path: '/console/catalogue/versions/:id/discard',
  summary: 'Delete a draft',
  audit: 'catalogue.discarded',
  params: idParams,
  body: Type.Object({ version: rowVersion, ...posted }),
  handle: async (ctx, { params, body }) => {
    const draft = await discardDraft(ctx, params.id, body.version)
    return {
      redirect: '/console/catalogue?done=discarded',
      audit: {
        subjectKind: 'item_version',
        subjectId: params.id,
        data: { item: draft.itemCode, number: draft.number },
      },
    }
  },
  onProblem: async (ctx, { params, meta }, problem) =>
    versionPage(ctx, meta, await versionData(ctx, params.id), { problem }),
})
