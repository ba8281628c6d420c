import { type TProperties, Type } from 'typebox'
import {
  agendaTopics,
  callMeeting,
  confirmMonth,
  decideMeasure,
  draftReport,
  evaluateMeasure,
  noteAttendance,
  noteOutage,
  receiveReport,
  reportProgress,
  signMinutes,
  signReport,
  viewMonth,
  writeMinutes,
} from '#modules/complaints/index.ts'
import { personByNumber } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { invalid } from '#platform/problem.ts'
import type { Permission } from '#policy/access/permissions.ts'
import type { Department } from '#policy/complaints/lists.ts'
import { cockpitPage } from './cockpit-page.ts'
import { pathOf } from './cockpit-parts.ts'
import { monthDocuments } from './documents.ts'
import { draftPage, typicalCases } from './draft-page.ts'
import { monthsPage } from './list-page.ts'
import { errorsOf, momentTyped } from './shared.ts'

const period = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' })
const params = Type.Object({ period })
const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
const pageQuery = {
  done: Type.Optional(Type.String({ maxLength: 20 })),
  lang: Type.Optional(Type.String()),
  elder: Type.Optional(Type.String()),
}
const formFields = {
  _csrf: Type.Optional(Type.String()),
  attempt: Type.Optional(Type.String()),
  version: Type.Optional(Type.Integer()),
}
const text = (max: number) => Type.Optional(Type.String({ maxLength: max * 2 }))

type Typed = Record<string, string> & { version?: number }
type Action = {
  path: `/${string}`
  form: string
  summary: string
  permission: Permission
  audit: string
  fields: TProperties
  act(ctx: Context, month: string, typed: Typed): Promise<string>
}

/** Every change of a month is one form: it does, and leads back to the month; on a problem the month comes back with what was typed. */
function action(said: Action): AnyEndpoint {
  return endpoint({
    method: 'POST',
    path: `/console/months/:period${said.path === '/' ? '' : said.path}` as `/${string}`,
    side: 'internal',
    summary: said.summary,
    permission: said.permission,
    audit: said.audit,
    params,
    body: Type.Object({ ...formFields, ...said.fields }),
    async handle(ctx, { params, body }) {
      const done = await said.act(ctx, params.period, body as unknown as Typed)
      return {
        redirect: `${pathOf(params.period)}?done=${done}#${said.form}`,
        audit: { subjectKind: 'month', subjectId: null, data: { period: params.period } },
      }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      cockpitPage(ctx, meta, {
        period: params.period,
        back: { form: said.form, typed: body, errors: errorsOf(problem, meta.lang, Object.keys(said.fields)) },
      }),
  })
}

const list = endpoint({
  method: 'GET',
  path: '/console/months',
  side: 'internal',
  summary: 'The months of the complaints institution, their course, and what may be claimed of it',
  permission: 'month.read',
  audit: { unlogged: 'sums; nobody who complained is in them' },
  query: Type.Object({ ...pageQuery, before: Type.Optional(period) }),
  handle: async (ctx, { query, meta }) => ({ page: await monthsPage(ctx, meta, query) }),
})

const outage = endpoint({
  method: 'POST',
  path: '/console/months/outages',
  side: 'internal',
  summary: 'Record that a complaint channel was down',
  permission: 'month.read',
  audit: 'month.outage',
  body: Type.Object({ ...formFields, channel: text(40), from: text(20), until: text(20), note: text(500) }),
  async handle(ctx, { body }) {
    await noteOutage(ctx, {
      channel: body.channel ?? '',
      from: body.from ?? '',
      until: body.until ?? '',
      note: body.note ?? '',
    })
    return { redirect: '/console/months?done=outage#outages' }
  },
  onProblem: (ctx, { body, meta }, problem) =>
    monthsPage(ctx, meta, {
      back: { form: 'outage', typed: body, errors: errorsOf(problem, meta.lang, ['channel', 'from', 'until', 'note']) },
    }),
})

const cockpit = endpoint({
  method: 'GET',
  path: '/console/months/:period',
  side: 'internal',
  summary: 'One month: confirmations, report, meeting, measures',
  permission: 'month.read',
  audit: { unlogged: 'sums and officers’ names; nobody who complained is in it' },
  params,
  query: Type.Object(pageQuery),
  handle: async (ctx, { params, query, meta }) => ({
    page: await cockpitPage(ctx, meta, { period: params.period, done: query.done }),
  }),
})

const draft = endpoint({
  method: 'GET',
  path: '/console/months/:period/report',
  side: 'internal',
  summary: 'Form of the month’s report',
  permission: 'month.keep',
  audit: { unlogged: 'a form' },
  params,
  handle: async (ctx, { params, meta }) => ({ page: await draftPage(ctx, meta, params.period) }),
})

const typicalFields = Object.fromEntries(
  Array.from({ length: typicalCases }, (_, at) => at).flatMap((at) =>
    (['heading', 'facts', 'outcome', 'lesson'] as const).map((name) => [`${name}${at}`, text(2000)]),
  ),
)

const saveDraft = endpoint({
  method: 'POST',
  path: '/console/months/:period/report',
  side: 'internal',
  summary: 'Draw up the month’s report',
  permission: 'month.keep',
  audit: 'month.draft',
  params,
  body: Type.Object({ ...formFields, shortcomings: text(4000), proposals: text(4000), ...typicalFields }),
  async handle(ctx, { params, body }) {
    const typed = body as unknown as Typed
    const typical = Array.from({ length: typicalCases }, (_, at) => ({
      heading: typed[`heading${at}`] ?? '',
      facts: typed[`facts${at}`] ?? '',
      outcome: typed[`outcome${at}`] ?? '',
      lesson: typed[`lesson${at}`] ?? '',
    }))
    await draftReport(
      ctx,
      params.period,
      { shortcomings: typed.shortcomings ?? '', proposals: typed.proposals ?? '', typical },
      typed.version,
    )
    return {
      redirect: `${pathOf(params.period)}?done=report#report`,
      audit: { subjectKind: 'month', subjectId: null, data: { period: params.period } },
    }
  },
  onProblem: (ctx, { params, body, meta }, problem) =>
    draftPage(ctx, meta, params.period, { form: 'report', typed: body, errors: errorsOf(problem, meta.lang) }),
})

function monthActions(documents: Documents): AnyEndpoint[] {
  return [
    action({
      path: '/confirm',
      form: 'confirm',
      summary: 'A department confirms what it collected',
      permission: 'month.confirm',
      audit: 'month.confirm',
      fields: { department: text(40), result: text(10) },
      async act(ctx, month, typed) {
        await confirmMonth(ctx, month, {
          department: typed.department as Department,
          result: typed.result === 'nil' ? 'nil' : 'complete',
        })
        return 'confirm'
      },
    }),
    action({
      path: '/report/sign',
      form: 'report',
      summary: 'A leader signs the report and submits it to the Party committee',
      permission: 'month.chair',
      audit: 'month.sign-report',
      fields: {},
      async act(ctx, month, typed) {
        await signReport(ctx, month, { version: typed.version ?? 0 }, documents)
        return 'sign'
      },
    }),
    action({
      path: '/report/receive',
      form: 'report',
      summary: 'The Party committee’s receipt',
      permission: 'month.chair',
      audit: 'month.receive-report',
      fields: {},
      async act(ctx, month) {
        await receiveReport(ctx, month)
        return 'receive'
      },
    }),
    action({
      path: '/meeting',
      form: 'meeting',
      summary: 'Call the month’s meeting',
      permission: 'month.keep',
      audit: 'month.call-meeting',
      fields: { plannedAt: text(30), place: text(200), chairId: text(40), recorderId: text(40) },
      async act(ctx, month, typed) {
        const plannedAt = momentTyped(typed.plannedAt ?? '')
        const wrong = {
          ...(!plannedAt && { plannedAt: 'moment-unclear' }),
          ...(!typed.chairId && { chairId: 'choose-one' }),
          ...(!typed.recorderId && { recorderId: 'choose-one' }),
        }
        if (!plannedAt || Object.keys(wrong).length > 0) throw invalid(wrong)
        await callMeeting(ctx, month, {
          plannedAt,
          place: typed.place ?? '',
          chairId: typed.chairId ?? '',
          recorderId: typed.recorderId ?? '',
        })
        return 'call'
      },
    }),
    action({
      path: '/attendance',
      form: 'attendance',
      summary: 'Note who came to the meeting',
      permission: 'month.read',
      audit: 'month.attendance',
      fields: { personId: text(40), state: text(10), deputyNo: text(12), reason: text(500) },
      act: noteTyped,
    }),
    action({
      path: '/minutes',
      form: 'minutes',
      summary: 'Write the minutes',
      permission: 'month.keep',
      audit: 'month.write-minutes',
      fields: {
        beganAt: text(30),
        endedAt: text(30),
        ...Object.fromEntries(agendaTopics('zh').map((_, at) => [`said${at}`, text(8000)])),
      },
      act: minutesTyped,
    }),
    action({
      path: '/minutes/sign',
      form: 'minutes',
      summary: 'Sign the minutes: the recorder, then the chair',
      permission: 'month.read',
      audit: 'month.sign-minutes',
      fields: {},
      act: async (ctx, month, typed) => signMinutes(ctx, month, { version: typed.version ?? 0 }, documents),
    }),
    action({
      path: '/measures',
      form: 'measure',
      summary: 'Decide a countermeasure with unit and day',
      permission: 'month.read',
      audit: 'month.decide-measure',
      fields: { text: text(1000), unitId: text(40), dueOn: text(20) },
      async act(ctx, month, typed) {
        await decideMeasure(ctx, month, {
          text: typed.text ?? '',
          unitId: typed.unitId ?? '',
          dueOn: typed.dueOn ?? '',
        })
        return 'measure'
      },
    }),
  ]
}

async function noteTyped(ctx: Context, month: string, typed: Typed): Promise<string> {
  if (typed.personId === 'rest') {
    const { attendance } = await viewMonth(ctx, month)
    for (const row of attendance.filter((one) => one.state === null))
      await noteAttendance(ctx, month, { personId: row.personId, state: 'present' })
    return 'attendance'
  }
  const deputy = typed.state === 'deputy' ? await personByNumber(ctx, typed.deputyNo ?? '') : undefined
  if (typed.state === 'deputy' && !deputy) throw invalid({ deputyNo: 'number-unknown' })
  await noteAttendance(ctx, month, {
    personId: typed.personId ?? '',
    state: typed.state ?? '',
    deputyId: deputy?.id,
    reason: typed.reason,
  })
  return 'attendance'
}

async function minutesTyped(ctx: Context, month: string, typed: Typed): Promise<string> {
  const [beganAt, endedAt] = [momentTyped(typed.beganAt ?? ''), momentTyped(typed.endedAt ?? '')]
  const wrong = {
    ...(!beganAt && { beganAt: 'moment-unclear' }),
    ...(!endedAt && { endedAt: 'moment-unclear' }),
  }
  if (!beganAt || !endedAt) throw invalid(wrong)
  const discussion = agendaTopics('zh').map((topic, at) => ({
    topic,
    text: (typed[`said${at}`] ?? '')
      .split(/\n+/)
      .map((line) => line.trim())
      .filter(Boolean),
  }))
  await writeMinutes(ctx, month, { version: typed.version ?? 0, beganAt, endedAt, discussion })
  return 'minutes'
}

function measureAction(
  name: 'progress' | 'evaluate',
  fields: TProperties,
  act: (ctx: Context, id: string, typed: Typed) => Promise<void>,
) {
  return endpoint({
    method: 'POST',
    path: `/console/measures/:id/${name}`,
    side: 'internal',
    summary: name === 'progress' ? 'Report what was done about a measure' : 'Evaluate a measure',
    permission: 'month.read',
    audit: `measure.${name}`,
    params: Type.Object({ id: uuid }),
    body: Type.Object({ ...formFields, period, ...fields }),
    async handle(ctx, { params, body }) {
      await act(ctx, params.id, body as unknown as Typed)
      return {
        redirect: `${pathOf(body.period)}?done=${name}#measures`,
        audit: { subjectKind: 'measure', subjectId: params.id },
      }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      cockpitPage(ctx, meta, {
        period: String(body.period),
        back: { form: name, typed: { ...body, id: params.id }, errors: errorsOf(problem, meta.lang) },
      }),
  })
}

/** The room of the monthly institution. */
export function monthEndpoints({ documents }: { documents: Documents }): AnyEndpoint[] {
  return [
    list,
    outage,
    ...monthDocuments(documents),
    cockpit,
    draft,
    saveDraft,
    ...monthActions(documents),
    measureAction('progress', { progress: text(2000) }, (ctx, id, typed) =>
      reportProgress(ctx, id, typed.progress ?? ''),
    ),
    measureAction('evaluate', { status: text(10), evaluation: text(1000) }, (ctx, id, typed) =>
      evaluateMeasure(ctx, id, {
        version: typed.version ?? 0,
        status: typed.status ?? '',
        evaluation: typed.evaluation ?? '',
      }),
    ),
  ]
}
