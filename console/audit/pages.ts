import { frame } from '#console/frame.ts'
import { said, stack } from '#console/system/shared.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatCount, formatMoment, type Lang } from '#platform/i18n.ts'
import { field } from '#platform/ui/field.ts'
import { linkButton } from '#platform/ui/form.ts'
import { dialogDetails, emptyState, factList, notice, type Status, section, statusBadge } from '#platform/ui/parts.ts'
import { filterBar, table } from '#platform/ui/table.ts'
import {
  type Entry,
  type EntryLine,
  type EntrySearch,
  findEntries,
  findMatterReaders,
  knownEvents,
} from './find-entries.ts'
import type { WitnessState } from './witness-state.ts'
import { auditWords } from './words.ts'

export const entryPath = (id: string, rest = '') => `/console/audit/entries/${id}${rest}`
const perPage = 50

/** As typed in the search form. */
export type AuditQuery = {
  from?: string
  until?: string
  actor?: string
  event?: string
  subject?: string
  outcome?: string
}

const tones: Record<EntryLine['outcome'], Status> = { done: 'done', refused: 'due', failed: 'late' }

function who(entry: EntryLine, lang: Lang): string {
  const kinds = auditWords(lang).kinds as Record<string, string>
  return entry.actorName ? `${entry.actorName} ${entry.policeNo}` : (kinds[entry.actorKind] ?? entry.actorKind)
}

function entryTable(entries: readonly (EntryLine & { reason?: string | null })[], lang: Lang, caption: string): Html {
  const w = auditWords(lang)
  const reasons = entries.some(({ reason }) => reason)
  return table({
    caption,
    captionHidden: true,
    columns: [
      { key: 'at', label: w.columns.at, kind: 'main' },
      { key: 'actor', label: w.columns.actor },
      { key: 'event', label: w.columns.event },
      { key: 'subject', label: w.columns.subject },
      { key: 'unit', label: w.columns.unit },
      { key: 'outcome', label: w.columns.outcome },
      ...(reasons ? [{ key: 'reason' as const, label: w.columns.reason }] : []),
    ],
    rows: entries.map((entry) => ({
      href: entryPath(entry.id),
      cells: {
        at: formatMoment(entry.at, lang),
        actor: who(entry, lang),
        event: entry.event,
        subject: [entry.subjectKind, entry.subjectId?.slice(0, 13)].filter(Boolean).join(' '),
        unit: entry.unitZh ? said({ zh: entry.unitZh, en: entry.unitEn ?? '' }, lang) : '',
        outcome: statusBadge(tones[entry.outcome], w.outcomes[entry.outcome]),
        reason: entry.reason,
      },
    })),
    empty: emptyState({ title: w.none }),
  })
}

export type ListView = { query: AuditQuery; search: EntrySearch; badDay: boolean; state: WitnessState }

/** The search, with the state of head and witness above it. */
export async function auditPage(ctx: Context, meta: Meta, { query, search, badDay, state }: ListView): Promise<Html> {
  const { lang } = meta
  const w = auditWords(lang)
  const found = await findEntries(ctx, search, perPage + 1)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  const input = (name: keyof AuditQuery, label: string, more: object = {}) =>
    field({ lang, kind: 'text', name, label, value: query[name], maxlength: 60, ...more })
  const date = (name: 'from' | 'until', label: string) => input(name, label, { kind: 'date', hint: html`` })
  return frame(ctx, meta, {
    title: w.title,
    current: '/console/audit',
    actions: html`${linkButton({ href: '/console/audit/head', label: w.head })}${linkButton({ href: '/console/audit/contacts', label: w.reveals })}`,
    main: stack(
      state.alarm && notice({ lang, kind: 'error', title: w.alarms[state.alarm] }),
      badDay && notice({ lang, kind: 'warning', title: w.badDay }),
      filterBar({
        lang,
        action: '/console/audit',
        label: w.search,
        clearHref: '/console/audit',
        body: html`${date('from', w.from)}${date('until', w.until)}${input('actor', w.actor)}${input('event', w.event, {
          kind: 'select',
          optional: true,
          options: (await knownEvents(ctx)).map((event) => ({ value: event, label: event })),
        })}${input('subject', w.subject)}${input('outcome', w.outcome, {
          kind: 'select',
          optional: true,
          options: Object.entries(w.outcomes).map(([value, label]) => ({ value, label })),
        })}`,
      }),
      entryTable(shown, lang, w.title),
      found.length > perPage && last
        ? html`<p>${linkButton({ href: `/console/audit?${olderQuery(query, `${last.micros}-${last.id}`)}`, label: w.older })}</p>`
        : nothing,
    ),
  })
}

function olderQuery(query: AuditQuery, after: string): string {
  return String(
    new URLSearchParams(
      Object.entries({ ...query, after }).filter((entry): entry is [string, string] => Boolean(entry[1])),
    ),
  )
}

export function entryPage(ctx: Context, meta: Meta, entry: Entry): Promise<Html> {
  const { lang } = meta
  const w = auditWords(lang)
  return frame(ctx, meta, {
    title: w.entry(entry.id),
    current: '/console/audit',
    breadcrumbs: [{ href: '/console/audit', label: w.title }, { label: w.entry(entry.id) }],
    main: html`${factList([
      { label: w.facts.at, value: formatMoment(entry.at, lang) },
      { label: w.facts.actor, value: who(entry, lang) },
      { label: w.facts.event, value: entry.event },
      { label: w.facts.subject, value: [entry.subjectKind, entry.subjectId].filter(Boolean).join(' ') },
      { label: w.facts.unit, value: entry.unitZh && said({ zh: entry.unitZh, en: entry.unitEn ?? '' }, lang) },
      { label: w.facts.outcome, value: statusBadge(tones[entry.outcome], w.outcomes[entry.outcome]) },
      { label: w.facts.request, value: entry.requestId },
      { label: w.facts.hash, value: html`<code>${entry.recordHash}</code>` },
      { label: w.facts.place, value: entry.treeIndex ?? w.waiting },
    ])}${section({ title: w.data, body: entry.erased ? html`<p>${w.erased}</p>` : dataFacts(entry.data) })}${section({ title: w.proof, body: html`<p>${w.proofWhy}</p>${entry.treeIndex === null ? html`<p class="hint">${w.waiting}</p>` : linkButton({ href: entryPath(entry.id, '/proof'), label: w.proof, download: true })}` })}`,
  })
}

function dataFacts(data: unknown): Html {
  const fields = typeof data === 'object' && data !== null ? Object.entries(data) : []
  return factList(
    fields.map(([label, value]) => ({ label, value: typeof value === 'string' ? value : JSON.stringify(value) })),
    { keepEmpty: true },
  )
}

/** Head, witness, alarm, and how somebody outside checks all this. No button: what matters is done elsewhere. */
export function headPage(ctx: Context, meta: Meta, state: WitnessState, publicKeys: readonly string[]): Promise<Html> {
  const { lang } = meta
  const w = auditWords(lang)
  const witnessed =
    state.witnessed === undefined
      ? w.witnessedUnknown
      : state.witnessed === null
        ? w.witnessedNone
        : w.witnessedTo(formatCount(state.witnessed.size, lang))
  return frame(ctx, meta, {
    title: w.head,
    current: '/console/audit',
    breadcrumbs: [{ href: '/console/audit', label: w.title }, { label: w.head }],
    main: stack(
      state.alarm
        ? notice({ lang, kind: 'error', title: w.alarms[state.alarm] })
        : notice({ lang, kind: 'success', title: w.fine }),
      state.head === null && html`<p>${w.noHead}</p>`,
      factList([
        { label: w.headFacts.size, value: state.head && formatCount(state.head.size, lang) },
        { label: w.headFacts.at, value: state.head && formatMoment(state.head.at, lang) },
        { label: w.headFacts.root, value: state.head && html`<code>${state.head.root}</code>` },
        { label: w.headFacts.waiting, value: formatCount(state.waiting, lang) },
        { label: w.headFacts.witnessed, value: witnessed },
      ]),
      state.head &&
        dialogDetails({
          summary: w.headFacts.note,
          body: html`${state.head.note.split('\n').map((line) => html`<code>${line}</code><br>`)}`,
        }),
      section({
        title: w.how,
        body: html`<ol>${w.howSteps.map((step) => html`<li>${step}</li>`)}</ol>${publicKeys.map((key) => html`<p><code>${key}</code></p>`)}<p class="hint">${w.notPromised}</p>`,
      }),
    ),
  })
}

/** Who looked at one matter, reveals of the contact first. */
export async function contactsPage(ctx: Context, meta: Meta, no: string | undefined): Promise<Html> {
  const { lang } = meta
  const w = auditWords(lang)
  const readers = no ? await findMatterReaders(ctx, no, 200) : []
  const reveals = readers?.filter(({ reveal }) => reveal).length ?? 0
  return frame(ctx, meta, {
    title: w.reveals,
    current: '/console/audit',
    breadcrumbs: [{ href: '/console/audit', label: w.title }, { label: w.reveals }],
    main: stack(
      html`<p>${w.revealsWhy}</p>`,
      filterBar({
        lang,
        action: '/console/audit/contacts',
        label: w.reveals,
        submit: w.look,
        body: field({ lang, kind: 'text', name: 'no', label: w.matterNo, value: no, maxlength: 30 }),
      }),
      readers === null && notice({ lang, kind: 'info', title: w.noMatter }),
      readers && no ? html`<p>${w.revealOnly(reveals)}</p>${entryTable(readers, lang, w.reveals)}` : nothing,
    ),
  })
}
