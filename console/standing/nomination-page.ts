import { frame } from '#console/frame.ts'
import { type NominationRow, viewNomination } from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html, nothing } from '#platform/html.ts'
import type { Meta } from '#platform/http/endpoint.ts'
import { formatMoment, type Lang } from '#platform/i18n.ts'
import { factList, type Status, section, statusBadge } from '#platform/ui/parts.ts'
import type { Eligibility } from '#policy/standing/eligibility.ts'
import { doneLine, type Returned } from './standing-action.ts'
import { actionForm, leftOver, nameOf, paragraphs } from './standing-parts.ts'
import { standingWords } from './standing-words.ts'
import { awardName, verdict } from './why.ts'

const base = '/console/nominations'

const tones: Record<NominationRow['status'], Status> = { nominated: 'open', granted: 'done', withdrawn: 'stopped' }

export function nominationBadge(row: NominationRow, lang: Lang): Html {
  return statusBadge(tones[row.status], standingWords(lang).nominations.status[row.status])
}

/** One nomination: what was seen at each end, and what stands now. */
export async function nominationPage(
  ctx: Context,
  meta: Meta,
  { id, done, returned }: { id: string; done?: string; returned?: Returned },
): Promise<Html> {
  const { lang } = meta
  const words = standingWords(lang)
  const row = await viewNomination(ctx, id)
  const title = words.nominations.one(row.personName, awardName(row.awardKind, lang))
  return frame(ctx, meta, {
    title,
    current: base,
    breadcrumbs: [{ href: base, label: words.nominations.title }, { label: row.personName }],
    status: doneLine(words.nominations.done, done),
    invalid: returned !== undefined,
    main: html`${leftOver(returned, row.can, lang)}${facts(row, lang)}${seenParts(row, lang)}${forms(meta, row, returned)}`,
  })
}

function facts(row: NominationRow, lang: Lang): Html {
  const words = standingWords(lang)
  const { nominations: n, columns: c } = words
  return factList([
    { label: c.state, value: nominationBadge(row, lang) },
    { label: c.person, value: `${row.personName} ${row.policeNo}` },
    { label: c.unit, value: nameOf(row, lang) },
    { label: c.award, value: awardName(row.awardKind, lang) },
    { label: c.year, value: String(row.year) },
    { label: n.reason, value: paragraphs(row.reason) },
    { label: c.nominated, value: n.by(row.nominatedBy, formatMoment(row.nominatedAt, lang)) },
    row.grantedAt && row.grantedBy
      ? { label: n.grantedBy, value: n.by(row.grantedBy, formatMoment(row.grantedAt, lang)) }
      : null,
    row.withdrawnAt && row.withdrawnBy
      ? {
          label: n.withdrawnBy,
          value: html`${n.by(row.withdrawnBy, formatMoment(row.withdrawnAt, lang))} <span class="hint">${row.withdrawReason}</span>`,
        }
      : null,
  ])
}

function seenParts(row: NominationRow, lang: Lang): Html {
  const words = standingWords(lang).nominations
  const name = `${row.personName} ${row.policeNo}`
  const part = (title: string, answer: Eligibility | null) =>
    answer ? section({ title, body: verdict(answer, name, lang) }) : nothing
  return html`${part(words.nowTitle, row.now)}${row.grantedAt ? part(words.grantSeenAt(formatMoment(row.grantedAt, lang)), row.grantedSeen) : nothing}${part(
    words.seenAt(formatMoment(row.nominatedAt, lang)),
    row.nominatedSeen,
  )}`
}

function forms(meta: Meta, row: NominationRow, returned: Returned | undefined): Html {
  const words = standingWords(meta.lang).nominations
  const drawn = { meta, base, id: row.id, version: row.version, returned }
  return html`${
    row.can.includes('grant')
      ? actionForm(drawn, { name: 'grant', title: words.grant.title, save: words.grant.save, key: true })
      : nothing
  }${
    row.can.includes('withdraw')
      ? actionForm(drawn, {
          name: 'withdraw',
          title: words.withdraw.title,
          save: words.withdraw.save,
          kind: 'plain',
          fields: [
            { kind: 'textarea', name: 'reason', label: words.withdraw.label, rows: 2, width: 'wide', maxlength: 500 },
          ],
        })
      : nothing
  }`
}
