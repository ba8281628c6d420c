import { attrs, type Html, html, nothing, type Printable } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { uiWords } from './words.ts'

/** neutral: a fact. open: in hand. due: soon. late: overdue. done: closed. stopped: withdrawn, refused, merged. */
export type Status = 'neutral' | 'open' | 'due' | 'late' | 'done' | 'stopped'

/** A state in words, with a mark whose shape differs for each kind, so that colour is never alone. */
export function statusBadge(kind: Status, label: string): Html {
  return html`<span class="status status-${kind}">${mark(kind)}${label}</span>`
}

const shapes: Record<Status, Html> = {
  neutral: html`<path d="M1 5h8" />`,
  open: html`<circle cx="5" cy="5" r="3.5" />`,
  due: html`<circle cx="5" cy="5" r="3.5" /><path class="fill" d="M5 1.5a3.5 3.5 0 0 1 0 7z" />`,
  late: html`<path class="fill" d="M5 .5 9.5 9h-9z" />`,
  done: html`<path d="M1 5.5 4 8.5 9 2" />`,
  stopped: html`<path d="M2 2l6 6M8 2 2 8" />`,
}

function mark(kind: Status): Html {
  return html`<svg class="mark" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" focusable="false">${shapes[kind]}</svg>`
}

/** Label and value in two columns. Empty values are left out unless `keepEmpty`. */
export function factList(
  facts: readonly ({ label: string; value: Printable } | null)[],
  options: { keepEmpty?: boolean } = {},
): Html {
  const shown = facts.filter((fact) => fact !== null && (options.keepEmpty || !isEmpty(fact.value)))
  return html`<dl class="facts">${shown.map(
    (fact) =>
      html`<div><dt>${fact?.label}</dt><dd>${isEmpty(fact?.value) ? html`<span aria-hidden="true">–</span>` : fact?.value}</dd></div>`,
  )}</dl>`
}

export type Step = { label: string; state: 'done' | 'current' | 'todo'; at?: string; note?: Printable }

/** Visible progress: done steps filled, steps to come hollow and dashed, with their dates. */
export function steps(options: { lang: Lang; label: string; steps: readonly Step[] }): Html {
  const words = uiWords(options.lang).steps
  return html`<ol class="steps" aria-label="${options.label}">${options.steps.map(
    (step) =>
      html`<li class="step-${step.state}"${attrs({ 'aria-current': step.state === 'current' ? 'step' : undefined })}><span class="step-label">${step.label}</span><span class="sr"> ${words[step.state]} </span>${
        step.at ? html`<span class="step-at">${step.at}</span>` : nothing
      }${step.note ? html`<div class="step-note">${step.note}</div>` : nothing}</li>`,
  )}</ol>`
}

/** Something to open when needed: a disclosure that works without script. `summary` is a short noun or verb phrase. */
export function dialogDetails(options: { summary: string; body: Printable; open?: boolean; id?: string }): Html {
  return html`<details class="more"${attrs({ open: options.open, id: options.id })}><summary>${options.summary}</summary><div class="more-body">${options.body}</div></details>`
}

/** A box that says one thing. error and warning announce themselves. */
export function notice(options: {
  lang: Lang
  kind: 'info' | 'success' | 'warning' | 'error'
  title: string
  body?: Printable
}): Html {
  const role = options.kind === 'error' || options.kind === 'warning' ? 'alert' : 'status'
  return html`<div class="notice notice-${options.kind}" role="${role}"><p class="notice-title"><span class="sr">${uiWords(options.lang).notices[options.kind]} </span>${
    options.title
  }</p>${options.body ? html`<div class="notice-body">${options.body}</div>` : nothing}</div>`
}

/** What to say, and what can be done, where a list has nothing. */
export function emptyState(options: { title: string; body?: Printable; action?: Printable }): Html {
  return html`<div class="empty"><p class="empty-title">${options.title}</p>${options.body ? html`<p>${options.body}</p>` : nothing}${options.action ?? nothing}</div>`
}

/** A part of a page under its own heading, with its actions at the right. */
export function section(options: {
  title: string
  body: Printable
  actions?: Printable
  id?: string
  level?: 2 | 3
}): Html {
  const level = options.level ?? 2
  return html`<section class="section"${attrs({ id: options.id })}><div class="section-head"><h${level}>${options.title}</h${level}>${
    options.actions ? html`<div class="actions">${options.actions}</div>` : nothing
  }</div>${options.body}</section>`
}

export type BatonEntry = {
  at: string
  who: string
  what: string
  detail?: Printable
  /** pass: the case changed hands here. */
  kind?: 'pass' | 'late' | 'done'
}

/** The chain of hands a case went through, oldest first. */
export function timeline(options: { label: string; entries: readonly BatonEntry[] }): Html {
  return html`<ol class="timeline" aria-label="${options.label}">${options.entries.map(
    (entry) =>
      html`<li${attrs({ class: entry.kind ? `entry-${entry.kind}` : undefined })}><span class="entry-at">${entry.at}</span><span class="entry-who">${entry.who}</span><span class="entry-what">${entry.what}</span>${
        entry.detail ? html`<div class="entry-detail">${entry.detail}</div>` : nothing
      }</li>`,
  )}</ol>`
}

/** The one thing to keep: a 查询码, a queue number. Shown large, read out character by character. */
export function keepThis(options: { label: string; code: string; note?: Printable }): Html {
  return html`<div class="keep"><p class="keep-label">${options.label}</p><p class="keep-code"><span class="sr">${[...options.code].join(' ')}</span><span aria-hidden="true">${options.code}</span></p>${
    options.note ? html`<p class="hint">${options.note}</p>` : nothing
  }</div>`
}

function isEmpty(value: Printable): boolean {
  return value === null || value === undefined || value === '' || value === false
}
