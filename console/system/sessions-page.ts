import { frame } from '#console/frame.ts'
import { listOwnSessions } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, messages } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { actionButton } from '#platform/ui/form.ts'
import { statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { problemBox } from './shared.ts'

const words = messages(
  {
    title: '我的登录',
    why: '您的账号目前在这些地方登录。有不认识的，请结束它，并修改密码。',
    at: '登录时间',
    seen: '最近活动',
    ip: '地址',
    browser: '浏览器',
    here: '本次登录',
    end: '结束',
    ended: '该处登录已结束。',
    password: '修改密码',
  },
  {
    title: 'My sessions',
    why: 'Your account is signed in at these places. If you do not know one, end it and change your password.',
    at: 'Signed in',
    seen: 'Last active',
    ip: 'Address',
    browser: 'Browser',
    here: 'this session',
    end: 'End',
    ended: 'That session has ended.',
    password: 'Change the password',
  },
)

/** Where one's own account is signed in; each can be ended. */
export async function sessionsPage(
  ctx: Context,
  meta: Meta,
  current: string | null,
  view: { done?: string; problem?: Problem } = {},
): Promise<Html> {
  const { lang } = meta
  const w = words(lang)
  return frame(ctx, meta, {
    title: w.title,
    current: '/console/sessions',
    status: view.done === 'ended' ? w.ended : undefined,
    main: html`<p>${w.why} <a href="/sign-in/password">${w.password}</a></p>${problemBox(view.problem, lang)}${table({
      caption: w.title,
      captionHidden: true,
      columns: [
        { key: 'at', label: w.at, kind: 'main' },
        { key: 'seen', label: w.seen },
        { key: 'ip', label: w.ip },
        { key: 'browser', label: w.browser },
        { key: 'end', label: w.end, kind: 'action' },
      ],
      rows: (await listOwnSessions(ctx)).map((session) => ({
        cells: {
          at: formatMoment(session.signedInAt, lang),
          seen: formatMoment(session.lastSeenAt, lang),
          ip: session.ip,
          browser: session.userAgent?.slice(0, 80),
          end:
            session.id === current
              ? statusBadge('open', w.here)
              : actionButton({ action: `/console/sessions/${session.id}/end`, csrf: meta.csrf, label: w.end }),
        },
      })),
      empty: html``,
    })}`,
  })
}
