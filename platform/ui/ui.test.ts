import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Html, html } from '#platform/html.ts'
import { faultsIn } from './check-markup.ts'
import { conflictPage } from './conflict.ts'
import { type Field, field } from './field.ts'
import { actionButton, errorSummary, form, linkButton, titleWithErrors } from './form.ts'
import { barRow, bars, deadlineRuler, figure, figures } from './measure.ts'
import {
  dialogDetails,
  emptyState,
  factList,
  keepThis,
  notice,
  section,
  statusBadge,
  steps,
  timeline,
} from './parts.ts'
import { countTabs, filterBar, pager, table } from './table.ts'

const lang = 'zh'
const nasty = `<b>"x" & 'y'`
const sound = (part: Html, what: string) => assert.deepEqual(faultsIn(part.text), [], what)

test('the checker finds what it is there to find', () => {
  const found = (markup: string) => faultsIn(markup).length
  assert.equal(found('<p><b>x</b></p><br>'), 0)
  for (const wrong of [
    '<p><b>x</p></b>',
    '<p>',
    '<p id="a"></p><p id="a"></p>',
    '<label for="no">x</label>',
    '<p class="a" class="b"></p>',
    '<p style="a"></p>',
    '<p onclick="a"></p>',
    '<script>1</script>',
    '<img src="a">',
    '<p>1 < 2</p>',
  ]) {
    assert.notEqual(found(wrong), 0, wrong)
  }
  assert.deepEqual(faultsIn('<p></p>', 'page').length, 5)
})

const options = [
  { value: '5', label: `非常满意${nasty}`, hint: nasty },
  { value: '4', label: '满意', disabled: true },
]
const kinds: Field['kind'][] = [
  'text',
  'textarea',
  'select',
  'radio',
  'checkbox',
  'date',
  'password',
  'tel',
  'search',
  'file',
  'hidden',
]

test('every kind of field is sound, in every state', () => {
  for (const kind of kinds) {
    for (const extra of [
      {},
      { error: nasty, hint: nasty, value: nasty, optional: true, autofocus: true, maxlength: 50, keys: true },
    ]) {
      const common = { lang, kind, name: 'a[1].b', label: nasty, ...extra } as const
      sound(field(['select', 'radio'].includes(kind) ? { ...common, options } : common), kind)
    }
  }
  sound(field({ lang, kind: 'checkbox', name: 'many', label: '多项', options, value: ['4', '5'] }), 'checkbox group')
})

test('a field keeps what the person wrote and says what is wrong beside it', () => {
  const text = field({
    lang,
    kind: 'text',
    name: 'name',
    label: '姓名',
    hint: '与证件一致',
    value: nasty,
    error: '请填写姓名',
  }).text
  assert.match(text, /value="&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;"/)
  assert.match(text, /aria-describedby="f-name-hint f-name-error" aria-invalid="true"/)
  assert.ok(text.indexOf('f-name-hint">') < text.indexOf('<input'))
  assert.match(
    field({ lang, kind: 'textarea', name: 't', label: 't', value: '\n一' }).text,
    /<textarea[^>]*>\n\n一<\/textarea>/,
  )
  assert.match(
    field({ lang, kind: 'select', name: 's', label: 's', options, value: '4' }).text,
    /<option value="4" selected disabled>/,
  )
  assert.match(
    field({ lang, kind: 'radio', name: 'r', label: 'r', options, value: '4' }).text,
    /value="4" checked disabled/,
  )
})

test('a password is never printed back', () => {
  assert.doesNotMatch(field({ lang, kind: 'password', name: 'p', label: 'p', value: 'secret' }).text, /secret/)
})

test('a date is typed, not chosen in the language of the browser', () => {
  assert.match(field({ lang, kind: 'date', name: 'd', label: 'd' }).text, /<input type="text"[^>]*data-date/)
})

test('the error summary links to each field, takes the focus, and is silent without errors', () => {
  const errors = [
    { name: 'r', message: nasty },
    { name: '', message: '没有保存' },
  ]
  const page = html`${errorSummary({ lang, errors })}${field({ lang, kind: 'radio', name: 'r', label: 'r', options, error: 'x' })}`
  sound(page, 'summary')
  assert.match(page.text, /href="#f-r"/)
  assert.match(page.text, /id="f-r"/)
  assert.match(page.text, /tabindex="-1"[^>]*data-focus/)
  assert.equal(errorSummary({ lang, errors: [] }).text, '')
  assert.equal(titleWithErrors(lang, '登录', true), '有错误：登录')
})

test('a form that changes something carries its token, its attempt and its version; a search carries none', () => {
  const post = form({
    action: '/a',
    csrf: 'c',
    version: 3,
    submit: { label: '保存', key: true },
    swap: true,
    hidden: { x: nasty },
  })
  sound(post, 'post')
  assert.match(post.text, /name="_csrf" value="c"/)
  assert.match(post.text, /name="attempt" value="[0-9a-f-]{36}"/)
  assert.match(post.text, /name="version" value="3"/)
  assert.match(post.text, /data-swap data-main/)
  const get = form({ action: '/a', method: 'get', submit: { label: '查' } }).text
  assert.doesNotMatch(get, /hidden|data-main/)
  sound(actionButton({ action: '/a', csrf: 'c', label: nasty, kind: 'danger' }), 'action')
  sound(linkButton({ href: '/a', label: nasty, newTab: true, download: true }), 'link')
})

test('a table names its cells for the card layout, links its rows, and says when it is empty', () => {
  const columns = [
    { key: 'a', label: nasty, kind: 'main' },
    { key: 'b', label: '数', kind: 'number' },
    { key: 'c', label: '操作', kind: 'action' },
  ] as const
  const rows = [
    { href: '/x?a=1&b=2', tone: 'late' as const, cells: { a: nasty, b: 0, c: html`<a href="/y">看</a>` } },
    { cells: { a: '乙' } },
  ]
  const full = table({ caption: nasty, columns, rows, foot: { cells: { a: '合计', b: 5 } }, empty: html``, swap: true })
  sound(full, 'table')
  assert.match(full.text, /<a href="\/x\?a=1&amp;b=2" data-swap>/)
  assert.match(full.text, /data-label="数">0</)
  assert.equal(table({ caption: 'x', columns, rows: [], empty: html`<p>没有</p>` }).text, '<p>没有</p>')
})

test('counts are links, filters are a GET form, a pager ends where the list ends', () => {
  const tabs = countTabs({
    lang,
    label: '状态',
    tabs: [
      { href: '/a', label: '全部', count: 10000, current: true },
      { href: '/b', label: '逾期', count: 0, tone: 'late' },
    ],
  })
  sound(tabs, 'tabs')
  assert.match(tabs.text, /<a href="\/a" data-swap aria-current="page">全部 <b>10,000<\/b>/)
  assert.doesNotMatch(tabs.text, /tab-late/)
  sound(
    filterBar({ lang, action: '/a', clearHref: '/a', body: field({ lang, kind: 'text', name: 'q', label: 'q' }) }),
    'filter',
  )
  const last = pager({ lang, from: 51, to: 60, total: 60, prevHref: '/a', nextHref: null })
  sound(last, 'pager')
  assert.doesNotMatch(last.text, /下一页/)
  assert.match(last.text, /第 51–60 条，共 60 条/)
})

test('the ruler has its tick in one place; red appears only beyond it', () => {
  const ruler = (share: number) => deadlineRuler({ share, state: share > 1 ? 'red' : 'ok', words: 'x' }).text
  for (const share of [-1, 0, 0.5, 1, 1.01, 2, 99, Number.NaN]) {
    assert.match(ruler(share), /class="ruler-tick" x="66"/)
    assert.deepEqual(faultsIn(ruler(share)), [])
    assert.equal(ruler(share).includes('ruler-over'), share > 1)
  }
  assert.match(ruler(99), /class="ruler-over" x="67" y="4" width="25"/)
  assert.match(ruler(99), /class="ruler-used" x="0" y="4" width="66"/)
})

test('a figure is never shown without its number, and opens what it counts', () => {
  const text = figure({
    lang,
    label: '办结率',
    value: '95.2%',
    n: 1042,
    interval: { low: '93.7%', high: '96.4%' },
    href: '/list?done',
  }).text
  assert.match(text, /n = 1,042/)
  assert.match(text, /href="\/list\?done"/)
})

test('the other components are sound', () => {
  sound(figures([figure({ lang, label: nasty, value: nasty, n: 1, href: '/a', tone: 'due', note: nasty })]), 'figures')
  sound(
    bars({ title: nasty, rows: [barRow({ lang, label: nasty, share: 2, n: 3, interval: { low: -1, high: 0.5 } })] }),
    'bars',
  )
  for (const kind of ['neutral', 'open', 'due', 'late', 'done', 'stopped'] as const)
    sound(statusBadge(kind, nasty), kind)
  for (const kind of ['info', 'success', 'warning', 'error'] as const)
    sound(notice({ lang, kind, title: nasty, body: nasty }), kind)
  sound(factList([{ label: nasty, value: nasty }, null, { label: '空', value: '' }]), 'facts')
  sound(
    steps({
      lang,
      label: nasty,
      steps: [
        { label: nasty, state: 'current', at: nasty, note: nasty },
        { label: 'x', state: 'todo' },
      ],
    }),
    'steps',
  )
  sound(dialogDetails({ summary: nasty, body: nasty, open: true, id: 'd' }), 'details')
  sound(emptyState({ title: nasty, body: nasty, action: linkButton({ href: '/', label: 'x' }) }), 'empty')
  sound(section({ title: nasty, body: nasty, actions: nasty, level: 3, id: 's' }), 'section')
  sound(
    timeline({
      label: nasty,
      entries: [
        { at: nasty, who: nasty, what: nasty, detail: nasty, kind: 'pass' },
        { at: '', who: '', what: '' },
      ],
    }),
    'timeline',
  )
  sound(keepThis({ label: nasty, code: 'K7M3P9QW', note: nasty }), 'keep')
  const difference = { label: nasty, before: nasty, yours: nasty, theirs: nasty, clash: true }
  sound(conflictPage({ lang, by: nasty, at: nasty, differences: [difference], choices: nasty }), 'conflict')
})

test('empty facts are left out unless asked for', () => {
  assert.doesNotMatch(factList([{ label: '电话', value: null }]).text, /电话/)
  assert.match(factList([{ label: '电话', value: null }], { keepEmpty: true }).text, /电话/)
})
