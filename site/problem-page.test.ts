import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meta } from '#platform/http/endpoint.ts'
import { Problem } from '#platform/problem.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { siteProblemPage } from './problem-page.ts'

const meta = (lang: 'zh' | 'en', elder = false): Meta => ({
  lang, elder, url: '/x?a=1', csrf: '', newAttempt: () => '', requestId: '0123456789', demo: false, uploads: [],
    uploadFaults: [],
  signal: { ip: '', userAgent: '', cookie: '' },
}) // biome-ignore format: one object

test('every problem is said in plain words, with what to do, in a sound document', () => {
  const problems: [number, string, RegExp, RegExp][] = [
    [404, 'page-not-found', /没有找到这个页面/, /This page was not found/],
    [404, 'progress-not-found', /编号和查询码对不上/, /do not belong together/],
    [404, 'unit-not-found', /没有找到这个页面/, /This page was not found/],
    [429, 'too-many-requests', /操作太频繁/, /Too many requests/],
    [503, 'database-unavailable', /暂时无法办理/, /Not available/],
    [403, 'form-expired', /页面已过期/, /expired/],
    [403, 'foreign-origin', /页面已过期/, /expired/],
    [500, 'unexpected', /系统出错了/, /Something went wrong/],
    [500, 'whatever', /系统出错了/, /Something went wrong/],
    [400, 'bad-address', /没有看懂/, /could not read/],
  ]
  for (const [status, code, zh, en] of problems) {
    const [inChinese, inEnglish] = [
      siteProblemPage(new Problem(status, code), meta('zh')),
      siteProblemPage(new Problem(status, code), meta('en', true)),
    ]
    assert.match(inChinese.text, zh)
    assert.match(inEnglish.text, en)
    for (const page of [inChinese, inEnglish]) {
      assert.deepEqual(faultsIn(page.text, 'page'), [])
      assert.match(page.text, /noindex/)
    }
  }
})

test('a code that is a word of every object is no code', () => {
  assert.match(siteProblemPage(new Problem(404, 'constructor'), meta('zh')).text, /没有找到这个页面/)
})
