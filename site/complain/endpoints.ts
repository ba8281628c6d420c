import { Type } from 'typebox'
import {
  addDraftFiles,
  type Draft,
  dropDraftFile,
  newDraftToken,
  nothingTyped,
  type OnlineFields,
  openDraft,
  receiptOfDraft,
  type SentReceipt,
  saveDraft,
  sendDraft,
} from '#modules/complaints/index.ts'
import { listUnits } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { largestFile } from '#platform/files/check-file.ts'
import type { Html } from '#platform/html.ts'
import { type Answer, type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { Problem } from '#platform/problem.ts'
import { bureauOf } from '#platform/settings.ts'
import { representativesAtMost } from '#policy/complaints/intake.ts'
import { onlineFiles } from '#policy/complaints/online.ts'
import { valueOn } from '#policy/parameter.ts'
import { type SiteDeps, siteFrame } from '../frame.ts'
import { windowUnits } from '../services/window-units.ts'
import { commonWords } from '../words.ts'
import { checkMain } from './check-page.ts'
import { type Body, checked, posted, postedAll, typedIn } from './form-input.ts'
import { type FormView, formAction, formId, formMain } from './form-page.ts'
import { complainMain } from './how-page.ts'
import { howWords } from './how-words.ts'
import { receiptMain } from './receipt-page.ts'
import { receiptPaper } from './receipt-paper.ts'
import { complainWords } from './words.ts'

export function complainEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [howEndpoint(deps), emptyEndpoint(deps), writeEndpoint(deps), paperEndpoint(deps), leaveEndpoint()]
}

const howEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/complain',
    side: 'public',
    summary: 'Whom to complain to and what happens then',
    permission: 'anyone',
    audit: { unlogged: 'published information, nobody’s data' },
    async handle(ctx, { meta }) {
      const main = complainMain(await bureauOf(ctx), await windowUnits(ctx), dayOf(ctx.now), meta.lang)
      const back = { href: '/', label: commonWords(meta.lang).start }
      return { page: await siteFrame(ctx, deps, meta, { title: howWords(meta.lang).title, main, back }) }
    },
  })

const emptyEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'GET',
    path: '/complain/write',
    side: 'public',
    summary: 'An empty form for a complaint (R112)',
    permission: 'anyone',
    audit: { unlogged: 'an empty form' },
    async handle(ctx, { meta }) {
      return { page: await formPage(ctx, deps, meta, await emptyView(ctx, meta)) }
    },
  })

/**
 * One address for the whole way – writing, looking, sending – so that no step is left in the browser's history (T16). What
 * was typed and handed in is kept under the form's key, sealed, right or wrong: a page without script could not keep
 * a file over an error or a look back in any other way.
 */
const writeEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'POST',
    path: '/complain/write',
    side: 'public',
    summary: 'Keeps, shows and sends a complaint from the site; sent twice it is one (R112, R117)',
    permission: 'anyone',
    audit: 'complaint.online',
    perMinute: 20,
    maxUpload: largestFile,
    keepsUploads: true,
    // The key of the form makes a repetition harmless: it is sent once.
    repeatable: true,
    body: Type.Record(Type.String(), Type.Unknown()),
    async handle(ctx, { body, meta }) {
      const wanted = posted(body, 'do') || 'check'
      try {
        const answer = await step(ctx, deps, { body, meta, wanted })
        return { ...answer, audit: { subjectKind: 'online', subjectId: null, data: { step: wanted.slice(0, 20) } } }
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.status !== 409) throw problem
        const view = { ...(await emptyView(ctx, meta)), problem: problem.code }
        return { page: await formPage(ctx, deps, meta, view), status: 409 }
      }
    },
  })

type Step = { body: Body; meta: Meta; wanted: string }

async function step(ctx: Context, deps: SiteDeps, { body, meta, wanted }: Step): Promise<Answer> {
  const key = posted(body, 'draft')
  const before = key ? await openDraft(ctx, key) : null
  if (before?.sent) return receiptPage(ctx, deps, meta, { token: key, sent: await receiptOfDraft(ctx, key) })
  const typed = typedIn(body, meta.lang)
  if (!typed && !before) throw new Problem(409, 'draft-gone')
  // A key that opens nothing any more is not used again.
  const token = before ? key : newDraftToken()
  const refused = typed ? await keep(ctx, token, typed, { body, meta, gone: before === null }) : []
  const draft = (await openDraft(ctx, token)) as Draft
  const { read, wrong } = await checked(ctx, draft.fields)
  const view = { ...(await emptyView(ctx, meta)), fields: draft.fields, token, files: draft.files }
  const asks = wanted === 'check' || wanted === 'send'
  if (asks && (Object.keys(wrong).length > 0 || refused.length > 0))
    return { page: await formPage(ctx, deps, meta, { ...view, wrong, refused }), status: 422 }
  if (wanted === 'send') {
    await saveDraft(ctx, token, { ...read, lang: meta.lang })
    return receiptPage(ctx, deps, meta, { token, sent: await sendDraft(ctx, token) })
  }
  // From the page that shows everything another language shows it again.
  if (wanted === 'check' || (wanted === 'look' && !typed))
    return { page: await checkPage(ctx, deps, meta, { ...view, fields: read }) }
  return { page: await formPage(ctx, deps, meta, { ...view, refused }), status: refused.length > 0 ? 422 : 200 }
}

/** Saves words and files; returns the files that were not taken. */
async function keep(
  ctx: Context,
  token: string,
  typed: OnlineFields,
  { body, meta, gone }: { body: Body; meta: Meta; gone: boolean },
): Promise<{ name: string; code: string }[]> {
  await saveDraft(ctx, token, typed)
  for (const file of postedAll(body, 'drop')) if (/^[0-9a-f-]{36}$/.test(file)) await dropDraftFile(ctx, token, file)
  const lost = gone && Number(posted(body, 'had')) > 0 ? [{ name: '', code: 'files-gone' }] : []
  return [...lost, ...(await addDraftFiles(ctx, token, meta.uploads)), ...meta.uploadFaults]
}

async function emptyView(ctx: Context, meta: Meta): Promise<FormView> {
  const today = dayOf(ctx.now)
  return {
    fields: { ...nothingTyped, lang: meta.lang },
    token: '',
    files: [],
    wrong: {},
    refused: [],
    units: await listUnits(ctx),
    filesAtMost: valueOn(onlineFiles, today).value.atOnce,
    representativesAtMost: valueOn(representativesAtMost, today).value,
    lang: meta.lang,
  }
}

const choices = (usual?: string) => ({ form: formId, action: formAction, usual })

async function formPage(ctx: Context, deps: SiteDeps, meta: Meta, view: FormView): Promise<Html> {
  const words = complainWords(meta.lang)
  return siteFrame(ctx, deps, meta, {
    title: words.title,
    main: formMain(view),
    back: { href: '/complain', label: words.back },
    invalid: Object.keys(view.wrong).length + view.refused.length > 0,
    personal: true,
    leave: true,
    choices: choices('check'),
  })
}

async function checkPage(ctx: Context, deps: SiteDeps, meta: Meta, view: FormView): Promise<Html> {
  const title = complainWords(meta.lang).checkTitle
  return siteFrame(ctx, deps, meta, { title, main: checkMain(view), personal: true, leave: true, choices: choices() })
}

async function receiptPage(
  ctx: Context,
  deps: SiteDeps,
  meta: Meta,
  { token, sent }: { token: string; sent: SentReceipt },
): Promise<Answer> {
  const main = receiptMain({ sent, token, calendar: ctx.calendar, lang: meta.lang })
  const title = complainWords(meta.lang).receipt.title
  return { page: await siteFrame(ctx, deps, meta, { title, main, personal: true, leave: true, choices: choices() }) }
}

const paperEndpoint = (deps: SiteDeps) =>
  endpoint({
    method: 'POST',
    path: '/complain/receipt',
    side: 'public',
    summary: 'The receipt on paper, for the form that was just sent',
    permission: 'anyone',
    audit: 'complaint.receipt',
    perMinute: 10,
    repeatable: true,
    body: Type.Object({ draft: Type.Optional(Type.String({ maxLength: 100 })) }),
    async handle(ctx, { body }) {
      const sent = await receiptOfDraft(ctx, body.draft ?? '')
      const data = await receiptPaper(ctx, sent)
      const later = async () => ({
        file: await deps.documents.render('complaint-receipt', data, sent.sentAt),
        type: 'application/pdf',
        name: `回执-${sent.caseNo}.pdf`,
      })
      return { later, audit: { subjectKind: 'online', subjectId: null } }
    },
  })

const leaveEndpoint = () =>
  endpoint({
    method: 'GET',
    path: '/leave',
    side: 'public',
    summary: 'Leads away to a page like any other; the browser forgets what it kept',
    permission: 'anyone',
    audit: { unlogged: 'leads away' },
    async handle() {
      return { redirect: '/services', clearSite: true }
    },
  })
