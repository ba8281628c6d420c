import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html } from '#platform/html.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { consolePage } from './page.ts'
import { watermarkSvg } from './watermark.ts'

const actor = { name: '阿依古丽·买买提', number: '012345', unitName: '<所>', roles: ['窗口民警', '承办民警'] }
const nav = [
  { href: '/a', label: '今日', count: 0, group: '我的' },
  { href: '/b', label: '受理', count: 10000, current: true },
]
const common = { title: '户籍受理', nav, main: html`<p>x</p>`, csrfToken: 'token', path: '/list?state=late' } as const

test('a console page is one sound document in both languages, signed in or not', () => {
  for (const lang of ['zh', 'en'] as const) {
    for (const who of [actor, null]) {
      const demo = { now: '14:05', links: [{ href: '/demo', label: 'x' }] }
      const page = consolePage({
        ...common,
        lang,
        actor: who,
        demo,
        breadcrumbs: [{ href: '/', label: '首页' }, { label: '此' }],
        status: '已受理',
      })
      assert.deepEqual(faultsIn(page.text, 'page'), [])
      assert.match(page.text, lang === 'zh' ? /^<!doctype html>\n<html lang="zh-CN"/ : /<html lang="en"/)
    }
  }
})

test('nobody signed in: no menu, no search, no watermark, no way to sign out', () => {
  const text = consolePage({ ...common, lang: 'zh', actor: null }).text
  for (const part of ['id="menu"', 'data-search', 'watermark', 'sign-out']) assert.ok(!text.includes(part), part)
})

test('the current item is marked, a count of zero is not printed, the language link keeps the query', () => {
  const text = consolePage({ ...common, lang: 'zh', actor }).text
  assert.match(text, /href="\/b" data-swap aria-current="page">受理 <b>10,000<\/b>/)
  assert.match(text, /今日<\/a>/)
  assert.match(text, /href="\/list\?state=late&amp;lang=en"/)
  assert.match(text, /src="\/console\/watermark\.svg"/)
})

test('a page that came back with errors says so first in its title', () => {
  assert.match(consolePage({ ...common, lang: 'zh', actor, invalid: true }).text, /<title>有错误：户籍受理/)
})

test('the watermark is a sound picture of the text it is given', () => {
  const svg = watermarkSvg('012345 <&> 14:05').text
  assert.deepEqual(faultsIn(svg), [])
  assert.match(svg, /012345 &lt;&amp;&gt; 14:05/)
})
