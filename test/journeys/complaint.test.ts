import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { seedDesks } from '#modules/complaints/complaints-testing.ts'
import { acceptCase, answerCase, assignCase, classifyCase } from '#modules/complaints/index.ts'
import type { Context } from '#platform/context.ts'
import { photo } from '#site/complain/complain-testing.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { expectStatus, phone, wellMade } from './browser.ts'
import { press, words } from './steps.ts'
import { aWorld, type World } from './world.ts'

const citizen = { viewport: phone, noScript: true }

/** What the officers do in between, through the use cases. */
function officers({ db, bureau }: World) {
  const as = <T>(who: PersonKey, work: (ctx: Context) => Promise<T>) => db.house.write(bureau.actors[who], 'test', work)
  const one = async () => (await db.admin.query('select id, version from complaints.case')).rows[0]
  return {
    async accept() {
      const { id } = await one()
      await as('petitionClerk', async (ctx) =>
        classifyCase(ctx, id, { version: (await one()).version, caseClass: 'suggestion' }),
      )
      await as('petitionClerk', async (ctx) => acceptCase(ctx, id, { version: (await one()).version }))
    },
    async answer(opinion: string) {
      const { id } = await one()
      const handlerId = bureau.people.caseOfficer.id
      await as('petitionClerk', async (ctx) => assignCase(ctx, id, { version: (await one()).version, handlerId }))
      const letter = { facts: '经核实，情况属实', reasons: '窗口开门晚', opinion, basis: '《信访工作条例》第三十一条' }
      await as('caseOfficer', async (ctx) => answerCase(ctx, id, { version: (await one()).version, ...letter }))
    },
  }
}

async function enter(page: Page, code: string): Promise<void> {
  await page.goto('/complaint')
  await page.getByLabel('查询码').fill(code)
  await press(page, '查询')
}

test('without script, on a small phone: complain with a photo, follow, read the answer, rate, ask for more', async (t) => {
  const world = await aWorld(t)
  await seedDesks(world.db, world.bureau)
  const inside = officers(world)
  const page = await world.visit('/', citizen)
  expectStatus(page, 422, 409)
  await page.getByRole('main').getByRole('link', { name: '投诉和建议' }).click()
  await wellMade(page, 'complain')
  await page.getByRole('link', { name: '开始填写' }).click()
  await wellMade(page, 'complain-form')
  await press(page, '下一步：核对')
  await page.getByRole('alert').waitFor()
  await wellMade(page, 'complain-errors')

  await page.getByLabel('发生了什么').fill('窗口八点半才开门，前面排了二十个人😡')
  await page.getByLabel('什么时候发生的').fill('11-20')
  await page.getByLabel(/^反映谁/).fill('穿制服的一位女同志')
  await page.getByLabel('匿名', { exact: true }).check()
  await page.locator('#f-files').setInputFiles([
    { name: '窗口照片.jpg', mimeType: 'image/jpeg', buffer: photo },
    { name: '病毒.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
  ])
  await press(page, '下一步：核对')
  await page.getByText('病毒.svg：只收 PDF、JPG、PNG').first().waitFor()
  await page.getByText('窗口照片.jpg').first().waitFor()
  await wellMade(page, 'complain-files')
  await press(page, '下一步：核对')
  await page.getByText('还没有提交').waitFor()
  await wellMade(page, 'complain-check')
  // Enter and the choice of language lose nothing.
  await press(page, '返回修改')
  await press(page, '长辈版')
  assert.equal(await page.getByLabel('发生了什么').inputValue(), '窗口八点半才开门，前面排了二十个人😡')
  await wellMade(page, 'complain-elder')
  await press(page, '标准版')
  await page.getByLabel(/^在什么地方/).fill('青山路窗口')
  await page.getByLabel(/^在什么地方/).press('Enter')
  await page.getByText('还没有提交').waitFor()
  await press(page, '提交')
  await page.getByText('只在这里显示一次').waitFor()
  await wellMade(page, 'complain-receipt')
  const code = (await page.locator('.keep-code [aria-hidden]').textContent()) ?? ''
  assert.match(code, /^(\d{4} ){3}\d{4}$/)
  const draft = await page.locator('input[name=draft]').first().getAttribute('value')
  const paper = await page.request.post('/complain/receipt', {
    form: { draft: draft as string },
    headers: { origin: world.address },
  })
  assert.equal((await paper.body()).subarray(0, 5).toString(), '%PDF-')
  assert.equal(new URL(page.url()).search, '')

  await press(page, '现在就看进展')
  await page.getByText('已收到，正在登记').first().waitFor()
  await wellMade(page, 'complaint-sent')
  await world.sweep()
  await inside.accept()
  await enter(page, '0000 0000 0000 0000')
  await page.getByRole('alert').waitFor()
  await wellMade(page, 'complaint-unknown')
  await enter(page, code)
  await page.getByText('2027年1月22日').first().waitFor()
  await wellMade(page, 'complaint-accepted')
  await page.getByText('补充情况或者附件').click()
  await page.getByLabel('补充什么').fill('今天又是这样')
  await press(page, '提交补充')
  await page.getByText('补充已经收到').waitFor()

  await inside.answer('从下月起八点开门')
  await enter(page, code)
  await page.getByText('从下月起八点开门').first().waitFor()
  await wellMade(page, 'complaint-answered')
  await press(page, '提交评价')
  await page.getByRole('alert').waitFor()
  await page.getByLabel('不满意', { exact: true }).check()
  await press(page, '提交评价')
  await page.getByText('您的评价：不满意').waitFor()
  await page.getByText('没有解决，请重新办理').click()
  await page.getByLabel('哪里没有解决').fill('还是八点半')
  await press(page, '请求重新办理')
  await page.getByText('已记下，正在处理').waitFor()
  await wellMade(page, 'complaint-asked')
  await world.sweep()
  await press(page, '刷新')
  await page.getByText('已办理').first().waitFor()
  assert.match(await words(page, 'main'), /重新办理/)
  await wellMade(page, 'complaint-reopened')
  await page.getByRole('link', { name: '快速离开此页' }).click()
  await page.waitForURL('**/services')
})

test('with script the way out leaves no way back', async (t) => {
  const world = await aWorld(t)
  const page = await world.visit('/services', { viewport: phone })
  await page.goto('/complain/write')
  await page.getByRole('link', { name: '快速离开此页' }).click()
  await page.waitForURL('**/services')
  await page.goBack()
  assert.match(page.url(), /\/services$/)
})

test('a page of complaints costs a phone a few kilobytes', async (t) => {
  const world = await aWorld(t)
  await seedDesks(world.db, world.bureau)
  for (const path of ['/complain', '/complain/write', '/complaint', '/complaints/figures']) {
    const page = await (await fetch(`${world.address}${path}`)).text()
    const size = gzipSync(page).length
    t.diagnostic(`${path}: ${size} bytes`)
    assert.ok(size < 6_000, `${path}: ${size}`)
    const scripts = [...page.matchAll(/<script src="([^"]+)"/g)].map((found) => found[1] as string)
    assert.equal(scripts.length, 1)
    const script = await (await fetch(`${world.address}${scripts[0]}`)).text()
    assert.ok(gzipSync(script).length < 2_000)
  }
})

test('published months can be read on a small phone, in both languages', async (t) => {
  const world = await aWorld(t)
  const numbers = {
    submissions: 30,
    cases: 25,
    'class.appeal': 20,
    'class.accusation': 5,
    findings: 10,
    'outcome.responsible': 5,
    'style.cold': null,
  }
  for (const period of ['2026-09', '2026-10']) {
    await world.db.admin.query(
      `insert into complaints.month (period, from_day, cut_off, confirm_by, report_by, meeting_by, status, opened_at, frozen_at, figures, figures_digest)
       values ($1, ($1::text || '-01')::date, ($1::text || '-28')::date, '2026-11-03', '2026-11-04', '2026-11-06', 'met', now(), now(), '{}', 'x')`,
      [period],
    )
    await world.db.admin.query(
      'insert into complaints.published_month (period, published_at, content) values ($1, now(), $2)',
      [period, JSON.stringify({ numbers })],
    )
  }
  const page = await world.visit('/complaints/figures', citizen)
  await page.getByText('2026年10月的情况').waitFor()
  await wellMade(page, 'complaint-figures')
  await page.getByRole('link', { name: '2026年9月' }).click()
  await page.getByText('2026年9月的情况').waitFor()
  await page.goto('/complaints/figures?lang=en')
  assert.doesNotMatch((await page.locator('main').textContent()) ?? '', /\p{Script=Han}/u)
  await wellMade(page, 'complaint-figures-en')
})
