import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aMatter } from './arrange.ts'
import { expectStatus, phone, wellMade } from './browser.ts'
import { press, said, words } from './steps.ts'
import { aWorld, type World } from './world.ts'

/** The level on record for each number that was asked. */
async function levels(world: World): Promise<(number | null)[]> {
  const { rows } = await world.db.admin.query(
    `select r.level from callback.callback c join service_window.matter m on m.id = c.matter_id
     left join callback.rating r on r.callback_id = c.id order by m.no`,
  )
  return rows.map((row) => row.level)
}

const linkIn = (message: string | undefined) => /https:\/\/[^/]+(\/r\/[\w-]+)/.exec(message ?? '')?.[1] as string

test('half an hour after the matter one neutral question arrives, and plain answers are understood', async (t) => {
  const world = await aWorld(t)
  for (const end of [1, 2, 3]) await aMatter(world, 'completed', { phone: `1380000000${end}` })
  await world.sweep()
  assert.deepEqual(await world.messagesOn('13800000001'), [])
  world.setClock('2026-11-23 09:31')
  await world.sweep()
  const [question] = await world.messagesOn('13800000001')
  assert.match(
    question ?? '',
    /^【云州市公安局青山分局】请评价本次服务：5非常满意 4满意 3基本满意 2不满意 1非常不满意 https:\S+ 退订回T$/,
  )

  await world.reply('13800000001', '满意')
  await world.reply('13800000002', '５')
  await world.reply('13800000003', '不满意！')
  assert.deepEqual(await levels(world), [4, 5, 2])
  assert.match((await world.messagesOn('13800000003'))[0] ?? '', /3个工作日内核实处理。是否同意督办人员联系您/)
})

test('an answer nobody can read is asked about once, then the desk reads it', async (t) => {
  const world = await aWorld(t)
  await aMatter(world, 'completed')
  world.setClock('2026-11-23 09:31')
  await world.sweep()
  await world.reply('13800000001', '还可以吧不过等了很久')
  assert.match((await world.messagesOn('13800000001'))[0] ?? '', /未能识别您的回复，请回一个数字/)
  await world.reply('13800000001', '排队两个小时')
  assert.equal((await world.messagesOn('13800000001')).length, 2)
  assert.deepEqual(await levels(world), [null])

  const desk = await world.as('desk')
  await desk.goto('/console/replies')
  await wellMade(desk, 'replies')
  await desk.getByRole('link', { name: '排队两个小时' }).click()
  await desk.getByText('判读为').first().waitFor()
  await wellMade(desk, 'reply-reading')
  expectStatus(desk, 422)
  await press(desk, '记录')
  await desk.getByRole('alert').waitFor()
  await wellMade(desk, 'reply-unread')
  await desk.getByLabel('不满意', { exact: true }).check()
  await press(desk, '记录')
  await said(desk, /已记录/)
  await desk.getByText('没有需要判读的短信').waitFor()
  await world.sweep()
  assert.deepEqual(await levels(world), [2])
})

test('the page behind the link rates once, without script, and asks apart from that for contact', async (t) => {
  const world = await aWorld(t)
  await aMatter(world, 'completed')
  world.setClock('2026-11-23 09:31')
  await world.sweep()
  const page = await world.visit(linkIn((await world.messagesOn('13800000001'))[0]), {
    viewport: phone,
    noScript: true,
  })
  expectStatus(page, 422)
  assert.doesNotMatch(await words(page, 'main'), /王秀英|李敏|身份证丢了/)
  await wellMade(page, 'rating')
  await press(page, '提交评价')
  await page.getByRole('link', { name: '请选择一个满意程度' }).waitFor()
  await wellMade(page, 'rating-error')
  await page.getByLabel('非常不满意').check()
  await page.getByLabel('想说的话').fill('等了两个小时')
  await press(page, '提交评价')
  await page.getByRole('heading', { name: /可以联系您吗/ }).waitFor()
  await wellMade(page, 'rating-contact')
  await page.getByLabel('可以', { exact: true }).check()
  await press(page, '确定')
  await page.getByText('已经记下，谢谢您').first().waitFor()
  await wellMade(page, 'rating-noted')

  await page.goto(linkIn((await world.messagesOn('13800000001')).at(-1)))
  await page.getByText('您已经评价过了').first().waitFor()
  await wellMade(page, 'rating-again')
  assert.deepEqual(await levels(world), [1])
})
