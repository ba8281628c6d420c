import { type Html, html } from '#platform/html.ts'
import type { Lang } from '#platform/i18n.ts'
import type { Bureau } from '#platform/settings.ts'
import { section } from '#platform/ui/parts.ts'
import { table } from '#platform/ui/table.ts'
import { aboutWords } from './words.ts'

const kinds = ['look', 'matter', 'progress', 'rating', 'contact', 'complaint'] as const

/** Who handles what for which purpose, how long, and the reader's rights (PIPL 17, 35; 网络数据安全管理条例 21). */
export function privacyMain(bureau: Bureau, lang: Lang): Html {
  const words = aboutWords(lang).privacy
  const part = (title: string, body: string) => section({ title, body: html`<p>${body}</p>` })
  return html`<p>${words.intro}</p>${part(words.who, words.whoBody(lang === 'en' ? bureau.nameEn : bureau.nameZh))}${part(words.why, words.whyBody)}${section(
    {
      title: words.kinds,
      body: kindsTable(lang),
    },
  )}${part(words.sensitive, words.sensitiveBody)}${part(words.share, words.shareBody)}${part(words.keep, words.keepBody)}${part(words.cookies, words.cookiesBody)}${part(
    words.rights,
    words.rightsBody,
  )}${part(words.auto, words.autoBody)}`
}

function kindsTable(lang: Lang): Html {
  const words = aboutWords(lang).privacy
  return table({
    caption: words.kinds,
    captionHidden: true,
    columns: [
      { key: 'purpose', label: words.purpose, kind: 'main' },
      { key: 'data', label: words.data },
      { key: 'note', label: words.note },
    ],
    rows: kinds.map((kind) => {
      const [purpose, data, note] = words.rows[kind]
      return { cells: { purpose, data, note } }
    }),
    empty: html``,
  })
}

export function accessibilityMain(lang: Lang): Html {
  const words = aboutWords(lang).accessibility
  const list = (lines: readonly string[]) => html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`
  return html`<p>${words.intro}</p>${section({ title: words.goal, body: html`<p>${words.goalBody}</p>` })}${section({ title: words.works, body: list(words.worksBody) })}${section(
    { title: words.limits, body: list(words.limitsBody) },
  )}${section({ title: words.help, body: html`<p>${words.helpBody}</p>` })}`
}
