import type { NoticeRow } from '#modules/service-window/index.ts'
import { holdsOf } from '#modules/service-window/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatDay, formatDuration, formatMomentShort, type Lang } from '#platform/i18n.ts'
import { linkButton } from '#platform/ui/form.ts'
import { type BatonEntry, factList, notice, section, timeline } from '#platform/ui/parts.ts'
import type { MatterData } from './matter-data.ts'
import { pageWords } from './matter-words.ts'
import { said } from './shared.ts'
import { signForms } from './sign-form.ts'
import { stepWords } from './step-words.ts'
import { gapLine } from './verdict.ts'
import { matterWords } from './words.ts'

/** Who held the work, from when to when; the first officer stays the first (R84, b-13). */
export function chainSection(ctx: Context, data: MatterData, lang: Lang): Html {
  const w = pageWords(lang)
  const { view } = data
  const holds = holdsOf(view)
  const today = dayOf(ctx.now)
  const passed = view.batons.filter((baton) => baton.receiptAt)
  const entries: (BatonEntry & { order: Temporal.Instant })[] = holds.map((hold, at) => {
    const until = hold.until ?? (view.matter.finished_at as Temporal.Instant | null)
    const long = formatDuration((until ?? ctx.now).since(hold.from), lang)
    return {
      order: hold.from,
      at: formatMomentShort(hold.from, lang, today),
      who: hold.name,
      what: at === 0 ? w.history.got : w.history.took(passed[at - 1]?.reason ?? ''),
      detail: `${until ? '' : `${w.history.now} · `}${w.history.held(long)}`,
      kind: at === 0 ? undefined : 'pass',
    }
  })
  for (const baton of view.batons.filter((candidate) => !candidate.receiptAt)) {
    const declined = baton.declinedAt !== null
    entries.push({
      order: baton.declinedAt ?? baton.offeredAt,
      at: formatMomentShort(baton.declinedAt ?? baton.offeredAt, lang, today),
      who: declined ? baton.toName : (baton.fromName ?? view.firstOfficer.name),
      what: declined ? w.history.declined(baton.toName, baton.declineReason ?? '') : w.history.offered(baton.toName),
    })
  }
  entries.sort((a, b) => Temporal.Instant.compare(a.order, b.order))
  return section({ title: w.history.chain, body: timeline({ label: w.history.chain, entries }) })
}

export function visitsSection(ctx: Context, data: MatterData, lang: Lang): Html {
  const w = pageWords(lang).history
  const causes = matterWords(lang).causes as Record<string, string>
  return section({
    title: w.visits,
    body: timeline({
      label: w.visits,
      entries: data.view.visits.map((visit) => ({
        at: formatMomentShort(visit.at, lang, dayOf(ctx.now)),
        who: visit.officerName,
        what: `${w.visit(visit.no)} · ${said({ zh: visit.unitZh, en: visit.unitEn }, lang)}${visit.counterNo ? ` ${w.counter(visit.counterNo)}` : ''}`,
        detail: visit.cause && visit.no > 1 ? causes[visit.cause] : undefined,
      })),
    }),
  })
}

export function noticesSection(ctx: Context, data: MatterData, meta: Meta): Html {
  const { lang } = meta
  const w = pageWords(lang)
  if (data.view.notices.length === 0) return nothing
  return section({
    title: w.notices.title,
    id: 'notices',
    body: html`${data.view.notices.map((one) => noticePart(ctx, data, one, meta))}`,
  })
}

function noticePart(ctx: Context, data: MatterData, one: NoticeRow, meta: Meta): Html {
  const { lang } = meta
  const w = pageWords(lang)
  const issued = one.status === 'issued'
  const title = `${one.sequence === 1 ? w.notices.first : w.notices.second(one.sequence)}${one.no ? ` ${one.no}` : ''}`
  const print = issued
    ? linkButton({ href: `/console/notices/${one.id}/notice.pdf`, label: w.print.notice, newTab: true })
    : nothing
  const signs = issued && !one.signature && may(ctx.actor, 'matter.work') && !data.view.matter.finished_at
  const pending = one.status === 'requested' ? pendingNote(ctx, one, lang) : nothing
  return section({
    title,
    level: 3,
    actions: print,
    body: html`${pending}${noticeFacts(ctx, one, lang)}${signs ? signForms(data, one, meta) : nothing}`,
  })
}

function noticeFacts(ctx: Context, one: NoticeRow, lang: Lang): Html {
  const w = pageWords(lang)
  const causes = matterWords(lang).supplementCauses as Record<string, string>
  const at = formatMomentShort(one.issuedAt ?? one.requestedAt, lang, dayOf(ctx.now))
  const content = one.content
  return factList([
    { label: w.notices.by, value: `${one.requestedByName} ${at}` },
    one.cause
      ? {
          label: stepWords(lang).second.cause,
          value: `${causes[one.cause] ?? one.cause}${lang === 'en' ? '. ' : '。'}${one.causeNote ?? ''}`,
        }
      : null,
    one.decidedByName
      ? { label: w.notices[one.status], value: `${one.decidedByName} ${one.decisionNote ?? ''}` }
      : null,
    content && {
      label: w.materials,
      value: html`<ol>${content.gaps.map((gap) => html`<li>${gapLine(gap, lang)}</li>`)}</ol>`,
    },
    content?.keptUntil
      ? { label: w.notices.keptUntil, value: formatDay(Temporal.PlainDate.from(content.keptUntil), lang) }
      : null,
    one.status === 'issued' ? { label: w.notices.sign, value: signatureWords(ctx, one, lang) } : null,
  ])
}

function signatureWords(ctx: Context, one: NoticeRow, lang: Lang): string {
  if (!one.signature || !one.signedAt) return pageWords(lang).notices.unsigned
  const kinds = matterWords(lang).signatures as Record<string, string>
  return `${kinds[one.signature] ?? ''} ${formatMomentShort(one.signedAt, lang, dayOf(ctx.now))}`
}

function pendingNote(ctx: Context, one: NoticeRow, lang: Lang): Html {
  const w = stepWords(lang).second
  const decides = may(ctx.actor, 'matter.decide') && one.requestedBy !== ctx.actor.personId
  return notice({
    lang,
    kind: 'info',
    title: w.waiting(one.requestedByName),
    body: decides ? html`<a href="/console/decisions" data-swap>${w.decide}</a>` : undefined,
  })
}
