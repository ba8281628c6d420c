import { Type } from 'typebox'
import { findUnit } from '#modules/directory/index.ts'
import { versionById } from '#modules/registration/index.ts'
import { normaliseCode, noticeDocument } from '#modules/service-window/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { invalid, notFound } from '#platform/problem.ts'
import { bureauOf } from '#platform/settings.ts'
import { type SiteDeps, siteFrame } from '../frame.ts'
import { choices } from '../query.ts'
import { commonWords } from '../words.ts'
import { type CitizenView, citizenView, queryNumber } from './citizen-view.ts'
import { progressMain } from './progress-page.ts'
import { queryForm } from './query-form.ts'
import { progressWords } from './words.ts'

const params = Type.Object({ no: Type.String({ maxLength: 300 }), code: Type.String({ maxLength: 100 }) })

export function progressEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [formEndpoint(deps), lookEndpoint(deps), pageEndpoint(deps), noticeEndpoint(deps)]
}

const formEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/q',
    side: 'public',
    summary: 'Form for number and code',
    permission: 'anyone',
    audit: { unlogged: 'an empty form' },
    async handle(ctx, { meta }) {
      const view = {
        title: progressWords(meta.lang).title,
        main: queryForm({}, meta.lang),
        back: { href: '/', label: commonWords(meta.lang).start },
      }
      return { page: await siteFrame(ctx, deps, meta, view) }
    },
  })

const lookEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'POST',
    path: '/q',
    side: 'public',
    summary: 'Leads from number and code to the page; one answer for every pair that does not fit',
    permission: 'anyone',
    audit: { unlogged: 'the page it leads to is logged' },
    perMinute: 20,
    repeatable: true,
    body: Type.Object({
      no: Type.Optional(Type.String({ maxLength: 1000 })),
      code: Type.Optional(Type.String({ maxLength: 1000 })),
    }),
    async handle(ctx, { body }) {
      const { no = '', code = '' } = body
      const empty = Object.entries({ no, code }).filter(([, value]) => value.trim() === '')
      if (empty.length > 0) throw invalid(Object.fromEntries(empty.map(([name]) => [name, 'required'])))
      if (!(await citizenView(ctx, no, code))) throw invalid({ form: 'progress-not-found' })
      return { redirect: pageAddress(no, code) }
    },
    async onProblem(ctx, { body, meta }, problem) {
      const typed = { no: String(body.no ?? ''), code: String(body.code ?? ''), wrong: problem.fields }
      const view = {
        title: progressWords(meta.lang).title,
        main: queryForm(typed, meta.lang),
        invalid: true,
        personal: true,
      }
      return siteFrame(ctx, deps, meta, view)
    },
  })

const pageEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/q/:no/:code',
    side: 'public',
    summary: 'The citizen’s own page, from the QR code of a notice or receipt (HR06)',
    permission: 'anyone',
    audit: 'progress.view',
    perMinute: 30,
    params,
    async handle(ctx, { params, meta }) {
      const matter = await ownMatter(ctx, params)
      const version = matter.item_version_id ? await versionById(ctx, matter.item_version_id) : undefined
      const words = progressWords(meta.lang)
      const main = progressMain({
        matter,
        version,
        unit: await findUnit(ctx, matter.handling_unit_id),
        bureau: await bureauOf(ctx),
        today: dayOf(ctx.now),
        calendar: ctx.calendar,
        address: pageAddress(params.no, params.code),
        lang: meta.lang,
      })
      const title = words.viewTitle(version?.content.name[meta.lang] ?? words.yourMatter)
      const back = { href: '/q', label: words.title }
      return { page: await siteFrame(ctx, deps, meta, { title, main, back, personal: true }), audit: seen(matter) }
    },
  })

const noticeEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/q/:no/:code/notice.pdf',
    side: 'public',
    summary: 'A one-time notice once more, as it was issued',
    permission: 'anyone',
    audit: 'progress.notice',
    perMinute: 10,
    params,
    query: Type.Object({ ...choices, n: Type.Optional(Type.String()) }),
    async handle(ctx, { params, query }) {
      const matter = await ownMatter(ctx, params)
      const notice = query.n ? matter.notices[Number(query.n) - 1] : matter.notices.at(-1)
      if (!notice) throw notFound('progress')
      const data = noticeDocument(notice.content)
      const at = Temporal.Instant.from(notice.issued_at)
      const later = async () => ({
        file: await deps.documents.render('one-time-notice', data, at),
        type: 'application/pdf',
        name: `一次性告知单-${notice.no}.pdf`,
      })
      return { later, audit: seen(matter) }
    },
  })

async function ownMatter(ctx: Context, { no, code }: { no: string; code: string }): Promise<CitizenView> {
  const matter = await citizenView(ctx, no, code)
  if (!matter) throw notFound('progress')
  return matter
}

function seen(matter: CitizenView) {
  return { subjectKind: 'matter', subjectId: matter.id, unitId: matter.handling_unit_id }
}

/** The address in the form in which it is printed, whatever was typed. */
function pageAddress(no: string, code: string): string {
  return `/q/${encodeURIComponent(queryNumber(no))}/${normaliseCode(code)}`
}
