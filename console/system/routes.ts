import { Type } from 'typebox'
import { endOwnSession } from '#modules/directory/index.ts'
import { systemActor } from '#platform/actor.ts'
import { readAlarms } from '#platform/alarms/read-alarms.ts'
import type { Auth } from '#platform/auth/index.ts'
import { importCalendarYear, readNotice } from '#platform/calendar/import-calendar.ts'
import type { LiveCalendar } from '#platform/calendar/load-calendar.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { House } from '#platform/house.ts'
import { keepReply } from '#platform/http/attempt.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { type Bureau, bureauOf, saveBureau } from '#platform/settings.ts'
import type { CalendarYear } from '#policy/calendar/calendar-year.ts'
import { calendarPage, checkPage } from './calendar-page.ts'
import { bureauFields, bureauPage, systemPage } from './pages.ts'
import { retentionPage } from './retention-page.ts'
import { sessionsPage } from './sessions-page.ts'
import { idParams, pageQuery, posted, text } from './shared.ts'

export type CalendarParts = {
  /** The calendar that the house uses. */
  live: Pick<LiveCalendar, 'refresh'>
  /** Computes provisional dates again, as the system, in a transaction of its own; how many changed. */
  recompute(ctx: Context): Promise<Record<string, number>>
}

export type SystemParts = {
  auth: Auth
  houses: Record<'internal', House>
  calendar?: CalendarParts
  witness?: { dir: string }
}

const operating = { side: 'internal', permission: 'system.operate' } as const
const query = Type.Object(pageQuery)

/** State of the installation, working days, the bureau's own data; and everybody's own sessions. */
export function systemEndpoints(parts: SystemParts): AnyEndpoint[] {
  return [
    state(parts),
    retention,
    calendar,
    check,
    importYear(parts),
    bureau,
    saveBureauData,
    sessions(parts.auth),
    endSession(parts.auth),
  ]
}

const state = ({ houses, witness }: SystemParts) =>
  endpoint({
    ...operating,
    method: 'GET',
    path: '/console/system',
    summary: 'State of the installation',
    query,
    audit: { unlogged: 'counts and versions' },
    handle: async (ctx, { query, meta }) => {
      // The audit log's own state is not the administrator's to read; how old its last head is, is.
      const look = (own: Context) => readAlarms(own, witness?.dir ?? null)
      const alarms = await houses.internal.read(systemActor, meta.requestId, look)
      return { page: await systemPage(ctx, meta, alarms, query.done) }
    },
  })

const retention = endpoint({
  ...operating,
  method: 'GET',
  path: '/console/system/retention',
  summary: 'Periods for which data is kept, and what was removed',
  query,
  audit: { unlogged: 'periods and counts' },
  handle: async (ctx, { meta }) => ({ page: await retentionPage(ctx, meta) }),
})

const calendar = endpoint({
  ...operating,
  method: 'GET',
  path: '/console/system/calendar',
  summary: 'Working-day tables by year',
  query,
  audit: { unlogged: 'published holiday tables' },
  handle: async (ctx, { query, meta }) => ({
    page: await calendarPage(ctx, meta, { imported: query.done === 'imported' }),
  }),
})

/** The notice as sent, or a problem that names what is wrong with it. */
function noticeFrom(ctx: Context, written: string): CalendarYear {
  if (!written.trim()) throw invalid({ notice: 'required' })
  const year = readNotice(written, dayOf(ctx.now))
  if (!('refused' in year)) return year
  throw new Problem(422, year.refused, { fields: { notice: year.refused }, detail: year.day ? { day: year.day } : {} })
}

const check = endpoint({
  ...operating,
  method: 'POST',
  path: '/console/system/calendar/check',
  summary: 'Check a year’s notice before it is imported',
  audit: 'calendar.checked',
  repeatable: true,
  maxUpload: 200_000,
  body: Type.Object({ notice: text(50_000), file: Type.Optional(Type.String()), ...posted }),
  handle: async (ctx, { body, meta }) => {
    const file = meta.uploads[0]?.bytes.toString('utf8')
    const year = noticeFrom(ctx, file ?? body.notice ?? '')
    return {
      page: await checkPage(ctx, meta, year),
      audit: { subjectKind: 'calendar_year', subjectId: String(year.year) },
    }
  },
  onProblem: (ctx, { body, meta }, problem) =>
    calendarPage(ctx, meta, {
      body: meta.uploads[0] ? { notice: meta.uploads[0].bytes.toString('utf8').slice(0, 50_000) } : body,
      problem,
    }),
})

const importYear = ({ houses, calendar }: SystemParts) =>
  endpoint({
    ...operating,
    method: 'POST',
    path: '/console/system/calendar',
    summary: 'Import a year’s notice',
    audit: 'calendar.imported',
    body: Type.Object({ notice: Type.String({ minLength: 1, maxLength: 50_000 }), ...posted }),
    handle: async (ctx, { body, meta }) => {
      const year = noticeFrom(ctx, body.notice)
      await importCalendarYear(ctx, year)
      const redirect = '/console/system/calendar?done=imported'
      if (body.attempt) await keepReply(ctx, body.attempt, { redirect })
      const { title, number, date } = year.source
      const audit = {
        subjectKind: 'calendar_year',
        subjectId: String(year.year),
        data: { title, number, date, off: year.off, makeup: year.makeup },
      }
      // Dates are computed again when the year is committed, and by the system: they are not the administrator's.
      const later = async () => {
        await calendar?.live.refresh()
        if (calendar) await houses.internal.write(systemActor, meta.requestId, (ctx) => calendar.recompute(ctx))
        return { redirect }
      }
      return { later, audit }
    },
    onProblem: (ctx, { body, meta }, problem) => calendarPage(ctx, meta, { body, problem }),
  })

const managing = { side: 'internal', permission: 'directory.manage' } as const

const bureau = endpoint({
  ...managing,
  method: 'GET',
  path: '/console/system/bureau',
  summary: 'Form of the bureau’s own data',
  query,
  audit: { unlogged: 'names and phones of the bureau' },
  handle: async (ctx, { meta }) => ({ page: await bureauPage(ctx, meta) }),
})

const line = Type.String({ maxLength: 100, default: '' })

const saveBureauData = endpoint({
  ...managing,
  method: 'POST',
  path: '/console/system/bureau',
  summary: 'Change the bureau’s own data',
  audit: 'directory.bureau-changed',
  body: Type.Object({
    ...Object.fromEntries(bureauFields.map((name) => [name, line])),
    nameZh: Type.String({ minLength: 1, maxLength: 100 }),
    nameEn: Type.String({ minLength: 1, maxLength: 100 }),
    ...posted,
  }),
  handle: async (ctx, { body }) => {
    const sent = body as Record<string, string | undefined>
    const value = (name: (typeof bureauFields)[number]) => (sent[name] ?? '').trim()
    const wrong = bureauFields.filter((name) => name.startsWith('phones.') && !/^[0-9+() -]{0,30}$/.test(value(name)))
    if (wrong.length > 0) throw invalid(Object.fromEntries(wrong.map((name) => [name, 'office-phone-malformed'])))
    const next: Bureau = {
      ...(await bureauOf(ctx)),
      nameZh: value('nameZh'),
      nameEn: value('nameEn'),
      phones: {
        bureau: value('phones.bureau'),
        '960111': value('phones.960111'),
        '12389': value('phones.12389'),
        '12345': value('phones.12345'),
      },
      footer: {
        siteCode: value('footer.siteCode'),
        icp: value('footer.icp'),
        policeRecord: value('footer.policeRecord'),
        address: value('footer.address'),
      },
    }
    await saveBureau(ctx, next)
    return {
      redirect: '/console/system?done=saved',
      audit: { subjectKind: 'setting', subjectId: 'bureau', data: { ...next } },
    }
  },
  onProblem: (ctx, { body, meta }, problem) => bureauPage(ctx, meta, body, problem),
})

const own = { side: 'internal', permission: 'console.enter' } as const
const currentOf = async (auth: Auth, cookie: string) => (await auth.sessionOf(cookie))?.sessionId ?? null

const sessions = (auth: Auth) =>
  endpoint({
    ...own,
    method: 'GET',
    path: '/console/sessions',
    summary: 'One’s own sessions',
    query,
    audit: { unlogged: 'one’s own sessions' },
    handle: async (ctx, { query, meta }) => ({
      page: await sessionsPage(ctx, meta, await currentOf(auth, meta.signal.cookie), { done: query.done }),
    }),
  })

const endSession = (auth: Auth) =>
  endpoint({
    ...own,
    method: 'POST',
    path: '/console/sessions/:id/end',
    summary: 'End one of one’s own sessions',
    audit: 'session.ended-by-owner',
    params: idParams,
    body: Type.Object(posted),
    handle: async (ctx, { params }) => {
      if (!(await endOwnSession(ctx, params.id))) throw new Problem(409, 'session-not-found')
      return { redirect: '/console/sessions?done=ended', audit: { subjectKind: 'session', subjectId: params.id } }
    },
    onProblem: async (ctx, { meta }, problem) =>
      sessionsPage(ctx, meta, await currentOf(auth, meta.signal.cookie), { problem }),
  })
