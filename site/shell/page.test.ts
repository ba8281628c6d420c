import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html } from '#platform/html.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { sitePage } from './page.ts'

const bureau = {
  name: '某某区公安分局',
  phones: [{ label: '户籍窗口', number: '010-1234 5678' }],
  footer: [
    { label: 'ICP 备案', value: '（未配置）' },
    { label: '备案', value: 'x', href: 'https://example.cn/' },
  ],
}
const common = { title: '查进度', main: html`<p>x</p>`, bureau, path: '/progress?code=A' } as const

test('a site page is one sound document in both languages and both sizes', () => {
  for (const lang of ['zh', 'en'] as const) {
    for (const elder of [false, true]) {
      const page = sitePage({
        ...common,
        lang,
        elder,
        back: { href: '/', label: '返回' },
        demo: { now: '14:05', links: [] },
      })
      assert.deepEqual(faultsIn(page.text, 'page'), [])
    }
  }
})

test('长辈版 and the other language stand in the header and lead to the same page', () => {
  const text = sitePage({ ...common, lang: 'zh', elder: false }).text
  const header = text.slice(text.indexOf('<header'), text.indexOf('</header>'))
  assert.match(header, /href="\/progress\?code=A&amp;elder=1">长辈版/)
  assert.match(header, /href="\/progress\?code=A&amp;lang=en">English/)
  assert.match(
    sitePage({ ...common, lang: 'zh', elder: true }).text,
    /<html lang="zh-CN" class="elder">[\s\S]*elder=0">标准版/,
  )
})

test('a telephone number can be called, nothing comes from elsewhere, and zooming is not forbidden', () => {
  const text = sitePage({ ...common, lang: 'zh', elder: false }).text
  assert.match(text, /href="tel:01012345678"/)
  assert.doesNotMatch(text, /(?:src|rel="stylesheet" href)="(?:https?:)?\/\//)
  assert.doesNotMatch(text, /user-scalable|maximum-scale/)
})
