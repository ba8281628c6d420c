import { listUnits, type Unit } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import { factList, section } from '#platform/ui/parts.ts'
import { telephone } from '../frame.ts'
import { commonWords } from '../words.ts'
import { serviceWords } from './words.ts'

/** The window units of the bureau: where citizens go. */
export async function windowUnits(ctx: Context): Promise<Unit[]> {
  return (await listUnits(ctx)).filter((unit) => unit.isWindowUnit)
}

export function unitName(unit: Pick<Unit, 'nameZh' | 'nameEn'>, lang: Lang): string {
  return lang === 'en' ? unit.nameEn : unit.nameZh
}

function call(label: string, number: string): Html | null {
  return number ? html`<span>${label} ${telephone(number)}</span>` : null
}

/** Where to go: name, address and telephone of every window unit. */
export function placesSection(units: readonly Unit[], lang: Lang, title = serviceWords(lang).places): Html {
  const words = serviceWords(lang)
  const common = commonWords(lang)
  const rows = units.map((unit) => ({
    label: unitName(unit, lang),
    value: html`${unit.address ? html`<p>${unit.address}</p>` : null}<p class="calls">${call(common.phone, unit.phone)} ${call(common.supervisionPhone, unit.supervisionPhone)}</p>`,
  }))
  return section({
    title,
    id: 'places',
    body: rows.length > 0 ? factList(rows) : html`<p>${words.placesUnknown}</p>`,
  })
}
