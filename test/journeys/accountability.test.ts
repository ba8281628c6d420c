import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { annulResponsibility, decideDeduction, recordResponsibility } from '#modules/standing/index.ts'
import { expectStatus, phone, wellMade, wide } from './browser.ts'
import { choose, pdfText, press, said, words } from './steps.ts'
import { aWorld, type World } from './world.ts'

/** What the complaints area brings when a leader approves a finding. */
async function finding(world: World, n: number) {
  const { db, bureau } = world
  const input = {
    findingId: randomUUID(),
    caseId: randomUUID(),
    caseNo: `XF2026-10${n}`,
    factLine: '群众咨询落户材料时态度生硬，未一次告知',
    clause: '《窗口礼仪规范手册》第3条第2项',
    severity: 'medium' as const,
    unitId: bureau.units.eastWindow,
    personId: bureau.people.officer.id,
    effectiveOn: Temporal.PlainDate.from('2026-11-23'),
  }
  const { taskId } = await db.as(bureau.actors.leader, (ctx) => recordResponsibility(ctx, input))
  return { ...input, taskId: taskId as string }
}

async function deducted(world: World, n: number) {
  const made = await finding(world, n)
  await world.db.as(world.bureau.actors.head, (ctx) =>
    decideDeduction(ctx, made.taskId, { version: 1, points: 2, reason: '当班民警对群众询问不耐烦' }),
  )
  return made
}

/** Sound at both widths; leaves the page wide. */
async function sound(page: Page, state: string): Promise<void> {
  await page.setViewportSize(wide)
  await wellMade(page, state)
  await page.setViewportSize(phone)
  await wellMade(page, state)
  await page.setViewportSize(wide)
}

test('from the head’s decision to a slip that is talked over, each on his own page', async (t) => {
  const world = await aWorld(t)
  await deducted(world, 1)
  await deducted(world, 2)
  const third = await finding(world, 3)

  const head = await world.as('head')
  await head.goto('/console/deductions')
  await sound(head, 'deductions')
  await head.getByRole('link', { name: third.caseNo }).click()
  await head.getByText('这一次之后，将起草《提示单》').waitFor()
  await sound(head, 'deduction')
  await head.getByLabel('扣分分值').fill('0')
  await head.getByLabel('理由').fill('多次提醒后仍未改进')
  expectStatus(head, 422)
  await press(head, /决定扣分/)
  await head.getByText('分值须为幅度内的整数').first().waitFor()
  await sound(head, 'deduction-wrong')
  assert.equal(await head.getByLabel('理由').inputValue(), '多次提醒后仍未改进')
  await head.getByLabel('扣分分值').fill('3')
  await press(head, /决定扣分/)
  await said(head, /扣分已记入台账/)
  await sound(head, 'deduction-decided')

  const political = await world.as('political')
  await political.goto('/console/restrictions')
  await sound(political, 'restrictions')
  await political.getByRole('link', { name: /李敏/ }).click()
  await political.getByLabel('核对说明').fill('已核对三件认定')
  await sound(political, 'restriction')
  await press(political, /确认限制/)
  await said(political, /已确认/)
  await political.goto('/console/slips')
  await sound(political, 'slips')
  await political.getByRole('link', { name: /李敏/ }).click()
  await sound(political, 'slip-draft')

  const leader = await world.as('leader')
  await leader.goto(new URL(political.url()).pathname)
  await press(leader, /^签发/)
  await said(leader, /已签发/)

  const officer = await world.as('officer', { noScript: true })
  await officer.goto('/console/my-standing')
  await officer.getByText('被扣分 3 次').waitFor()
  await sound(officer, 'my-standing')
  await officer.getByRole('link', { name: '提示〔2026〕1号' }).first().click()
  await press(officer, /我已收到/)
  await said(officer, /已签收/)
  await officer.getByLabel('改进打算').fill('每天下班前复盘当天的接待')
  await press(officer, /保存打算/)
  await said(officer, /改进打算已保存/)
  await sound(officer, 'slip-officer')
  const text = await pdfText(officer, `${new URL(officer.url()).pathname}/slip.pdf`)
  if (text !== null)
    assert.ok(text.includes('提示〔2026〕1号') && text.includes('XF2026-101') && text.includes('每天下班前复盘'))

  await head.goto(new URL(officer.url()).pathname)
  await head.getByLabel('谈话结果').fill('态度有明显改进')
  await press(head, /记录谈话/)
  await said(head, /谈话已记录/)
  await sound(head, 'slip-closed')
})

test('the political department asks why, nominates, and what is annulled comes back', async (t) => {
  const world = await aWorld(t)
  const first = await deducted(world, 1)
  await deducted(world, 2)
  const political = await world.as('political')
  await political.goto('/console/eligibility')
  await sound(political, 'eligibility-empty')
  await political.getByLabel('警号').fill(world.bureau.people.officer.policeNo)
  await choose(political, '荣誉', /三等功/)
  await press(political, '核查')
  await political.getByText('不符合“三等功”的资格').waitFor()
  await political.getByText('XF2026-101').waitFor()
  await sound(political, 'eligibility-why')
  await political.goto('/console/nominations')
  await political.getByText('提名', { exact: true }).first().click()
  await political.getByLabel('警号').fill(world.bureau.people.officer.policeNo)
  await choose(political, '荣誉', /嘉奖/)
  await political.getByLabel('事迹').fill('抢险救灾表现突出')
  expectStatus(political, 409)
  await press(political, /^提名/)
  await political.getByText('不符合资格，理由见下。').waitFor()
  assert.equal(await political.getByLabel('事迹').inputValue(), '抢险救灾表现突出')
  await sound(political, 'nomination-refused')

  await world.db.as(world.bureau.actors.leader2, (ctx) =>
    annulResponsibility(ctx, {
      findingId: first.findingId,
      reason: '申诉复核：事实不清，撤销认定',
      annulledOn: first.effectiveOn,
    }),
  )
  await press(political, /^提名/)
  await said(political, /已提名/)
  await sound(political, 'nomination')
  const leader = await world.as('leader')
  await leader.goto(new URL(political.url()).pathname)
  await press(leader, /^授予/)
  await said(leader, /已授予/)
  await sound(leader, 'nomination-granted')
  const officer = await world.as('officer')
  await officer.goto('/console/my-standing')
  assert.match(await words(officer, 'main'), /被扣分 1 次[\s\S]*申诉复核：事实不清，撤销认定/)
  await sound(officer, 'my-standing-annulled')
})
