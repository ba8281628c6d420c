import { Type } from 'typebox'
import { errorOf, fieldErrors } from '#console/frame.ts'
import { systemActor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import type { House } from '#platform/house.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { type AnyEndpoint, endpoint, type Meta } from '#platform/http/endpoint.ts'
import { dayOf, formatMomentShort } from '#platform/i18n.ts'
import { type DemoMessage, demoInbox, demoReply } from '#platform/notifications/demo-gateway.ts'
import { invalid, type Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { actionButton, errorSummary, form } from '#platform/ui/form.ts'
import { emptyState, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { maskPhone } from '#policy/identity/phone.ts'
import { demoOnly, demoPage } from './page.ts'
import { demoWords } from './words.ts'

type Parts = { house: House; sweepNow(): Promise<void> }
type Thread = { id: string; phone: string; messages: DemoMessage[] }

const path = '/demo/phone'
const mostMessages = 400
const mostThreads = 40
const quickReplies = ['5', '4', '3', '2', '1', '不满意', 'Y', 'N', 'T']

const query = Type.Object({
  thread: Type.Optional(Type.String({ maxLength: 64 })),
  sent: Type.Optional(Type.String({ maxLength: 1 })),
  lang: Type.Optional(Type.String()),
})
const body = Type.Object({
  thread: Type.String({ maxLength: 64 }),
  text: Type.String({ minLength: 1, maxLength: 300 }),
  attempt: Type.Optional(Type.String()),
  _csrf: Type.Optional(Type.String()),
})

/** A telephone on a page: what the gateway was given, and a box to answer with (the gateway's place in the demonstration). */
export function phoneEndpoints(parts: Parts): AnyEndpoint[] {
  const shared = { path, side: 'internal', permission: 'anyone' } as const
  return [
    endpoint({
      ...shared,
      method: 'GET',
      summary: 'The demonstration’s telephone',
      audit: { unlogged: 'messages between invented people' },
      query,
      async handle(ctx, { query: asked, meta }) {
        demoOnly(meta)
        const status = asked.sent ? demoWords(meta.lang).phone.sent : undefined
        return { page: await phonePage(ctx, meta, await threadsOf(parts.house), { chosen: asked.thread, status }) }
      },
    }),
    endpoint({
      ...shared,
      method: 'POST',
      summary: 'Reply for an invented citizen',
      audit: 'demo.replied',
      perMinute: 60,
      body,
      async handle(_ctx, { body: sent, meta }) {
        demoOnly(meta)
        const thread = (await threadsOf(parts.house)).find((one) => one.id === sent.thread)
        const kept =
          thread &&
          (await parts.house.write(systemActor, meta.requestId, (ctx) => demoReply(ctx, thread.phone, sent.text)))
        if (!kept?.id) throw invalid({ text: 'unknown-number' })
        await parts.sweepNow()
        return {
          redirect: `${path}?thread=${encodeURIComponent(sent.thread)}&sent=1`,
          audit: { subjectKind: 'inbound_message', subjectId: kept.id },
        }
      },
      async onProblem(ctx, { body: sent, meta }, problem) {
        demoOnly(meta)
        return phonePage(ctx, meta, await threadsOf(parts.house), {
          chosen: String(sent.thread ?? ''),
          typed: String(sent.text ?? ''),
          problem,
        })
      },
    }),
  ]
}

/** Conversations by number, the one with the newest message first. */
function threadsOf(house: House): Promise<Thread[]> {
  return house.read(systemActor, 'demo-phone', async (ctx) => {
    const byPhone = Map.groupBy(await demoInbox(ctx, mostMessages), (message) => message.phone)
    return [...byPhone]
      .slice(0, mostThreads)
      .map(([phone, messages]) => ({ id: ctx.seal.blindIndex('phone', phone).slice(0, 16), phone, messages }))
  })
}

type Shown = { chosen?: string; typed?: string; problem?: Problem; status?: string }

function phonePage(ctx: Context, meta: Meta, threads: readonly Thread[], shown: Shown): Promise<Html> {
  const words = demoWords(meta.lang).phone
  const thread = threads.find((one) => one.id === shown.chosen)
  const errors = fieldErrors(shown.problem, meta.lang).map((error) =>
    shown.problem?.fields[error.name] === 'unknown-number' ? { ...error, message: words.unknown } : error,
  )
  const main = html`<p>${words.intro}</p>${errorSummary({ lang: meta.lang, errors })}${thread ? conversation(meta, thread, shown, errorOf(errors, 'text')) : nothing}${section(
    {
      title: words.threads,
      body: threadTable(ctx, meta, threads),
    },
  )}`
  return demoPage(ctx, meta, { title: words.title, main, status: shown.status, invalid: errors.length > 0 })
}

function conversation(meta: Meta, thread: Thread, shown: Shown, error: string | undefined): Html {
  const { lang } = meta
  const words = demoWords(lang).phone
  const said = thread.messages.toReversed().map((message) => {
    const from = message.from === 'bureau' ? words.bureau : words.citizen
    return html`<li class="message message-${message.from}"><p class="hint">${from} · ${formatMomentShort(message.at, lang)}</p><p>${withLinks(message.body)}</p></li>`
  })
  const answer = form({
    action: path,
    csrf: meta.csrf,
    hidden: { thread: thread.id },
    submit: { label: words.send, key: true },
    body: field({
      lang,
      kind: 'text',
      name: 'text',
      label: words.reply,
      value: shown.typed,
      error,
      maxlength: 300,
      autocomplete: 'off',
    }),
  })
  const quick = quickReplies.map((text) =>
    actionButton({ action: path, csrf: meta.csrf, hidden: { thread: thread.id, text }, label: text }),
  )
  const title = words.messages(maskPhone(thread.phone))
  return section({
    title,
    body: html`<ol class="messages" aria-label="${title}">${said}</ol>${answer}<p class="hint">${words.quick}</p><div class="buttons">${quick}</div>`,
  })
}

/** The link in a message can be followed, as on a real telephone. */
function withLinks(text: string): Html {
  return html`${text.split(/(https?:\/\/[^\s，。]+)/).map((part, place) => (place % 2 === 1 ? html`<a href="${part}">${part}</a>` : part))}`
}

/** The first words of a message, without the signature that all of the bureau's bear. */
function opening(text: string): string {
  const characters = [...text.replace(/^【[^】]*】/, '')]
  return characters.length > 28 ? `${characters.slice(0, 28).join('')}…` : characters.join('')
}

function threadTable(ctx: Context, meta: Meta, threads: readonly Thread[]): Html {
  const { lang } = meta
  const words = demoWords(lang).phone
  const today = dayOf(ctx.now)
  return table({
    caption: words.threads,
    captionHidden: true,
    columns: [
      { key: 'number', label: words.number, kind: 'main' },
      { key: 'last', label: words.last },
      { key: 'at', label: words.at, kind: 'nowrap' },
    ],
    rows: threads.map((thread) => {
      const last = thread.messages[0] as DemoMessage
      const who = last.from === 'bureau' ? words.bureau : words.citizen
      return {
        href: `${path}?thread=${thread.id}`,
        cells: {
          number: maskPhone(thread.phone),
          last: `${who}：${opening(last.body)}`,
          at: formatMomentShort(last.at, lang, today),
        },
      }
    }),
    empty: emptyState({ title: words.none, body: words.noneHint }),
  })
}
