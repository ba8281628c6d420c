import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attrs, escapeHtml, flag, html, join, raw } from './html.ts'

const vectors = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</textarea><script>alert(1)</script>',
  '<!--<script>',
  '&lt;script&gt;',
  '<svg/onload=alert(1)>',
  '\0<\0script>',
]

test('a text cannot become markup, whatever it holds', () => {
  for (const vector of vectors) {
    const inside = html`<p>${vector}</p>`.text.slice(3, -4)
    assert.doesNotMatch(inside, /[<>"'\0]/, vector)
    assert.doesNotMatch(inside, /&(?!amp;|lt;|gt;|quot;|#39;)/, vector)
  }
})

test('a text cannot leave an attribute, in either kind of quotes', () => {
  for (const vector of vectors) {
    assert.doesNotMatch(html`<p title="${vector}">`.text.slice(10, -2), /["<>]/, vector)
    assert.doesNotMatch(html`<p title='${vector}'>`.text.slice(10, -2), /['<>]/, vector)
    assert.doesNotMatch(attrs({ title: vector }).text.slice(8, -1), /["<>]/, vector)
  }
})

test('markup put into an attribute cannot leave it either', () => {
  assert.equal(html`<p title="${html`<b>"x"</b>`}">`.text, '<p title="&lt;b&gt;&quot;x&quot;&lt;/b&gt;">')
})

test('an address with a dangerous scheme is dropped, however it is spelt', () => {
  const dangerous = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    '\x01javascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
  ]
  for (const address of dangerous) {
    assert.equal(html`<a href="${address}">`.text, '<a href="#">', address)
    assert.equal(attrs({ action: address }).text, ' action="#"', address)
  }
})

test('the addresses we use pass', () => {
  const used = [
    '/console?a=1&b=2',
    '#f-name',
    '?lang=en',
    'https://example.cn/',
    'tel:12389',
    'data:image/png;base64,AA==',
    '/a:b',
  ]
  for (const address of used) assert.equal(html`<a href="${address}">`.text, `<a href="${escapeHtml(address)}">`)
})

test('a template that cannot be made safe is refused at once', () => {
  const x = 'onfocus=alert(1) autofocus'
  assert.throws(() => html`<input value=${x}>`, TypeError)
  assert.throws(() => html`<input value = ${x}>`, TypeError)
  assert.throws(() => html`<input value=a${x}>`, TypeError)
  assert.throws(() => html`<input ${x}>`, TypeError)
  assert.throws(() => html`<script>${x}</script>`, TypeError)
  assert.throws(() => html`<style>${x}</style>`, TypeError)
  assert.throws(() => html`<!-- ${x} -->`, TypeError)
})

test('an equals sign in a sentence and a value after a script are no reason to refuse', () => {
  assert.equal(html`<p>n=${5}</p>`.text, '<p>n=5</p>')
  assert.equal(
    html`<script src="${'/a.js'}" defer></script><p>${'好'}</p>`.text,
    '<script src="/a.js" defer></script><p>好</p>',
  )
  assert.equal(html`<p title="a > b">${'<'}</p>`.text, '<p title="a > b">&lt;</p>')
})

test('nothing is printed for null, undefined, true and false, and a list is joined', () => {
  assert.equal(
    html`${null}${undefined}${false}${true}${0}${''}${[1, [html`<i>2</i>`, null], '<']}`.text,
    '01<i>2</i>&lt;',
  )
})

test('markup passes through once, not twice escaped', () => {
  assert.equal(html`<p>${html`<b>${'a&b'}</b>`}${raw('<i></i>')}</p>`.toString(), '<p><b>a&amp;b</b><i></i></p>')
  assert.equal(join(['a<', html`<b></b>`], html`<br>`).text, 'a&lt;<br><b></b>')
})

test('control characters are dropped, line breaks and rare characters stay', () => {
  assert.equal(escapeHtml('王\0秀\x1b\x7f\x85英\n㐂𠮷\t·'), '王秀英\n㐂𠮷\t·')
})

test('boolean attributes print their name or nothing; handlers and styles are no attributes of ours', () => {
  assert.equal(html`<input${flag('disabled', true)}${flag('checked', 0)}>`.text, '<input disabled>')
  assert.equal(attrs({ a: 1, b: null, c: undefined, d: false, e: true, f: '' }).text, ' a="1" e f=""')
  assert.throws(() => attrs({ onclick: 'x' }), TypeError)
  assert.throws(() => attrs({ style: 'x' }), TypeError)
  assert.throws(() => flag('a b', true), TypeError)
})
