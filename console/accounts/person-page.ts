import { randomInt } from 'node:crypto'
import { frame } from '#console/frame.ts'
import { dayText, errorsIn, lastDay, problemBox, stack, typed, unitOf } from '#console/system/shared.ts'
import { consoleWords } from '#console/words.ts'
import { type Duty, findPersonFully, type Person } from '#modules/directory/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import type { Problem } from '#platform/problem.ts'
import { field } from '#platform/ui/field.ts'
import { actionButton, form } from '#platform/ui/form.ts'
import { factList, notice, section, statusBadge } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { accountBadge, personFields, personPath, roleOptions, unitOptions } from './people-page.ts'
import { accountWords } from './words.ts'

export type PersonView = {
  done?: string
  body?: Record<string, unknown>
  problem?: Problem /** Which form came back. */
  form?: 'person' | 'duty' | 'password'
}

/** Everything about one person's account and duties; of one's own nothing can be changed here. */
export async function personPage(ctx: Context, meta: Meta, id: string, view: PersonView = {}): Promise<Html> {
  const { lang } = meta
  const w = accountWords(lang)
  const person = await findPersonFully(ctx, id, dayOf(ctx.now))
  const own = id === ctx.actor.personId
  return frame(ctx, meta, {
    title: `${person.name} ${person.policeNo}`,
    current: '/console/accounts',
    breadcrumbs: [{ href: '/console/accounts', label: w.title }, { label: person.name }],
    status: view.done && (w.done as Record<string, string>)[view.done],
    invalid: view.problem !== undefined,
    main: stack(
      trouble(view.problem, lang),
      own && notice({ lang, kind: 'info', title: w.own }),
      accountSection(person, meta, own, view),
      await dutySection(ctx, person, meta, own, view),
      own
        ? personFacts(person, lang)
        : section({ title: w.person, id: 'person', body: await personForm(ctx, person, meta, view) }),
    ),
  })
}

function trouble(problem: Problem | undefined, lang: Lang): Html {
  if (problem?.code !== 'duty-incompatible') return problemBox(problem, lang)
  const names = consoleWords(lang).roles as Record<string, string>
  const name = (role: unknown) => names[String(role)] ?? String(role)
  return notice({
    lang,
    kind: 'error',
    title: accountWords(lang).clash(name(problem.detail.role), name(problem.detail.with)),
  })
}

function personFacts(person: Person, lang: Lang): Html {
  const w = accountWords(lang)
  return factList([
    { label: w.unit, value: unitOf(person, lang) },
    { label: w.kind, value: w.kinds[person.kind] },
    { label: w.phone, value: person.phone },
  ])
}

async function personForm(ctx: Context, person: Person, meta: Meta, view: PersonView): Promise<Html> {
  const kept: Record<string, string> = {
    name: person.name,
    kind: person.kind,
    unitId: person.unitId,
    phone: person.phone,
  }
  const value = (name: string) => (view.form === 'person' ? typed(view.body, name) : (kept[name] ?? ''))
  return form({
    action: personPath(person.id),
    csrf: meta.csrf,
    version: person.version,
    submit: { label: accountWords(meta.lang).save },
    body: await personFields(ctx, meta.lang, value, view.form === 'person' ? view.problem : undefined),
  })
}

async function dutySection(ctx: Context, person: Person, meta: Meta, own: boolean, view: PersonView): Promise<Html> {
  const { lang } = meta
  const w = accountWords(lang)
  const today = dayOf(ctx.now).toString()
  const names = consoleWords(lang).roles
  const phase = (duty: Duty) =>
    duty.from > today
      ? statusBadge('due', w.dutyComing)
      : duty.until && duty.until <= today
        ? statusBadge('neutral', w.dutyOver)
        : statusBadge('done', w.dutyNow)
  const over = (duty: Duty) => duty.until !== null && duty.until <= today
  return section({
    title: w.duties,
    id: 'duties',
    body: html`${table({
      caption: w.duties,
      captionHidden: true,
      columns: [
        { key: 'role', label: w.role, kind: 'main' },
        { key: 'unit', label: w.columns.area },
        { key: 'from', label: w.columns.from },
        { key: 'until', label: w.columns.until },
        { key: 'state', label: w.state },
        { key: 'end', label: w.endDuty, kind: 'action' },
      ],
      rows: person.duties.map((duty) => ({
        tone: over(duty) ? 'closed' : undefined,
        cells: {
          role: names[duty.role],
          unit: unitOf(duty, lang),
          from: dayText(duty.from, lang),
          until: duty.until ? dayText(lastDay(duty.until), lang) : '',
          state: phase(duty),
          end:
            own || over(duty)
              ? ''
              : actionButton({
                  action: personPath(person.id, `/duties/${duty.id}/end`),
                  csrf: meta.csrf,
                  label: w.endDuty,
                  kind: 'danger',
                }),
        },
      })),
      empty: html`<p class="hint">${w.dutiesNone}</p>`,
    })}${own ? nothing : await dutyForm(ctx, person, meta, view)}`,
  })
}

async function dutyForm(ctx: Context, person: Person, meta: Meta, view: PersonView): Promise<Html> {
  const { lang } = meta
  const w = accountWords(lang)
  const mine = view.form === 'duty'
  const errors = errorsIn(mine ? view.problem : undefined, lang)
  const shared = (name: string, label: string, kept = '') => ({
    lang,
    name,
    label,
    value: mine ? typed(view.body, name) : kept,
    error: errors.find((error) => error.name === name)?.message,
  })
  return section({
    title: w.giveDuty,
    level: 3,
    body: form({
      action: personPath(person.id, '/duties'),
      csrf: meta.csrf,
      submit: { label: w.giveDuty },
      body: html`${field({ ...shared('role', w.role), kind: 'select', options: roleOptions(lang) })}${field({ ...shared('forUnit', w.forUnit, person.unitId), kind: 'select', options: await unitOptions(ctx, lang) })}${field({ ...shared('from', w.from, dayOf(ctx.now).toString()), kind: 'date', width: 'short' })}${field({ ...shared('until', w.until), kind: 'date', width: 'short', optional: true })}`,
    }),
  })
}

function accountSection(person: Person, meta: Meta, own: boolean, view: PersonView): Html {
  const { lang } = meta
  const w = accountWords(lang)
  const { account } = person
  const facts = factList([
    { label: w.state, value: accountBadge(person, lang) },
    account.exists
      ? {
          label: w.accountTitle,
          value: `${account.secondFactor ? w.account.second : w.account.noSecond} · ${w.account.sessions(account.sessions)}`,
        }
      : null,
    { label: w.lastSeen, value: account.lastSeenAt && formatMoment(account.lastSeenAt, lang) },
  ])
  return section({
    title: w.accountTitle,
    id: 'account',
    body: html`${facts}${own ? nothing : accountActions(person, meta, view)}`,
  })
}

function accountActions(person: Person, meta: Meta, view: PersonView): Html {
  const w = accountWords(meta.lang)
  const { account } = person
  const act = (what: string, label: string, why: string, kind: 'plain' | 'danger' = 'plain') =>
    html`<div><dt>${actionButton({ action: personPath(person.id, `/${what}`), csrf: meta.csrf, label, kind })}</dt><dd>${why}</dd></div>`
  const off = account.disabledAt !== null || !person.active
  return html`${passwordForm(person, meta, view)}${
    account.exists
      ? html`<dl class="facts">${off ? act('enable', w.enable, '') : act('disable', w.disable, w.disableWhy, 'danger')}${act('unlock', w.unlock, w.unlockWhy)}${account.secondFactor ? act('reset-second-factor', w.resetSecond, w.resetSecondWhy) : nothing}${account.sessions > 0 ? act('end-sessions', w.endSessions, '') : nothing}</dl>`
      : nothing
  }`
}

function passwordForm(person: Person, meta: Meta, view: PersonView): Html {
  const { lang } = meta
  const w = accountWords(lang)
  const mine = view.form === 'password'
  const error = errorsIn(mine ? view.problem : undefined, lang).find(({ name }) => name === 'password')?.message
  const label = person.account.exists ? w.setPassword : w.open
  return section({
    title: label,
    level: 3,
    body: form({
      action: personPath(person.id, person.account.exists ? '/password' : '/account'),
      csrf: meta.csrf,
      submit: { label, kind: person.account.exists ? 'plain' : 'main' },
      body: field({
        lang,
        kind: 'text',
        name: 'password',
        label: w.password,
        hint: w.passwordHint,
        value: mine ? typed(view.body, 'password') : oneTimePassword(),
        error,
        autocomplete: 'off',
        maxlength: 128,
        width: 'medium',
      }),
    }),
  })
}

// Without the letters and digits that are taken for one another when read aloud or copied by hand.
const alphabets = ['ABCDEFGHJKLMNPQRTUVWXY', 'abcdefghijkmnpqrtuvwxy', '346789']

/** Fourteen characters, some 60 bits; always of three classes, which the password policy asks for. */
export function oneTimePassword(): string {
  const pick = (letters: string) => letters[randomInt(letters.length)] ?? ''
  const groups = Array.from({ length: 4 }, () => alphabets.map(pick).join(''))
  return groups.join('-')
}
