import type { Unit } from '#modules/directory/index.ts'
import type { ItemVersionRow } from '#modules/registration/index.ts'
import { supervisionPhones } from '#modules/service-window/index.ts'
import { type Html, html } from '#platform/html.ts'
import { formatDaysLeft, formatMoment, type Lang } from '#platform/i18n.ts'
import type { Bureau } from '#platform/settings.ts'
import { linkButton } from '#platform/ui/form.ts'
import { deadlineRuler } from '#platform/ui/measure.ts'
import { factList, notice, section, steps } from '#platform/ui/parts.ts'
import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'
import { valueOn } from '#policy/parameter.ts'
import { amberDays } from '#policy/service-window/limits.ts'
import { urgency } from '#policy/service-window/urgency.ts'
import { basisWords } from '../basis-words.ts'
import { dayWords } from '../day-words.ts'
import { telephone } from '../frame.ts'
import { unitName } from '../services/window-units.ts'
import { commonWords } from '../words.ts'
import type { CitizenView } from './citizen-view.ts'
import { missingSection } from './missing.ts'
import { stepsOf } from './steps.ts'
import { progressWords } from './words.ts'

export type ProgressView = {
  matter: CitizenView
  version: ItemVersionRow | undefined
  unit: Unit | undefined
  bureau: Bureau
  today: Temporal.PlainDate
  calendar: WorkCalendar
  /** /q/number/code as it was opened. */
  address: string
  lang: Lang
}

/** The citizen's own page: where the matter stands, what is missing, until when, who is responsible, whom to complain to. */
export function progressMain(view: ProgressView): Html {
  const { matter, version, lang } = view
  const words = progressWords(lang)
  return html`${notice({ lang, kind: kindOf(matter), title: words.statuses[matter.status], body: outcome(view) })}${section(
    {
      title: words.steps,
      body: steps({ lang, label: words.steps, steps: stepsOf(matter, lang) }),
    },
  )}${due(view)}${missingSection(matter, view.address, lang)}${responsible(view)}${section({ title: words.facts, body: facts(view) })}${supervision(view)}<p class="hint">${
    words.keepPrivate
  }</p><div class="buttons">${version ? linkButton({ href: `/services/${version.itemCode}`, label: words.list }) : null}${linkButton({ href: '/q', label: words.askAgain })}${linkButton({ href: '/complain', label: commonWords(lang).complain })}</div>`
}

function kindOf({ status }: CitizenView): 'info' | 'success' | 'warning' {
  if (status === 'completed') return 'success'
  return status === 'awaiting_applicant' || status === 'refused' || status === 'lapsed' ? 'warning' : 'info'
}

function outcome({ matter, lang }: ProgressView): Html | null {
  const words = progressWords(lang)
  const { outcome_reason: reason, outcome_can_do: canDo } = matter
  if (!reason && !canDo) return null
  return html`${reason ? html`<p><b>${words.reason}</b> ${reason}</p>` : null}${canDo ? html`<p><b>${words.canDo}</b> ${canDo}</p>` : null}`
}

function due({ matter, version, today, calendar, lang }: ProgressView): Html | null {
  if (!matter.due_on || !matter.accepted_at) return null
  const words = progressWords(lang)
  const day = Temporal.PlainDate.from(matter.due_on)
  const span = {
    start: dayAt(matter.accepted_at),
    due: day,
    ended: matter.finished_at ? dayAt(matter.finished_at) : null,
  }
  const { state, share } = urgency(span, today, calendar, valueOn(amberDays, today).value)
  // Calendar days: what a citizen counts on the wall, whatever the limit counts.
  const left = formatDaysLeft(today.until(day).days, lang)
  const late = state === 'red' && !matter.finished_at
  return section({
    title: words.due,
    body: html`<p><b>${dayWords(matter.due_on, lang)}</b></p>${
      matter.finished_at ? null : html`<p>${deadlineRuler({ share, state, words: left })}</p>`
    }${late ? html`<p>${words.dueLate(left)}</p>` : null}${version ? html`<p>${version.content.promisedLimit.text[lang]}</p>` : null}${matter.due_basis ? html`<p class="hint">${words.basis(basisWords(matter.due_basis, lang))}</p>` : null}${
      matter.due_provisional && !matter.finished_at ? html`<p class="hint">${words.provisional}</p>` : null
    }${matter.extension ? html`<p>${words.extended(matter.extension.days, matter.extension.reason)}</p>` : null}`,
  })
}

export function dayAt(moment: string): Temporal.PlainDate {
  return Temporal.Instant.from(moment).toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
}

function responsible({ matter, unit, lang }: ProgressView): Html {
  const words = progressWords(lang)
  const { officer, receiver_name: receiver, receiver_phone: phone } = matter
  const line = officer.phone || unit?.phone
  const own = section({
    title: words.officer,
    body: html`<p><b>${officer.name}</b> ${words.policeNo(officer.police_no)}</p>${line ? html`<p>${commonWords(lang).phone} ${telephone(line)}</p>` : null}<p class="hint">${words.officerHint}</p>`,
  })
  if (!receiver) return own
  const other = html`<p>${words.receiverHint}</p><p><b>${receiver}</b></p>${phone ? html`<p>${commonWords(lang).phone} ${telephone(phone)}</p>` : null}`
  return html`${section({ title: words.receiver, body: other })}${own}`
}

function facts({ matter, unit, lang }: ProgressView): Html {
  const words = progressWords(lang)
  const at = (moment: string | null) => (moment ? formatMoment(Temporal.Instant.from(moment), lang) : null)
  return factList([
    { label: words.matterNo, value: matter.no },
    { label: words.acceptanceNo, value: matter.acceptance_no },
    { label: words.applicant, value: matter.applicant_name },
    { label: words.request, value: matter.request },
    { label: words.receivedAt, value: at(matter.received_at) },
    { label: words.acceptedAt, value: at(matter.accepted_at) },
    { label: words.finishedAt, value: at(matter.finished_at) },
    unit
      ? { label: words.unit, value: html`${unitName(unit, lang)}${unit.address ? html`<br>${unit.address}` : null}` }
      : null,
  ])
}

function supervision({ bureau, unit, lang }: ProgressView): Html {
  const names = { zh: unit?.nameZh ?? '', en: unit?.nameEn ?? '' }
  const phones = supervisionPhones(bureau, unit?.supervisionPhone ?? '', names)
  return section({
    title: progressWords(lang).supervision,
    body: factList(phones.map(({ label, number }) => ({ label: label[lang], value: telephone(number) }))),
  })
}
