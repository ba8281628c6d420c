import { type Static, Type } from 'typebox'
import { frame } from '#console/frame.ts'
import { langQuery, text } from '#console/service-window/shared.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { PlatformMessageState } from '#platform/db/schema.ts'
import { type Html, html } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatMomentShort, type Lang } from '#platform/i18n.ts'
import { type GatewayHealth, gatewayHealth } from '#platform/notifications/gateway-health.ts'
import { failedToday, listMessages, type MessageRow } from '#platform/notifications/message-list.ts'
import { field } from '#platform/ui/field.ts'
import { figure, figures } from '#platform/ui/measure.ts'
import { emptyState, notice, type Status, section, statusBadge } from '#platform/ui/parts.ts'
import { filterBar, pager, table } from '#platform/ui/table.ts'
import { messageWords } from './words.ts'

export type MessageParts = {
  /** What carries messages in this installation; left out, the page says so without guessing. */
  gateway?: 'simulated' | 'real' | 'none'
}

const states = ['waiting', 'claimed', 'sent', 'delivered', 'failed', 'unknown', 'cancelled'] as const
const purposes = [
  'callback.first',
  'matter.progress',
  'callback.reminder',
  'callback.clarify',
  'callback.consent',
  'callback.opted_out',
] as const

const query = Type.Object({ ...langQuery, state: text(20), purpose: text(40), after: text(200) })
type Query = Static<typeof query>

const pageSize = 50

/** The gateway's state and the latest messages. Nothing here can be sent a second time. */
export function messageEndpoints(parts: MessageParts = {}): AnyEndpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/console/messages',
      side: 'internal',
      summary: 'State of the gateway and the latest messages by purpose, numbers masked, texts not shown',
      permission: 'messages.read',
      audit: { unlogged: 'masked numbers and purposes' },
      query,
      handle: async (ctx, { query, meta }) => ({ page: await messagesPage(ctx, meta, query, parts) }),
    }),
  ]
}

async function messagesPage(ctx: Context, meta: Meta, asked: Query, parts: MessageParts): Promise<Html> {
  const { lang } = meta
  const words = messageWords(lang)
  const state = states.find((one) => one === asked.state)
  const purpose = purposes.find((one) => one === asked.purpose)
  const at = readCursor(asked.after)
  const health = await gatewayHealth(ctx)
  const { rows, next } = await listMessages(ctx, { state, purpose, before: at?.before, most: pageSize })
  const shown = at?.shown ?? 0
  const nextHref = next && href({ state, purpose, after: writeCursor(next, shown + rows.length) })
  return frame(ctx, meta, {
    title: words.title,
    current: '/console/messages',
    main: html`${gatewayNotice(meta, health, parts)}${healthFigures(ctx, health, await failedToday(ctx), lang)}<p class="hint">${words.once}</p>${filters(state, purpose, lang)}${section(
      {
        title: words.latest,
        body: html`${messageTable(ctx, rows, lang)}${rows.length > 0 ? pager({ lang, from: shown + 1, to: shown + rows.length, nextHref }) : ''}`,
      },
    )}`,
  })
}

function gatewayNotice(meta: Meta, health: GatewayHealth, parts: MessageParts): Html {
  const words = messageWords(meta.lang)
  const kind = parts.gateway ?? (meta.demo ? 'simulated' : 'unsaid')
  const body = words[kind]
  if (health.late === 0) return notice({ lang: meta.lang, kind: 'info', title: words.well, body })
  return notice({
    lang: meta.lang,
    kind: 'warning',
    title: String(words.late(formatCount(health.late, meta.lang))),
    body,
  })
}

function healthFigures(ctx: Context, health: GatewayHealth, failed: number, lang: Lang): Html {
  const words = messageWords(lang).figures
  const one = (
    label: string,
    n: number,
    state: PlatformMessageState | undefined,
    note?: string,
    tone?: 'late' | 'due',
  ) =>
    figure({ lang, label, value: formatCount(n, lang), n, href: href({ state }), note, tone: n > 0 ? tone : undefined })
  const oldest = health.oldest && String(words.oldest(formatMomentShort(health.oldest, lang, dayOf(ctx.now))))
  return figures([
    one(words.waiting, health.waiting, 'waiting', oldest ?? undefined),
    one(words.unknown, health.unknown, 'unknown', words.unknownNote, 'due'),
    one(words.failed, failed, 'failed', String(words.failedWeek(formatCount(health.failedInWeek, lang))), 'late'),
    one(words.sent, health.sentInWeek, undefined),
  ])
}

function href(values: { state?: string; purpose?: string; after?: string }): string {
  const filled = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return filled.length > 0 ? `/console/messages?${new URLSearchParams(filled)}` : '/console/messages'
}

function filters(state: string | undefined, purpose: string | undefined, lang: Lang): Html {
  const words = messageWords(lang)
  const ofStates = states.map((value) => ({ value, label: words.states[value] }))
  const ofPurposes = purposes.map((value) => ({ value, label: words.purposes[value] }))
  const choose = (
    name: string,
    label: string,
    value: string | undefined,
    options: typeof ofPurposes | typeof ofStates,
  ) => field({ lang, kind: 'select', name, label, value: value ?? '', options, optional: true })
  return filterBar({
    lang,
    action: '/console/messages',
    submit: words.show,
    clearHref: '/console/messages',
    body: html`${choose('state', words.filterState, state, ofStates)}${choose('purpose', words.filterPurpose, purpose, ofPurposes)}`,
  })
}

const tones: Record<PlatformMessageState, Status> = {
  waiting: 'open',
  claimed: 'open',
  sent: 'neutral',
  delivered: 'done',
  failed: 'late',
  unknown: 'due',
  cancelled: 'stopped',
}

function messageTable(ctx: Context, rows: readonly MessageRow[], lang: Lang): Html {
  const words = messageWords(lang)
  const c = words.columns
  const named = words.purposes as Record<string, string>
  const today = dayOf(ctx.now)
  return table<'purpose' | 'phone' | 'state' | 'created' | 'event' | 'tries' | 'failure'>({
    caption: words.title,
    captionHidden: true,
    columns: [
      { key: 'purpose', label: c.purpose, kind: 'main' },
      { key: 'phone', label: c.phone, kind: 'nowrap' },
      { key: 'state', label: c.state, kind: 'nowrap' },
      { key: 'created', label: c.created, kind: 'nowrap' },
      { key: 'event', label: c.event, kind: 'nowrap' },
      { key: 'tries', label: c.tries, kind: 'number' },
      { key: 'failure', label: c.failure },
    ],
    rows: rows.map((row) => ({
      cells: {
        purpose: named[row.purpose] ?? words.otherPurpose,
        phone: row.phone,
        state: statusBadge(tones[row.state], words.states[row.state]),
        created: formatMomentShort(row.createdAt, lang, today),
        event: lastEvent(row, lang, today),
        tries: row.tries,
        failure: failureText(row, lang),
      },
    })),
    empty: emptyState({ title: words.empty }),
  })
}

function lastEvent(row: MessageRow, lang: Lang, today: Temporal.PlainDate): string {
  const words = messageWords(lang)
  const at = (moment: Temporal.Instant) => formatMomentShort(moment, lang, today)
  if (row.state === 'waiting') return String(words.next(at(row.nextTryAt)))
  if (row.state === 'unknown') return String(words.ask(at(row.nextTryAt)))
  const moment = row.deliveredAt ?? row.failedAt ?? row.sentAt
  return moment ? at(moment) : ''
}

/** The gateway's own words can hold anything: numbers in them are hidden. */
function failureText(row: MessageRow, lang: Lang): string {
  if (!row.failure) return ''
  const known = messageWords(lang).failures as Record<string, string>
  return known[row.failure] ?? row.failure.replace(/\d{7,}/g, '****')
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const moment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/

function writeCursor(last: { at: string; id: string }, shown: number): string {
  return Buffer.from(JSON.stringify([last.at, last.id, shown])).toString('base64url')
}

/** Null for what is no cursor: the list then begins at its beginning. */
function readCursor(written: string | undefined): { before: { at: string; id: string }; shown: number } | null {
  if (!written) return null
  try {
    const [at, id, shown] = JSON.parse(Buffer.from(written, 'base64url').toString()) as unknown[]
    if (typeof at !== 'string' || !moment.test(at) || typeof id !== 'string' || !uuid.test(id)) return null
    return { before: { at, id }, shown: Number.isSafeInteger(shown) ? Math.max(shown as number, 0) : 0 }
  } catch {
    return null
  }
}
