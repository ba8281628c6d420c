import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { pagesFor } from '#console/figures/pages-testing.ts'
import { systemActor } from '#platform/actor.ts'
import { enqueueMessage } from '#platform/notifications/enqueue-message.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { messageEndpoints } from './index.ts'

async function enqueued(at: Awaited<ReturnType<typeof pagesFor>>, phone: string): Promise<string> {
  const message = { purpose: 'callback.first', subjectId: randomUUID(), phone, body: '您好，请评价：秘密链接' }
  return (await at.as(systemActor, (ctx) => enqueueMessage(ctx, message))) as string
}

test('the desk and the system administrator see state and purpose, a masked number and no text; nobody else sees the page', async (t) => {
  const at = await pagesFor(t, messageEndpoints({ gateway: 'none' }))
  await enqueued(at, '13905320001')
  const failed = await enqueued(at, '13905320002')
  await at.admin.query(
    `update platform.outbound_message set state = 'failed', failed_at = '2026-11-20T01:00:00Z', failure = '空号 13905320002' where id = $1`,
    [failed],
  )
  for (const who of ['desk', 'systemAdmin'] as const) {
    for (const url of [
      '/console/messages?lang=zh',
      '/console/messages?lang=en',
      '/console/messages?state=failed&lang=zh',
    ]) {
      const { body, statusCode } = await at.get(url, who)
      assert.equal(statusCode, 200)
      assert.deepEqual(faultsIn(body, 'page'), [])
      assert.ok(!body.includes('1390532000') && !body.includes('秘密链接'), 'neither number nor text')
      assert.ok(body.includes('139****0002'))
      assert.equal(body.includes('139****0001'), !url.includes('failed'))
      assert.deepEqual(
        [...body.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"|action="([^"]*)" method="post"/g)].map(
          (m) => m[1] ?? m[2],
        ),
        ['/console/sign-out'],
      )
    }
  }
  const { body } = await at.get('/console/messages?lang=zh', 'desk')
  assert.match(body, /没有配置网关/)
  assert.match(body, /24 小时内失败<\/span> <span class="figure-value">1</)
  for (const who of ['leader', 'head', 'officer', 'auditor', 'securityAdmin'] as const)
    assert.equal((await at.get('/console/messages', who)).statusCode, 403)
})

test('late messages are a warning, and the pages of the list hold each message once', async (t) => {
  const at = await pagesFor(t, messageEndpoints())
  for (let n = 0; n < 70; n++) await enqueued(at, `139${String(10_000_000 + n)}`)
  at.clock.set(at.clock.now().add({ minutes: 10 }))
  const first = (await at.get('/console/messages', 'desk')).body
  assert.match(first, /有 70 条短信过了时间还没有发出/)
  const next = /rel="next" href="([^"]*)"/.exec(first)![1]!.replaceAll('&amp;', '&')
  const second = (await at.get(next, 'desk')).body
  const numbers = [first, second].flatMap((body) => [...body.matchAll(/139\*\*\*\*\d{4}/g)].map(String))
  assert.equal(numbers.length, 70)
  assert.equal(new Set(numbers).size, 70)
  assert.equal((await at.get('/console/messages?after=nonsense&state=nothing', 'desk')).statusCode, 200)
})
