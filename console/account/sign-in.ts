import { Type } from 'typebox'
import { consoleDocument } from '#console/frame.ts'
import { anonymousActor } from '#platform/actor.ts'
import type { Auth, NextStep } from '#platform/auth/index.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type Answer, type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatTime } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { form } from '#platform/ui/form.ts'
import { notice } from '#platform/ui/parts.ts'
import { type DemoLogin, demoLoginList } from './demo-logins.ts'
import { signInWords as words } from './words.ts'

export type SignInParts = {
  auth: Auth
  /** In the demo: whom a visitor can be, and the code that the person's token shows now. */
  demoLogins?: (lang: 'zh' | 'en') => DemoLogin[]
  demoCode?: (meta: Meta) => Promise<string | null>
}

export const stepPath: Record<NextStep | 'second-factor', string> = {
  done: '/console',
  'second-factor': '/sign-in/second',
  'enrol-second-factor': '/sign-in/enrol',
  'change-password': '/sign-in/password',
}

/** Only ways inside the console are followed after signing in. */
function safeTarget(to: string | undefined): string {
  return to && /^\/console(?:[/?]|$)/.test(to) ? to : '/console'
}

/** The next step of the sign-in, which takes the wanted page along, or that page itself. */
function wayOn(next: NextStep | 'second-factor', to: string | undefined): string {
  if (next === 'done') return safeTarget(to)
  return next === 'second-factor' ? `${stepPath[next]}?to=${encodeURIComponent(safeTarget(to))}` : stepPath[next]
}

function signInDocument(meta: Meta, title: string, main: Html, invalid = false): Html {
  return consoleDocument(anonymousActor, meta, { title, current: '', main, invalid }, Temporal.Now.instant(), {
    mine: 0,
    orders: 0,
  })
}

export function signInEndpoints(parts: SignInParts): AnyEndpoint[] {
  return [
    signInPage(parts),
    signIn(parts),
    secondPage(parts),
    second(parts),
    enrolPage(),
    enrol(parts),
    confirmEnrol(parts),
    passwordPage(),
    password(parts),
    signOut(parts),
  ]
}

function signInForm(parts: SignInParts, meta: Meta, typed: { number?: string; to?: string }, error?: string): Html {
  const w = words(meta.lang)
  const shared = { lang: meta.lang }
  const logins = parts.demoLogins?.(meta.lang)
  const number = field({
    ...shared,
    kind: 'text',
    name: 'number',
    label: w.number,
    value: typed.number,
    autocomplete: 'username',
    autofocus: true,
    maxlength: 20,
  })
  const password = field({
    ...shared,
    kind: 'password',
    name: 'password',
    label: w.password,
    autocomplete: 'current-password',
    maxlength: 200,
  })
  return signInDocument(
    meta,
    w.title,
    html`${error ? notice({ ...shared, kind: 'error', title: error }) : nothing}${form({
      action: '/sign-in',
      csrf: meta.csrf,
      hidden: { to: typed.to ?? '' },
      submit: { label: w.submit },
      body: html`${number}${password}`,
    })}${logins ? demoLoginList(meta, logins, typed.to) : nothing}`,
    error !== undefined,
  )
}

const anyone = { side: 'internal', permission: 'anyone' } as const
const unlogged = { unlogged: 'an empty form; the sign-in library reports every attempt to the audit itself' }

const signInPage = (parts: SignInParts) =>
  endpoint({
    ...anyone,
    method: 'GET',
    path: '/sign-in',
    summary: 'Sign-in form',
    audit: unlogged,
    query: Type.Object({ to: Type.Optional(Type.String()), lang: Type.Optional(Type.String()) }),
    handle: async (_ctx, { query, meta }) => ({ page: signInForm(parts, meta, { to: query.to }) }),
  })

const signIn = (parts: SignInParts) =>
  endpoint({
    ...anyone,
    method: 'POST',
    path: '/sign-in',
    summary: 'Sign in with police number and password',
    audit: unlogged,
    repeatable: true,
    perMinute: 30,
    body: Type.Object({
      number: Type.String({ maxLength: 64 }),
      password: Type.String({ maxLength: 256 }),
      to: Type.Optional(Type.String()),
      _csrf: Type.Optional(Type.String()),
    }),
    handle: async (_ctx, { body, meta }): Promise<Answer> => {
      const w = words(meta.lang)
      const result = await parts.auth.signIn({
        number: body.number.trim(),
        password: body.password,
        ip: meta.signal.ip,
        userAgent: meta.signal.userAgent,
      })
      if ('refused' in result) {
        const text =
          result.refused === 'locked'
            ? w.locked(formatTime(result.until))
            : result.refused === 'busy'
              ? w.busy
              : w.wrong
        return { page: signInForm(parts, meta, body, text), status: 401 }
      }
      return {
        redirect: wayOn(result.next, body.to),
        cookies: result.setCookies,
      }
    },
  })

async function secondForm(parts: SignInParts, meta: Meta, to: string | undefined, error?: string): Promise<Html> {
  const w = words(meta.lang)
  const code = await parts.demoCode?.(meta)
  return signInDocument(
    meta,
    w.second,
    html`${error ? notice({ lang: meta.lang, kind: 'error', title: error }) : nothing}${
      code
        ? notice({
            lang: meta.lang,
            kind: 'info',
            title: w.demoToken(code),
          })
        : nothing
    }${form({ action: '/sign-in/second', csrf: meta.csrf, hidden: { to: to ?? '' }, submit: { label: w.confirm }, body: field({ lang: meta.lang, kind: 'text', name: 'code', label: w.code, value: error ? undefined : (code ?? undefined), autocomplete: 'one-time-code', inputmode: 'numeric', autofocus: true, maxlength: 20 }) })}`,
    error !== undefined,
  )
}

const secondPage = (parts: SignInParts) =>
  endpoint({
    ...anyone,
    method: 'GET',
    path: '/sign-in/second',
    summary: 'One-time code form',
    audit: unlogged,
    query: Type.Object({ to: Type.Optional(Type.String()), lang: Type.Optional(Type.String()) }),
    handle: async (_ctx, { query, meta }) => ({ page: await secondForm(parts, meta, query.to) }),
  })

const codeBody = Type.Object({ code: Type.String({ maxLength: 20 }), _csrf: Type.Optional(Type.String()) })

const second = (parts: SignInParts) =>
  endpoint({
    ...anyone,
    method: 'POST',
    path: '/sign-in/second',
    summary: 'Second factor',
    audit: unlogged,
    repeatable: true,
    perMinute: 30,
    body: Type.Object({ ...codeBody.properties, to: Type.Optional(Type.String()) }),
    handle: async (_ctx, { body, meta }): Promise<Answer> => {
      const w = words(meta.lang)
      const result = await parts.auth.verifySecondFactor(meta.signal.cookie, body.code.replace(/\s/g, ''), {
        ip: meta.signal.ip,
        userAgent: meta.signal.userAgent,
      })
      if ('refused' in result)
        return {
          page: await secondForm(parts, meta, body.to, result.refused === 'expired' ? w.expired : w.wrongCode),
          status: 401,
        }
      return { redirect: wayOn(result.next, body.to), cookies: result.setCookies }
    },
  })

function enrolForm(meta: Meta, error?: string): Html {
  const w = words(meta.lang)
  return signInDocument(
    meta,
    w.enrol,
    html`${error ? notice({ lang: meta.lang, kind: 'error', title: error }) : nothing}<p>${w.enrolWhy}</p>${form({ action: '/sign-in/enrol', csrf: meta.csrf, submit: { label: w.generate }, body: field({ lang: meta.lang, kind: 'password', name: 'password', label: w.again, autocomplete: 'current-password', autofocus: true }) })}`,
    error !== undefined,
  )
}

const enrolPage = () =>
  endpoint({
    ...anyone,
    method: 'GET',
    path: '/sign-in/enrol',
    summary: 'Set up the second factor',
    audit: unlogged,
    handle: async (_ctx, { meta }) => ({ page: enrolForm(meta) }),
  })

const enrol = (parts: SignInParts) =>
  endpoint({
    ...anyone,
    method: 'POST',
    path: '/sign-in/enrol',
    summary: 'Create the second factor’s key',
    audit: unlogged,
    repeatable: true,
    perMinute: 30,
    body: Type.Object({ password: Type.String({ maxLength: 256 }), _csrf: Type.Optional(Type.String()) }),
    handle: async (_ctx, { body, meta }): Promise<Answer> => {
      const w = words(meta.lang)
      const made = await parts.auth.enrolSecondFactor(meta.signal.cookie, body.password)
      if ('refused' in made) return { page: enrolForm(meta, w.wrong), status: 401 }
      const key = new URL(made.totpURI).searchParams.get('secret') ?? ''
      const { renderSVG } = await import('uqr')
      const qr = Buffer.from(renderSVG(made.totpURI)).toString('base64')
      return {
        page: signInDocument(
          meta,
          w.enrol,
          html`<p>${w.enrolWhy}</p><img src="data:image/svg+xml;base64,${qr}" width="200" height="200" alt="${w.key}"><p>${w.key}: <code>${key}</code></p><h2>${w.backup}</h2><p>${made.backupCodes.map((code) => html`<code>${code}</code> `)}</p>${form({ action: '/sign-in/confirm', csrf: meta.csrf, submit: { label: w.confirm }, body: field({ lang: meta.lang, kind: 'text', name: 'code', label: w.code, inputmode: 'numeric', autocomplete: 'one-time-code' }) })}`,
        ),
      }
    },
  })

const confirmEnrol = (parts: SignInParts) =>
  endpoint({
    ...anyone,
    method: 'POST',
    path: '/sign-in/confirm',
    summary: 'Confirm the second factor',
    audit: unlogged,
    repeatable: true,
    perMinute: 30,
    body: codeBody,
    handle: async (_ctx, { body, meta }): Promise<Answer> => {
      const result = await parts.auth.confirmEnrolment(meta.signal.cookie, body.code.replace(/\s/g, ''))
      if ('refused' in result) return { page: enrolForm(meta, words(meta.lang).wrongCode), status: 401 }
      return { redirect: stepPath[result.next], cookies: result.setCookies }
    },
  })

function passwordForm(meta: Meta, error?: string): Html {
  const w = words(meta.lang)
  return signInDocument(
    meta,
    w.change,
    html`${error ? notice({ lang: meta.lang, kind: 'error', title: error }) : nothing}<p>${w.changeWhy}</p>${form({ action: '/sign-in/password', csrf: meta.csrf, submit: { label: w.change }, body: html`${field({ lang: meta.lang, kind: 'password', name: 'current', label: w.current, autocomplete: 'current-password' })}${field({ lang: meta.lang, kind: 'password', name: 'next', label: w.next, autocomplete: 'new-password' })}` })}`,
    error !== undefined,
  )
}

const passwordPage = () =>
  endpoint({
    ...anyone,
    method: 'GET',
    path: '/sign-in/password',
    summary: 'Change the password',
    audit: unlogged,
    handle: async (_ctx, { meta }) => ({ page: passwordForm(meta) }),
  })

const password = (parts: SignInParts) =>
  endpoint({
    ...anyone,
    method: 'POST',
    path: '/sign-in/password',
    summary: 'Change the password',
    audit: unlogged,
    repeatable: true,
    perMinute: 30,
    body: Type.Object({
      current: Type.String({ maxLength: 256 }),
      next: Type.String({ maxLength: 256 }),
      _csrf: Type.Optional(Type.String()),
    }),
    handle: async (_ctx, { body, meta }): Promise<Answer> => {
      const refusals = words(meta.lang).refusals as Record<string, string>
      const result = await parts.auth.changePassword(meta.signal.cookie, body)
      if ('refused' in result)
        return { page: passwordForm(meta, refusals[result.refused] ?? (refusals.otherwise as string)), status: 422 }
      return { redirect: '/console', cookies: 'setCookies' in result ? (result.setCookies as string[]) : [] }
    },
  })

const signOut = (parts: SignInParts) =>
  endpoint({
    ...anyone,
    method: 'POST',
    path: '/console/sign-out',
    summary: 'Sign out',
    audit: unlogged,
    repeatable: true,
    body: Type.Object({ _csrf: Type.Optional(Type.String()) }),
    handle: async (_ctx, { meta }): Promise<Answer> => {
      const { setCookies } = await parts.auth.signOut(meta.signal.cookie)
      return { redirect: '/sign-in', cookies: setCookies }
    },
  })
