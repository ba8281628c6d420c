import { Type } from 'typebox'
import { consoleDocument } from '#console/frame.ts'
import { anonymousActor } from '#platform/actor.ts'
import type { Auth, NextStep } from '#platform/auth/index.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type Answer, type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatTime, messages } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { form } from '#platform/ui/form.ts'
import { notice } from '#platform/ui/parts.ts'

const words = messages(
  {
    title: '民警登录',
    number: '警号',
    password: '密码',
    submit: '登录',
    wrong: '警号或密码不对。连续五次输错，账号将锁定 15 分钟。',
    locked: (until: string) => `账号已锁定，${until} 以后可以再试。忘记密码请联系安全管理员。`,
    busy: '同时登录的人较多，请稍候几秒再试。',
    second: '输入动态口令',
    code: '六位动态口令（或备用口令）',
    confirm: '确认',
    wrongCode: '动态口令不对或已经用过，请等下一个口令。',
    expired: '登录已超时，请重新登录。',
    enrol: '绑定动态口令',
    enrolWhy: '您的岗位要求双因素登录。请用动态口令应用扫描或输入下面的密钥，再输入它显示的六位口令。',
    key: '密钥',
    backup: '备用口令（每个只能用一次，请抄下保存）',
    again: '请再次输入密码，以生成密钥',
    generate: '生成密钥',
    change: '修改密码',
    changeWhy: '首次登录或密码到期，请设置新密码：至少 10 位，含大写、小写、数字、符号中的三类，不含警号。',
    current: '现密码',
    next: '新密码',
    demoLogins: '演示账号',
    demoHint: '本系统为演示：人员均为虚构，密码相同。',
    refusals: {
      'password-too-short': '新密码至少 10 位',
      'password-too-long': '新密码太长',
      'password-too-simple': '新密码须含大写、小写、数字、符号中的三类',
      'password-contains-number': '新密码不能包含警号',
      'password-used-before': '不能使用最近用过的密码',
      wrong: '现密码不对',
      otherwise: '没有修改成功',
    },
  },
  {
    title: 'Officers’ sign-in',
    number: 'Police number',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Police number or password is wrong. After five failures the account is locked for 15 minutes.',
    locked: (until: string) =>
      `The account is locked until ${until}. If you forgot the password, ask the security administrator.`,
    busy: 'Many people are signing in. Please try again in a few seconds.',
    second: 'Enter your one-time code',
    code: 'Six-digit code (or a backup code)',
    confirm: 'Confirm',
    wrongCode: 'The code is wrong or was used before. Wait for the next one.',
    expired: 'The sign-in has expired. Please start again.',
    enrol: 'Set up one-time codes',
    enrolWhy:
      'Your duty needs a second factor. Scan or type this key into an authenticator app, then enter the six digits it shows.',
    key: 'Key',
    backup: 'Backup codes (each works once; write them down)',
    again: 'Enter your password again to create the key',
    generate: 'Create the key',
    change: 'Change the password',
    changeWhy:
      'First sign-in or password expired. At least 10 characters, three of: capitals, small letters, digits, symbols; not your number.',
    current: 'Present password',
    next: 'New password',
    demoLogins: 'Demo accounts',
    demoHint: 'This is a demonstration: all people are invented, the password is the same for all.',
    refusals: {
      'password-too-short': 'At least 10 characters',
      'password-too-long': 'Too long',
      'password-too-simple': 'Three of: capitals, small letters, digits, symbols',
      'password-contains-number': 'It must not contain your number',
      'password-used-before': 'One of your last passwords',
      wrong: 'The present password is wrong',
      otherwise: 'Not changed',
    },
  },
)

export type SignInParts = {
  auth: Auth
  /** In the demo: whom a visitor can be, and the code that the person's token shows now. */
  demoLogins?: (lang: 'zh' | 'en') => { number: string; password: string; who: string }[]
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
  const logins = parts.demoLogins?.(meta.lang)
  return signInDocument(
    meta,
    w.title,
    html`<div class="narrow">${error ? notice({ lang: meta.lang, kind: 'error', title: error }) : nothing}${form({
      action: '/sign-in',
      csrf: meta.csrf,
      submit: { label: w.submit },
      body: html`<input type="hidden" name="to" value="${typed.to ?? ''}">${field({ lang: meta.lang, kind: 'text', name: 'number', label: w.number, value: typed.number, autocomplete: 'username', autofocus: true, maxlength: 20 })}${field({ lang: meta.lang, kind: 'password', name: 'password', label: w.password, autocomplete: 'current-password', maxlength: 200 })}`,
    })}${logins ? html`<section class="demo-logins"><h2>${w.demoLogins}</h2><p>${w.demoHint}</p><dl class="facts">${logins.map((l) => html`<div><dt>${l.who}</dt><dd><code>${l.number}</code> / <code>${l.password}</code></dd></div>`)}</dl></section>` : nothing}</div>`,
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
    html`<div class="narrow">${error ? notice({ lang: meta.lang, kind: 'error', title: error }) : nothing}${
      code
        ? notice({
            lang: meta.lang,
            kind: 'info',
            title: `${meta.lang === 'en' ? 'Demo token shows' : '演示令牌显示'} ${code}`,
          })
        : nothing
    }${form({ action: '/sign-in/second', csrf: meta.csrf, hidden: { to: to ?? '' }, submit: { label: w.confirm }, body: field({ lang: meta.lang, kind: 'text', name: 'code', label: w.code, autocomplete: 'one-time-code', inputmode: 'numeric', autofocus: true, maxlength: 20 }) })}</div>`,
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
    html`<div class="narrow">${error ? notice({ lang: meta.lang, kind: 'error', title: error }) : nothing}<p>${w.enrolWhy}</p>${form({ action: '/sign-in/enrol', csrf: meta.csrf, submit: { label: w.generate }, body: field({ lang: meta.lang, kind: 'password', name: 'password', label: w.again, autocomplete: 'current-password', autofocus: true }) })}</div>`,
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
          html`<div class="narrow"><p>${w.enrolWhy}</p><img src="data:image/svg+xml;base64,${qr}" width="200" height="200" alt="${w.key}"><p>${w.key}: <code>${key}</code></p><h2>${w.backup}</h2><p>${made.backupCodes.map((code) => html`<code>${code}</code> `)}</p>${form({ action: '/sign-in/confirm', csrf: meta.csrf, submit: { label: w.confirm }, body: field({ lang: meta.lang, kind: 'text', name: 'code', label: w.code, inputmode: 'numeric', autocomplete: 'one-time-code' }) })}</div>`,
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
    html`<div class="narrow">${error ? notice({ lang: meta.lang, kind: 'error', title: error }) : nothing}<p>${w.changeWhy}</p>${form({ action: '/sign-in/password', csrf: meta.csrf, submit: { label: w.change }, body: html`${field({ lang: meta.lang, kind: 'password', name: 'current', label: w.current, autocomplete: 'current-password' })}${field({ lang: meta.lang, kind: 'password', name: 'next', label: w.next, autocomplete: 'new-password' })}` })}</div>`,
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
