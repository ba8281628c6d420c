import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { aMatter } from './arrange.ts'
import { expectStatus, phone, wellMade } from './browser.ts'
import { pdfText, press, said, words } from './steps.ts'
import { aWorld, type World } from './world.ts'

const citizen = '13800000001'

/** A dissatisfied reply on 23 November; answers the order's address as its owner sees it. */
async function dissatisfied(world: World): Promise<{ path: string; owner: PersonKey }> {
  await aMatter(world, 'completed', { phone: citizen })
  world.setClock('2026-11-23 09:31')
  await world.sweep()
  await world.reply(citizen, '不满意！')
  const { rows } = await world.db.admin.query('select id, owner_id from supervision."order"')
  assert.equal(rows.length, 1)
  const owner = (['desk', 'desk2'] as const).find((key) => world.bureau.people[key].id === rows[0].owner_id)
  assert.ok(owner, 'the owner is of the independent desk')
  return { path: `/console/orders/${rows[0].id}`, owner }
}

async function answerCitizen(page: Page, text: string): Promise<void> {
  await page.getByLabel('答复内容').fill(text)
  await page.getByLabel('已解决', { exact: true }).check()
  await press(page, /答复并请群众再次评价/)
  await said(page, /已答复/)
}

test('a dissatisfied reply becomes an order at the independent desk, unseen by those who were rated', async (t) => {
  const world = await aWorld(t)
  const { path, owner } = await dissatisfied(world)
  for (const rated of ['officer', 'chief', 'head'] as const) {
    const page = await world.as(rated)
    expectStatus(page, 403, 404)
    await page.goto(path)
    assert.match(await words(page, 'main'), /没有找到这张督办单|没有这项权限|没有这个页面/)
    await page.goto('/console/orders')
    await page.getByText('您的岗位没有这项权限').waitFor()
    await wellMade(page, 'refused-page')
  }
  const desk = await world.as(owner)
  await desk.goto('/console/orders')
  await wellMade(desk, 'orders')
  await desk
    .getByRole('link', { name: /^D|\d{4}/ })
    .first()
    .click()
  await desk.waitForURL(`**${path}`)
  await desk.getByText('2026年11月26日').first().waitFor()
  await desk.getByText('不满意！').waitFor()
  await wellMade(desk, 'order')
  await desk.setViewportSize(phone)
  await wellMade(desk, 'order')
  const text = await pdfText(desk, `${path}/order.pdf`)
  if (text !== null) assert.ok(text.includes('2026年11月26日') && !text.includes('不满意！'))
})

test('answered with evidence, asked again, still dissatisfied: the order opens anew; satisfied: it closes', async (t) => {
  const world = await aWorld(t)
  const { path, owner } = await dissatisfied(world)
  const desk = await world.as(owner)
  expectStatus(desk, 422)
  await desk.goto(path)
  await desk.getByLabel('做了什么').fill('调取当日叫号记录，约谈窗口负责人')
  await press(desk, '保存措施')
  await said(desk, /措施已保存/)
  await desk.getByText('上传材料', { exact: true }).first().click()
  await desk
    .getByLabel('文件')
    .setInputFiles({ name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('x'.repeat(99)) })
  await press(desk, '上传')
  await desk
    .getByRole('alert')
    .getByText(/只接受 PDF、PNG、JPEG/)
    .waitFor()
  await wellMade(desk, 'order-wrong-file')
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  await desk.getByLabel('文件').setInputFiles({ name: '叫号记录.png', mimeType: 'image/png', buffer: png })
  await press(desk, '上传')
  await said(desk, /材料已上传/)
  await desk.getByText('叫号记录.png').first().waitFor()
  await answerCitizen(desk, '经查，当日一台设备故障。已增开窗口，并为您预留周五上午的号。')
  await wellMade(desk, 'order-answered')

  world.setClock('2026-11-24 10:00')
  await world.sweep()
  const [second] = await world.messagesOn(citizen)
  const link = /(\/r\/[\w-]+)/.exec(second ?? '')?.[1] as string
  const page = await world.visit(link, { viewport: phone })
  await page.getByText('经查，当日一台设备故障').waitFor()
  await wellMade(page, 'second-question')
  await page.getByLabel('不满意', { exact: true }).check()
  await press(page, '提交评价')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await world.sweep()

  await desk.goto(path)
  await desk.getByText('第 2 轮').first().waitFor()
  await desk.getByText('2026年11月27日').first().waitFor()
  await answerCitizen(desk, '已当面致歉，证件已送到您家。')
  world.setClock('2026-11-25 10:00')
  await world.sweep()
  await world.reply(citizen, '满意')
  await desk.reload()
  await desk.getByText('群众再次评价后办结').first().waitFor()
  await wellMade(desk, 'order-closed')
})

test('past its day an order is overdue, put before the leader, and stands in the ledger', async (t) => {
  const world = await aWorld(t)
  const { path, owner } = await dissatisfied(world)
  world.setClock('2026-11-27 00:05')
  await world.sweep()
  const leader = await world.as('leader')
  // What was put before them is the first thing leaders see.
  await leader.getByRole('row', { name: /逾期 1 天/ }).waitFor()
  await wellMade(leader, 'home-leader')
  await leader.goto('/console/escalations')
  await wellMade(leader, 'escalations')
  await leader.goto(path)
  await leader.getByText(/逾期/).first().waitFor()
  await leader.getByLabel('内容').fill('今日内答复群众')
  await press(leader, '保存批示')
  await said(leader, /批示已保存/)
  await wellMade(leader, 'order-overdue')

  const desk = await world.as(owner)
  await desk.goto('/console/orders?view=overdue')
  await desk.getByRole('row').nth(1).waitFor()
  await wellMade(desk, 'orders-overdue')
  const { rows } = await world.db.admin.query(`select person_id from standing.entry where kind = 'order_overdue'`)
  assert.equal(rows.length, 1)
})
