import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { linkButton } from '#platform/ui/form.ts'
import { section } from '#platform/ui/parts.ts'
import type { Gap } from '#policy/registration/material-check.ts'
import { colon } from '../services/notices.ts'
import { serviceWords } from '../services/words.ts'
import { commonWords } from '../words.ts'
import type { CitizenView } from './citizen-view.ts'
import { progressWords } from './words.ts'

/** What the latest notice names, each with how to obtain it, and the notices themselves to print again (R48). */
export function missingSection({ notices, status }: CitizenView, address: string, lang: Lang): Html | null {
  const latest = notices.at(-1)
  if (!latest) return null
  const words = progressWords(lang)
  const waiting = status === 'awaiting_applicant'
  const again = notices.map((notice, i) =>
    linkButton({ href: `${address}/notice.pdf?n=${i + 1}`, label: words.noticePdf(notice.no) }),
  )
  const open = waiting || status === 'received'
  return section({
    title: waiting ? words.missing : words.wasTold,
    id: 'missing',
    body: html`${open ? html`<p>${waiting ? words.missingIntro : words.wasToldIntro}</p>` : null}<ul class="timeline">${latest.content.gaps.map((gap) => gapLine(gap, lang))}</ul><div class="buttons">${again}</div>`,
  })
}

function gapLine(gap: Gap, lang: Lang): Html {
  const words = progressWords(lang)
  const service = serviceWords(lang)
  const common = commonWords(lang)
  const sheets = [
    gap.original > 0 ? common.original(gap.original) : '',
    gap.copies > 0 ? common.copies(gap.copies) : '',
  ].filter((part) => part !== '')
  return html`<li><span class="entry-what"><b>${gap.name[lang]}</b>${colon(lang)}${gap.problem === 'missing' ? words.lacking : gap.defect}</span><div class="entry-detail">${sheets.join(common.comma)}${
    sheets.length > 0 ? html`<br>` : null
  }${gap.obtain[lang]}${gap.replaceableBy ? html`<br>${service.replaceable}${colon(lang)}${gap.replaceableBy[lang]}` : null}${
    gap.mendableOnSpot ? html`<br>${service.mendable}` : null
  }</div></li>`
}
