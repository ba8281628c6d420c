import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCase, seedDesks } from '#modules/complaints/complaints-testing.ts'
import { beginInstitution, freezeMonths, openMonths } from '#modules/complaints/index.ts'
import { systemActor } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { phone, wellMade, wide } from './browser.ts'
import { pdfText, press, said, words } from './steps.ts'
import { aWorld, type World } from './world.ts'

async function anOctober(world: World): Promise<void> {
  const system = <T>(work: (ctx: Context) => Promise<T>) => world.db.house.write(systemActor, 'worker', work)
  await seedDesks(world.db, world.bureau)
  await system((ctx) => beginInstitution(ctx, Temporal.PlainDate.from('2026-09-01')))
  await system(openMonths)
  for (const [name, accused] of [
    ['a', 'officer'],
    ['b', 'officer'],
    ['c', 'westOfficer'],
  ] as const)
    await aCase(world.db, world.bureau, name, { receivedAt: '2026-10-12T02:00:00Z', class: 'appeal', accused })
  await system(freezeMonths)
}

test('a month from its cut-off to signed minutes: each sees whose turn it is, and nobody takes another’s', async (t) => {
  const world = await aWorld(t, '2026-11-03 09:00')
  await anOctober(world)
  const keeper = await world.as('caseOfficer')
  await keeper.goto('/console/months')
  await wellMade(keeper, 'months')
  await keeper.getByRole('link', { name: '2026年10月' }).first().click()
  await keeper.getByRole('heading', { level: 1, name: '2026年10月' }).waitFor()
  await wellMade(keeper, 'month-open')
  await press(keeper, '确认汇总完整')
  await said(keeper, /已确认/)
  for (const who of ['inspector', 'brigadeOfficer'] as const) {
    const page = await world.as(who)
    await page.goto('/console/months/2026-10')
    await press(page, '确认无案件')
    await said(page, /已确认/)
  }
  assert.match(await words(keeper, '#report'), /指挥中心/)
  world.setClock('2026-11-04 09:00')
  await keeper.goto('/console/months/2026-10')
  await keeper.getByRole('link', { name: '起草报告' }).click()
  await keeper.getByLabel('存在的问题').fill('一次性告知不完整\n高峰时段解释不耐心')
  await keeper.getByLabel('工作建议').fill('开展专题培训')
  await wellMade(keeper, 'month-draft')
  await press(keeper, /生成报告稿/)
  await said(keeper, /报告稿已生成/)
  assert.equal(await keeper.getByRole('button', { name: '签发并报党委' }).count(), 0)

  const leader = await world.as('leader')
  await leader.goto('/console/months/2026-10')
  await press(leader, '签发并报党委')
  await said(leader, /已签发/)
  assert.match((await pdfText(leader, '/console/months/2026-10/report.pdf')) ?? '', /2026年10月群众信访投诉情况的报告/)

  await keeper.goto('/console/months/2026-10')
  await keeper.getByLabel('地点').fill('分局第一会议室')
  await keeper.getByLabel('主持人').selectOption({ label: '卫东 J100031' })
  await keeper.getByLabel('记录人').selectOption({ label: '施毅 J100073' })
  await press(keeper, '召集例会')
  await said(keeper, /已召集/)
  await wellMade(keeper, 'month-called')
  await press(keeper, '其余全部到会')
  await said(keeper, /已记录/)
  world.setClock('2026-11-06 11:00')
  await keeper.goto('/console/months/2026-10')
  await keeper.getByLabel('结束').fill('2026-11-06 10:30')
  await keeper.getByLabel(/案件成因分析/).fill('窗口高峰时段人手不足。')
  await press(keeper, '保存纪要')
  await said(keeper, /纪要已保存/)
  await press(keeper, '记录人签名')
  await said(keeper, /记录人已签名/)

  await leader.goto('/console/months/2026-10')
  await leader.getByText('新增对策').first().click()
  await leader.getByLabel('对策内容').fill('组织一次性告知专题培训')
  await leader.getByLabel('责任单位').selectOption({ label: '长河街派出所' })
  await leader.getByLabel('期限').fill('2026-11-30')
  await press(leader, '新增对策')
  await said(leader, /对策已登记/)
  await press(leader, '主持人签发纪要')
  await said(leader, /纪要已签发/)
  await wellMade(leader, 'month-met')
  await leader.setViewportSize(phone)
  await wellMade(leader, 'month-met')
  await leader.setViewportSize(wide)
  assert.match((await pdfText(leader, '/console/months/2026-10/minutes.pdf')) ?? '', /组织一次性告知专题培训/)

  const head = await world.as('westHead')
  await head.goto('/console/months/2026-10')
  await head.getByText('报告进展').first().click()
  await head.locator('textarea[name=progress]').fill('已完成培训')
  await head.getByRole('button', { name: '报告进展' }).click()
  await said(head, /进展已登记/)
  await head.goto('/console/months?lang=en')
  await wellMade(head, 'months-en')
  await head.setViewportSize(phone)
  await wellMade(head, 'months-en')
})
