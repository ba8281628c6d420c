import { Type } from 'typebox'
import { idParams, pageQuery, posted, readDay, text, unitOf } from '#console/system/shared.ts'
import { consoleWords } from '#console/words.ts'
import { addDuty, addPerson, endDuty, listHoldings, type Person, savePerson } from '#modules/directory/index.ts'
import type { Auth } from '#platform/auth/index.ts'
import { dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { formatMoment } from '#platform/i18n.ts'
import { invalid } from '#platform/problem.ts'
import { writeWorkbook } from '#platform/spreadsheet/workbook.ts'
import { accountEndpoints } from './account-routes.ts'
import { directoryEndpoints } from './directory-routes.ts'
import { addPersonPage, peoplePage, personPath } from './people-page.ts'
import { personPage } from './person-page.ts'
import { accountWords } from './words.ts'

const keeping = { side: 'internal', permission: 'account.manage' } as const
const anybody = Type.Object(posted)

/** People, accounts and duties, for the security administrator; the directory, for everybody; units, for the system's. */
export function accountsEndpoints({ auth }: { auth: Auth }): AnyEndpoint[] {
  return [
    people,
    holdings,
    addForm,
    add,
    person,
    save,
    giveDuty,
    takeDuty,
    ...accountEndpoints(auth),
    ...directoryEndpoints(),
  ]
}

const people = endpoint({
  ...keeping,
  method: 'GET',
  path: '/console/accounts',
  summary: 'People, accounts and duties',
  audit: 'account.list',
  query: Type.Object({
    ...pageQuery,
    text: text(50),
    unitId: text(36),
    role: text(40),
    state: text(20),
    after: text(12),
  }),
  handle: async (ctx, { query, meta }) => {
    const { text, role, after } = query
    const state = (['active', 'inactive', 'no_account'] as const).find((known) => known === query.state)
    const unitId = query.unitId && /^[0-9a-f-]{36}$/.test(query.unitId) ? query.unitId : undefined
    return { page: await peoplePage(ctx, meta, { text, role, after, state, unitId }) }
  },
})

const holdings = endpoint({
  ...keeping,
  method: 'GET',
  path: '/console/accounts/holdings.xlsx',
  summary: 'Who holds what today, as a spreadsheet',
  audit: 'account.export',
  query: Type.Object(pageQuery),
  handle: async (ctx, { meta }) => {
    const { lang } = meta
    const w = accountWords(lang)
    const names = consoleWords(lang).roles
    const rows = await listHoldings(ctx, dayOf(ctx.now))
    const column = (key: string, title: string, width: number, kind: 'text' | 'date' = 'text') => ({
      key,
      title,
      kind,
      width,
    })
    const file = await writeWorkbook({
      sheetName: w.sheet,
      note: w.sheetNote(`${ctx.actor.name} ${ctx.actor.policeNo}`, formatMoment(ctx.now, lang)),
      columns: [
        column('number', w.columns.number, 12),
        column('name', w.columns.name, 14),
        column('home', w.columns.unit, 28),
        column('role', w.role, 18),
        column('unit', w.columns.area, 28),
        column('from', w.columns.from, 12, 'date'),
        column('until', w.columns.until, 12, 'date'),
      ],
      rows: rows.map((row) => ({
        number: row.policeNo,
        name: row.name,
        home: unitOf({ unitZh: row.homeZh, unitEn: row.homeEn }, lang),
        role: names[row.role],
        unit: unitOf(row, lang),
        from: row.from,
        until: row.until && Temporal.PlainDate.from(row.until).subtract({ days: 1 }).toString(),
      })),
    })
    return {
      file,
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      name: `${w.sheet}-${dayOf(ctx.now)}.xlsx`,
      download: true,
      audit: { subjectKind: 'directory', subjectId: null, data: { rows: rows.length } },
    }
  },
})

const addForm = endpoint({
  ...keeping,
  method: 'GET',
  path: '/console/accounts/new',
  summary: 'Form for a new person',
  audit: { unlogged: 'an empty form' },
  query: Type.Object(pageQuery),
  handle: async (ctx, { meta }) => ({ page: await addPersonPage(ctx, meta) }),
})

const personBody = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  kind: Type.Enum(['police', 'auxiliary']),
  unitId: Type.String({ format: 'uuid' }),
  phone: Type.String({ maxLength: 30, default: '' }),
  ...posted,
}

const add = endpoint({
  ...keeping,
  method: 'POST',
  path: '/console/accounts/people',
  summary: 'Register a person',
  audit: 'account.person-added',
  body: Type.Object({ policeNo: Type.String({ minLength: 1, maxLength: 20 }), ...personBody }),
  handle: async (ctx, { body }) => {
    const { id } = await addPerson(ctx, { ...body, kind: body.kind as Person['kind'] })
    return {
      redirect: personPath(id, '?done=added'),
      audit: { subjectKind: 'person', subjectId: id, unitId: body.unitId, data: { policeNo: body.policeNo } },
    }
  },
  onProblem: (ctx, { body, meta }, problem) => addPersonPage(ctx, meta, body, problem),
})

const person = endpoint({
  ...keeping,
  method: 'GET',
  path: '/console/accounts/people/:id',
  summary: 'A person’s account and duties',
  audit: 'account.view',
  params: idParams,
  query: Type.Object(pageQuery),
  handle: async (ctx, { params, query, meta }) => ({
    page: await personPage(ctx, meta, params.id, { done: query.done }),
    audit: { subjectKind: 'person', subjectId: params.id },
  }),
})

const save = endpoint({
  ...keeping,
  method: 'POST',
  path: '/console/accounts/people/:id',
  summary: 'Change a person’s data',
  audit: 'account.person-changed',
  params: idParams,
  body: Type.Object({ version: Type.String({ maxLength: 20 }), ...personBody }),
  handle: async (ctx, { params, body }) => {
    await savePerson(ctx, params.id, { ...body, kind: body.kind as Person['kind'] })
    return {
      redirect: personPath(params.id, '?done=saved'),
      audit: { subjectKind: 'person', subjectId: params.id, data: { unitId: body.unitId } },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    personPage(ctx, meta, params.id, { body, problem, form: 'person' }),
})

const giveDuty = endpoint({
  ...keeping,
  method: 'POST',
  path: '/console/accounts/people/:id/duties',
  summary: 'Give a duty',
  audit: 'account.duty-given',
  params: idParams,
  body: Type.Object({
    role: Type.String({ minLength: 1, maxLength: 40 }),
    forUnit: Type.String({ format: 'uuid' }),
    from: Type.String({ minLength: 1, maxLength: 20 }),
    until: text(20),
    ...posted,
  }),
  handle: async (ctx, { params, body }) => {
    const today = dayOf(ctx.now)
    const from = readDay(body.from, today, 'next')
    const until = body.until?.trim() ? readDay(body.until, today, 'next') : null
    const fields = {
      ...(from ? {} : { from: 'day-malformed' }),
      ...(body.until?.trim() && !until ? { until: 'day-malformed' } : {}),
    }
    if (!from || Object.keys(fields).length > 0) throw invalid(fields)
    await addDuty(ctx, params.id, { role: body.role, unitId: body.forUnit, from, until })
    return {
      redirect: personPath(params.id, '?done=duty#duties'),
      audit: {
        subjectKind: 'person',
        subjectId: params.id,
        data: { role: body.role, forUnit: body.forUnit, from: from.toString(), until: until?.toString() ?? null },
      },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    personPage(ctx, meta, params.id, { body, problem, form: 'duty' }),
})

const takeDuty = endpoint({
  ...keeping,
  method: 'POST',
  path: '/console/accounts/people/:id/duties/:duty/end',
  summary: 'End a duty now',
  audit: 'account.duty-ended',
  params: Type.Object({ id: Type.String({ format: 'uuid' }), duty: Type.String({ format: 'uuid' }) }),
  body: anybody,
  handle: async (ctx, { params }) => {
    const ended = await endDuty(ctx, params.id, params.duty)
    return {
      redirect: personPath(params.id, '?done=ended#duties'),
      audit: { subjectKind: 'person', subjectId: params.id, data: { role: ended.role, forUnit: ended.unitId } },
    }
  },
  onProblem: (ctx, { params, meta }, problem) => personPage(ctx, meta, params.id, { problem }),
})
