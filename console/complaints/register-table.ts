import type { RegisterRow } from '#modules/complaints/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import { formatDayShort, formatDaysLeft, type Lang } from '#platform/i18n.ts'
import { deadlineRuler } from '#platform/ui/measure.ts'
import { statusBadge, type Status as Tone } from '#platform/ui/parts.ts'
import { type Column, table } from '#platform/ui/table.ts'
import { amberFrom, type ClockState, clockState } from '#policy/complaints/intake.ts'
import type { Status } from '#policy/complaints/lifecycle.ts'
import { valueOn } from '#policy/parameter.ts'
import { caseWords } from './case-words.ts'
import { channelWords } from './month/channel-words.ts'
import { registerWords } from './register-words.ts'

const tones: Record<Status, Tone> = {
  received: 'open',
  accepted: 'open',
  investigating: 'open',
  proposed: 'open',
  reviewed: 'open',
  decided: 'open',
  answered: 'neutral',
  closed: 'done',
  redirected: 'stopped',
  transferred: 'stopped',
  withdrawn: 'stopped',
  merged: 'stopped',
}

export function caseStatus(status: Status, lang: Lang): Html {
  return statusBadge(tones[status], caseWords(lang).status[status])
}

type Timed = Pick<
  RegisterRow,
  | 'status'
  | 'receivedOn'
  | 'noticeDueOn'
  | 'noticeProvisional'
  | 'noticedAt'
  | 'acceptedAt'
  | 'dueOn'
  | 'dueProvisional'
>
type Running = ClockState & { due: Temporal.PlainDate; kind: 'notice' | 'finish'; provisional: boolean }

/** Which legal clock runs: until the notice that one, then that of finishing; none once the case is answered or over. */
export function runningClock(ctx: Context, row: Timed): Running | null {
  const today = dayOf(ctx.now)
  const amber = valueOn(amberFrom, today).value
  if (row.status === 'received' && row.noticedAt === null) {
    const due = Temporal.PlainDate.from(row.noticeDueOn)
    const state = clockState({ from: Temporal.PlainDate.from(row.receivedOn), due }, today, amber.notice)
    return { ...state, due, kind: 'notice', provisional: row.noticeProvisional }
  }
  const working: readonly Status[] = ['accepted', 'investigating', 'proposed', 'reviewed']
  if (!working.includes(row.status) || !row.dueOn || !row.acceptedAt) return null
  const due = Temporal.PlainDate.from(row.dueOn)
  const state = clockState({ from: dayOf(row.acceptedAt), due }, today, amber.finish)
  return { ...state, due, kind: 'finish', provisional: row.dueProvisional }
}

export function clockCell(ctx: Context, row: Timed, lang: Lang): Html {
  const running = runningClock(ctx, row)
  if (!running) return nothing
  const w = registerWords(lang)
  const day = formatDayShort(running.due, lang, dayOf(ctx.now))
  const words = `${w[running.kind]} ${day} · ${formatDaysLeft(running.daysLeft, lang)}${running.provisional ? ` (${w.provisional})` : ''}`
  return deadlineRuler({ share: running.share, state: running.state, words })
}

type Key = 'no' | 'summary' | 'accused' | 'class' | 'status' | 'clock' | 'handler' | 'received'

/** A list of cases: nobody who complained is in it. */
export function caseTable(
  ctx: Context,
  lang: Lang,
  rows: readonly RegisterRow[],
  options: { caption: string; empty: Html; href: (id: string) => string; handler: boolean },
): Html {
  const w = registerWords(lang).columns
  const columns: Column<Key>[] = [
    { key: 'no', label: w.no, kind: 'main' },
    { key: 'summary', label: w.summary },
    { key: 'accused', label: w.accused },
    { key: 'status', label: w.status, kind: 'nowrap' },
    { key: 'clock', label: w.clock, kind: 'nowrap' },
    ...(options.handler ? [{ key: 'handler' as const, label: w.handler, kind: 'nowrap' as const }] : []),
    { key: 'class', label: w.class, kind: 'nowrap' },
    { key: 'received', label: w.received },
  ]
  return table<Key>({
    caption: options.caption,
    captionHidden: true,
    swap: true,
    columns,
    empty: options.empty,
    rows: rows.map((row) => line(ctx, lang, row, options.href(row.id))),
  })
}

function line(ctx: Context, lang: Lang, row: RegisterRow, href: string) {
  const w = registerWords(lang)
  const running = runningClock(ctx, row)
  const over = tones[row.status] === 'done' || tones[row.status] === 'stopped'
  const channels = row.channels.map((channel) => channelWords(lang)[channel]).join(lang === 'en' ? ', ' : '、')
  const several = row.submissions > 1 ? ` · ${w.several(row.submissions)}` : ''
  return {
    href,
    tone: over
      ? ('closed' as const)
      : running?.state === 'red'
        ? ('late' as const)
        : running?.state === 'amber'
          ? ('due' as const)
          : undefined,
    cells: {
      no: html`<span class="case-no">${row.no}</span>`,
      summary: short(row.summary, 40),
      accused: short(row.accused.join(lang === 'en' ? ', ' : '、'), 30),
      class: row.caseClass ? caseWords(lang).class[row.caseClass] : w.noClass,
      status: caseStatus(row.status, lang),
      clock: running ? clockCell(ctx, row, lang) : undefined,
      handler: row.handlerName,
      received: html`${formatDayShort(Temporal.PlainDate.from(row.receivedOn), lang, dayOf(ctx.now))} <span class="hint">${channels}${several}</span>`,
    },
  }
}

export function short(text: string, most: number): string {
  const characters = [...text.replaceAll('\n', ' ')]
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : text
}
