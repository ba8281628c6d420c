import type { Unit } from '#modules/directory/index.ts'
import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Bureau } from '#platform/settings.ts'
import { linkButton } from '#platform/ui/form.ts'
import { factList, section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { valueOn } from '#policy/parameter.ts'
import { solveWithin } from '#policy/supervision/parameters.ts'
import { bureauPhones, telephone } from '../frame.ts'
import { placesSection } from '../services/window-units.ts'
import { howWords } from './how-words.ts'

const limitKeys = ['register', 'told', 'finish', 'extend', 'review', 'reviewed', 'rereview', 'rereviewed'] as const

/** Whom to tell, what the law then requires by when (信访工作条例), and how the person is protected. */
export function complainMain(bureau: Bureau, units: readonly Unit[], today: Temporal.PlainDate, lang: Lang): Html {
  const words = howWords(lang)
  const phones = [{ label: words.now, value: html`${telephone('110')}<p class="hint">${words.nowBody}</p>` }].concat(
    bureauPhones(bureau, lang).map(({ label, number }) => ({ label, value: telephone(number) })),
  )
  const address = bureau.footer.address ? html`<p>${words.letterTo} <b>${bureau.footer.address}</b></p>` : null
  const online = section({
    title: words.online,
    body: html`<p>${words.onlineBody}</p><div class="buttons">${linkButton({ href: '/complain/write', label: words.write, kind: 'main' })}${linkButton({ href: '/complaint', label: words.follow })}</div>`,
  })
  const paths = section({
    title: words.paths,
    body: html`<ul>${words.pathsBody.map((line) => html`<li>${line}</li>`)}</ul><p>${words.pathsNote}</p>`,
  })
  return html`${online}${paths}${section({ title: words.phones, body: factList(phones) })}${section({ title: words.letter, body: html`<p>${words.letterBody}</p>${address}` })}${placesSection(units, lang, words.anyWindow)}${section({ title: words.afterwards, body: html`${limits(lang)}<p class="hint">${words.days}</p><p>${words.rating(valueOn(solveWithin, today).value)}</p>` })}${section(
    {
      title: words.safe,
      body: html`<ul>${words.safeBody.map((line) => html`<li>${line}</li>`)}</ul><p>${words.honest}</p><div class="buttons">${linkButton({ href: '/complaints/figures', label: words.figures })}</div>`,
    },
  )}`
}

function limits(lang: Lang): Html {
  const words = howWords(lang)
  return table({
    caption: words.limits,
    columns: [
      { key: 'step', label: words.step, kind: 'main' },
      { key: 'time', label: words.time },
      { key: 'basis', label: words.basis },
    ],
    rows: limitKeys.map((key) => {
      const [step, time, article = ''] = words.rows[key]
      return { cells: { step, time, basis: words.article(article) } }
    }),
    empty: html``,
  })
}
