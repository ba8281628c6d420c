import { Type } from 'typebox'
import { consentByToken, openRatingPage, type RatingPage, rateByToken } from '#modules/callback/index.ts'
import { findUnit } from '#modules/directory/index.ts'
import { versionOn } from '#modules/registration/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { cleanText } from '#policy/identity/text.ts'
import { dayWords } from '../day-words.ts'
import { type SiteDeps, type SiteView, siteFrame } from '../frame.ts'
import { choices } from '../query.ts'
import { unitName } from '../services/window-units.ts'
import { commonWords } from '../words.ts'
import { explainMain, notedMain } from './explain-page.ts'
import { consentForm, type RatingView, ratingForm, thanksMain, tooLateMain } from './rating-page.ts'
import { ratingWords } from './words.ts'

const params = Type.Object({ token: Type.String({ maxLength: 60 }) })
const attempt = Type.Optional(Type.String())

export function ratingEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [pageEndpoint(deps), rateEndpoint(deps), contactEndpoint(deps), notedEndpoint(deps), explainEndpoint(deps)]
}

const pageEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/r/:token',
    side: 'public',
    summary: 'The page behind the link in the message; opening it changes nothing',
    permission: 'anyone',
    audit: { unlogged: 'shows no person; robots that preview links open it too' },
    perMinute: 30,
    params,
    query: Type.Object({ ...choices, given: Type.Optional(Type.String()) }),
    async handle(ctx, { params, query, meta }) {
      const view = await ratingView(ctx, params.token, meta, query.given === '1')
      return { page: await siteFrame(ctx, deps, meta, { ...contentOf(view, meta), personal: true }) }
    },
  })

function contentOf(view: RatingView, meta: Meta): SiteView {
  const words = ratingWords(meta.lang)
  const { step, purpose } = view.page
  if (step === 'rate') return { title: words.title[purpose], main: ratingForm(view, meta) }
  if (step === 'too-late') return { title: words.tooLate, main: tooLateMain(view, meta.lang) }
  if (step === 'consent') return { title: words.consentTitle, main: consentForm(view, meta) }
  return { title: view.justAnswered ? words.thanks : words.answeredBefore, main: thanksMain(view, meta) }
}

async function ratingView(ctx: Context, token: string, meta: Meta, justAnswered: boolean): Promise<RatingView> {
  const page = await openRatingPage(ctx, token)
  return { page, token, justAnswered, about: await aboutWords(ctx, page, meta) }
}

/** When, where and what was served. */
async function aboutWords(ctx: Context, page: RatingPage, meta: Meta): Promise<string> {
  const unit = await findUnit(ctx, page.unitId)
  const version = page.itemCode ? await versionOn(ctx, page.itemCode, page.finishedOn) : undefined
  const day = dayWords(page.finishedOn.toString(), meta.lang)
  return ratingWords(meta.lang).about(
    day,
    unit ? unitName(unit, meta.lang) : '',
    version?.content.name[meta.lang] ?? '',
  )
}

const rateEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'POST',
    path: '/r/:token',
    side: 'public',
    summary: 'Rates once by the link in the message (R52)',
    permission: 'anyone',
    audit: 'rating.given',
    perMinute: 10,
    params,
    body: Type.Object({
      attempt,
      level: Type.Optional(Type.String()),
      comment: Type.Optional(Type.String({ maxLength: 5000 })),
    }),
    async handle(ctx, { params, body }) {
      const page = await openRatingPage(ctx, params.token)
      const rated = page.step === 'rate' && (await rateOnce(ctx, params.token, readRating(body)))
      // Relative, so that the token does not stand in the stored reply to this attempt.
      return {
        redirect: rated ? '?given=1' : '?',
        audit: { subjectKind: 'callback', subjectId: page.callbackId, data: { rated } },
      }
    },
    async onProblem(ctx, { params, body, meta }, problem) {
      const view = await ratingView(ctx, params.token, meta, false)
      if (view.page.step !== 'rate') return siteFrame(ctx, deps, meta, { ...contentOf(view, meta), personal: true })
      if (Object.keys(problem.fields).length === 0 || problem.fields.form)
        throw new Problem(problem.status, problem.code)
      const typed = { level: String(body.level ?? ''), comment: String(body.comment ?? ''), wrong: problem.fields }
      const title = ratingWords(meta.lang).title[view.page.purpose]
      return siteFrame(ctx, deps, meta, { title, main: ratingForm(view, meta, typed), invalid: true, personal: true })
    },
  })

function readRating(body: { level?: string; comment?: string }): { level: number; comment: string } {
  const comment = cleanText(body.comment ?? '', 500)
  const wrong: Record<string, string> = {}
  if (!/^[1-5]$/.test(body.level ?? '')) wrong.level = 'choose-one'
  if ('refused' in comment) wrong.comment = `text-${comment.refused}`
  if ('refused' in comment || wrong.level) throw invalid(wrong)
  return { level: Number(body.level), comment: comment.text }
}

/** False when it was given already, or came too late: no error of the citizen, the page says so. */
async function rateOnce(ctx: Context, token: string, rating: { level: number; comment: string }): Promise<boolean> {
  try {
    await rateByToken(ctx, token, rating)
    return true
  } catch (error) {
    if (error instanceof Problem && error.status === 409) return false
    throw error
  }
}

const contactEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'POST',
    path: '/r/:token/contact',
    side: 'public',
    summary: 'Whether the independent desk may contact the citizen; apart from the rating (CB06)',
    permission: 'anyone',
    audit: 'rating.contact',
    perMinute: 10,
    params,
    body: Type.Object({ attempt, contact: Type.Optional(Type.String()) }),
    async handle(ctx, { params, body }) {
      const page = await openRatingPage(ctx, params.token)
      if (body.contact !== 'yes' && body.contact !== 'no') throw invalid({ contact: 'choose-one' })
      await consentByToken(ctx, params.token, body.contact === 'yes')
      return { redirect: '/rating/noted', audit: { subjectKind: 'callback', subjectId: page.callbackId } }
    },
    async onProblem(ctx, { params, meta }, problem) {
      if (!problem.fields.contact) throw new Problem(problem.status, problem.code)
      const view = await ratingView(ctx, params.token, meta, false)
      const title = ratingWords(meta.lang).consentTitle
      return siteFrame(ctx, deps, meta, { title, main: consentForm(view, meta, true), invalid: true, personal: true })
    },
  })

const notedEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/rating/noted',
    side: 'public',
    summary: 'Says that the choice about contact was noted',
    permission: 'anyone',
    audit: { unlogged: 'the same page for everybody' },
    async handle(ctx, { meta }) {
      const words = ratingWords(meta.lang)
      return {
        page: await siteFrame(ctx, deps, meta, { title: words.noted, main: notedMain(meta.lang), personal: true }),
      }
    },
  })

const explainEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/rating',
    side: 'public',
    summary: 'How ratings work and what follows from them',
    permission: 'anyone',
    audit: { unlogged: 'published information, nobody’s data' },
    async handle(ctx, { meta }) {
      const words = ratingWords(meta.lang)
      return {
        page: await siteFrame(ctx, deps, meta, {
          title: words.explainTitle,
          main: explainMain(dayOf(ctx.now), meta.lang),
          back: { href: '/', label: commonWords(meta.lang).start },
        }),
      }
    },
  })
