import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { aCase, seedDesks } from '#modules/complaints/complaints-testing.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { expectStatus, phone, wellMade } from './browser.ts'
import { pdfText, press, said, words } from './steps.ts'
import { aWorld } from './world.ts'

/** An appeal about a window officer, accepted by the desk on the clock's day. */
async function anAcceptedCase(t: TestContext) {
  const world = await aWorld(t)
  await seedDesks(world.db, world.bureau)
  const made = await aCase(world.db, world.bureau, 'a', {
    class: 'appeal',
    accused: 'officer',
    summary: '在窗口询问无人答复',
  })
  await world.db.admin.query(
    `update complaints.case set status = 'accepted', accepted_at = now(), due_on = '2027-01-22', due_basis = 'petition-regulations:34, civil-code:203', noticed_at = now() where id = $1`,
    [made.id],
  )
  const open = async (who: PersonKey, path = `/console/cases/${made.id}`) => {
    const page = await world.as(who)
    await page.goto(path)
    return page
  }
  return { world, ...made, open }
}

/** Opens a form that stands behind its title. */
async function unfold(page: Page, id: string): Promise<void> {
  await page.locator(`details#${id} > summary`).click()
}

async function assign(page: Page, name: string): Promise<void> {
  await unfold(page, 'assign')
  const option = page.locator('#assign select option', { hasText: name })
  await page.getByLabel('承办人').selectOption((await option.getAttribute('value')) as string)
  await press(page, '分派')
  await said(page, /已分派/)
}

async function hear(handler: Page, open: (who: PersonKey, path: string) => Promise<Page>): Promise<Page> {
  await handler.getByLabel('要求说明的事实').fill('来电13800000009的群众反映未作答复')
  expectStatus(handler, 409)
  await press(handler, '发出')
  await handler.getByText('内容中有投诉人的电话').first().waitFor()
  assert.equal(await handler.getByLabel('要求说明的事实').inputValue(), '来电13800000009的群众反映未作答复')
  await wellMade(handler, 'statement-refused')
  await handler.getByLabel('要求说明的事实').fill('11月18日上午在户籍窗口对群众询问未作答复。')
  await press(handler, '发出')
  await said(handler, /已发出说明通知/)

  const officer = await open('officer', '/console/me/statements')
  await wellMade(officer, 'my-statements')
  await officer.locator('main').getByRole('link').first().click()
  await officer.getByText('对群众询问未作答复').waitFor()
  assert.doesNotMatch(await words(officer, 'main'), /赵某|13800000009/)
  await wellMade(officer, 'my-statement')
  await officer.setViewportSize(phone)
  await wellMade(officer, 'my-statement')
  await officer.getByRole('textbox', { name: '您的说明' }).fill('当时叫号系统故障，我在处理。')
  await press(officer, '提交说明')
  await said(officer, /已提交说明/)
  return officer
}

async function propose(page: Page, outcome: '有责' | '无责'): Promise<void> {
  await page.reload()
  await page.locator('#finding').getByLabel(outcome, { exact: true }).check()
  if (outcome === '有责') await page.locator('#finding').getByLabel('轻', { exact: true }).check()
  await page.getByLabel('查明的事实').fill('调取监控查明，当班民警未答复群众询问。')
  await page.getByLabel('一句话事实').fill('窗口接待群众时未作答复')
  await page.getByLabel('违反的条款').fill('《窗口服务规范》第三条')
  await page.getByLabel('其他证据').fill('窗口监控录像｜未作答复的经过')
  await page.locator('#finding').getByLabel('冷', { exact: true }).check()
  await press(page, '保存并提交审查')
  await said(page, /已保存认定/)
}

async function decide(open: (who: PersonKey) => Promise<Page>): Promise<Page> {
  const second = await open('caseOfficer2')
  await second.locator('#review').getByLabel('冷', { exact: true }).check()
  await second.getByLabel('同意认定').check()
  await wellMade(second, 'case-second-review')
  await press(second, '提交审查意见')
  await said(second, /已提交审查意见/)
  const leader = await open('leader')
  await leader.getByLabel('批准认定').check()
  await wellMade(leader, 'case-approval')
  await press(leader, '提交决定')
  await said(leader, /已提交决定/)
  return leader
}

test('an appeal goes from the desk to the opinion letter, and whoever it is about never sees it', async (t) => {
  const { world, id, open } = await anAcceptedCase(t)
  const clerk = await open('petitionClerk')
  await clerk.getByText('登记部门或者分管领导分派承办人').waitFor()
  await wellMade(clerk, 'case-accepted')
  await assign(clerk, world.bureau.people.caseOfficer.name)

  const handler = await open('caseOfficer')
  await wellMade(handler, 'case-in-hand')
  const officer = await hear(handler, open)
  await propose(handler, '无责')
  await decide(open)

  await handler.reload()
  await handler.locator('#answer').getByLabel('查明的事实').fill('当日叫号系统故障，民警正在处理。')
  await handler.locator('#answer').getByLabel('理由').fill('民警没有拒绝答复。')
  await handler.locator('#answer').getByLabel('处理意见').fill('已向您说明情况，并改进故障时的提示。')
  await handler.locator('#answer').getByLabel('法律、政策依据').fill('《信访工作条例》第三十二条')
  await press(handler, '出具并告知')
  await said(handler, /已出具处理意见书/)
  await wellMade(handler, 'case-answered')
  await handler.setViewportSize(phone)
  await wellMade(handler, 'case-answered')
  const [notice] = (
    await world.db.admin.query(`select id, told_how from complaints.citizen_notice where kind = 'opinion'`)
  ).rows
  assert.equal(notice.told_how, 'sms')
  const text = await pdfText(handler, `/console/cases/${id}/notices/${notice.id}.pdf`)
  if (text !== null) assert.ok(text.includes('已向您说明情况') && !text.includes('赵某'))
  const [message] = (await world.db.admin.query('select body from platform.outbound_message')).rows
  assert.match(message.body, /您的事项有新进展/)
  assert.doesNotMatch(message.body, /投诉|信访|民警|警/)

  for (const page of [officer, await world.as('head'), await world.as('chief')]) {
    expectStatus(page, 404)
    await page.goto(`/console/cases/${id}`)
    await page.getByText('没有找到这个信访件').waitFor()
  }
})

test('a look at the complainant needs a reason, and stands on the page', async (t) => {
  const { open } = await anAcceptedCase(t)
  const page = await open('caseOfficer')
  await unfold(page, 'reveal')
  expectStatus(page, 422)
  await press(page, '查看并留痕')
  await page.locator('.field-error').first().waitFor()
  await wellMade(page, 'reveal-refused')
  await page.getByLabel('查看理由').fill('电话核实经过')
  await press(page, '查看并留痕')
  await page.getByText('canary 赵某').waitFor()
  await page.reload().catch(() => {})
  await page.goto(page.url().replace(/\/reveal$/, ''))
  assert.doesNotMatch(await words(page, 'main'), /canary 赵某/)
  await page.getByText('电话核实经过').first().waitFor()
})

test('a finding reaches the officer, he appeals, somebody new annuls it, and he is cleared in writing', async (t) => {
  const { world, id, open } = await anAcceptedCase(t)
  await assign(await open('petitionClerk'), world.bureau.people.caseOfficer.name)
  const handler = await open('caseOfficer')
  const officer = await hear(handler, open)
  await propose(handler, '有责')
  const leader = await decide(open)
  const postings = async () =>
    (
      await world.db.admin.query(
        'select level, reverses is not null as back from standing.posting order by recorded_at',
      )
    ).rows
  assert.deepEqual(await postings(), [{ level: 'unit', back: false }])

  await officer.goto('/console/me/statements')
  await officer.getByRole('link', { name: /^RD/ }).click()
  await officer.getByText('2026年12月7日').first().waitFor()
  await wellMade(officer, 'my-finding')
  await officer.getByLabel('申诉理由').fill('监控不完整，我当时已口头答复。')
  await press(officer, '提交申诉')
  await said(officer, /已提交申诉/)

  await leader.reload()
  assert.equal(await leader.locator('#appeal').count(), 0, 'who approved decides no appeal')
  const fresh = await open('leader2')
  await wellMade(fresh, 'case-appeal')
  await fresh.locator('#appeal').getByLabel('撤销', { exact: true }).check()
  await fresh.locator('#appeal').getByLabel('理由', { exact: true }).fill('补充的录像显示已经答复。')
  await press(fresh, '作出决定')
  await said(fresh, /已作出申诉决定/)
  assert.deepEqual(
    (await postings()).map((posting) => posting.back),
    [false, true],
  )

  await handler.goto(`/console/cases/${id}`)
  await handler.getByLabel('澄清事项').fill('窗口接待群众未作答复')
  await handler.getByLabel('本人希望同时告知所在单位').check()
  await press(handler, /^出具$/)
  await said(handler, /已出具澄清/)
  await officer.goto('/console/me/statements')
  await officer.getByText(/^CQ/).waitFor()
  const finding = (await world.db.admin.query('select id from complaints.finding')).rows[0].id
  const text = await pdfText(officer, `/console/me/clarifications/${finding}.pdf`)
  if (text !== null) assert.ok(text.includes('李敏') && text.includes('已撤销'))
  const head = await open('chief', '/console/me/statements')
  assert.doesNotMatch(await words(head, 'main'), /CQ/)
})

test('of two who work on a case the second sees what the other changed, and loses no word', async (t) => {
  const { world, open } = await anAcceptedCase(t)
  const clerk = await open('petitionClerk')
  const leader = await open('leader')
  await assign(clerk, world.bureau.people.caseOfficer.name)
  await unfold(leader, 'assign')
  const option = leader.locator('#assign select option', { hasText: world.bureau.people.brigadeOfficer.name })
  await leader.getByLabel('承办人').selectOption((await option.getAttribute('value')) as string)
  expectStatus(leader, 409)
  await press(leader, '分派')
  await leader.getByText('在您填写期间，别人改动了这个信访件').first().waitFor()
  await leader.getByText('分派承办人 · 施毅').first().waitFor()
  await wellMade(leader, 'case-conflict')
})
