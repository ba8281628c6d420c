import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seedDesks } from '#modules/complaints/complaints-testing.ts'
import { type TakeDownInput, takeDown } from '#modules/complaints/index.ts'
import { expectStatus, phone, wellMade, wide } from './browser.ts'
import { choose, pdfText, press, said, words } from './steps.ts'
import { aWorld, type World } from './world.ts'

async function desks(t: TestContext): Promise<World> {
  const world = await aWorld(t)
  await seedDesks(world.db, world.bureau)
  return world
}

const taken = (world: World, input: Partial<TakeDownInput> = {}) =>
  world.db.as(world.bureau.actors.petitionClerk, (ctx) =>
    takeDown(ctx, {
      channel: 'visit',
      text: '在青山路派出所户籍窗口补办身份证，民警低头玩手机，问了三遍都不理',
      readBack: true,
      complainant: { name: '赵某', phone: '13800138000' },
      accused: { officers: world.bureau.people.officer.policeNo },
      ...input,
    }),
  )

/** A page in every size. */
async function inBothSizes(page: Page, state: string): Promise<void> {
  await wellMade(page, state)
  await page.setViewportSize(phone)
  await wellMade(page, state)
  await page.setViewportSize(wide)
}

test('a telephone call is taken down by keyboard alone, the receipt is read out, the next call begins', async (t) => {
  const world = await desks(t)
  const page = await world.as('commandClerk')
  await page.goto('/console/intake')
  await inBothSizes(page, 'intake-phone')
  const keys = page.keyboard
  // The caller speaks: the cursor already stands where the words belong.
  await keys.type('我打电话问身份证办好没有，接电话的民警态度冷淡，说没空就挂了')
  await keys.press('Tab')
  await keys.press('Space')
  await keys.press('Tab')
  await keys.type('赵某')
  await keys.press('Tab')
  await keys.type('138 0013 8000')
  for (let n = 0; n < 3; n++) await keys.press('Tab')
  await keys.type(world.bureau.people.officer.policeNo)
  await keys.press('Control+Enter')
  await page.waitForURL(/\/console\/intake\/receipts\//)
  const code = /\d{4} \d{4} \d{4} \d{4}/.exec(await words(page, 'main'))?.[0] as string
  assert.ok(code)
  await inBothSizes(page, 'intake-receipt')
  const text = await pdfText(page, `${new URL(page.url()).pathname}/receipt.pdf`)
  if (text !== null) assert.ok(text.includes(code.replaceAll(' ', '')), text)
  await keys.press('Enter')
  await page.waitForURL(/\/console\/intake$/)
  assert.equal(await page.evaluate('document.activeElement.name'), 'text')
  const rows = await world.db.admin.query(`select s.channel, s.oral, s.read_back, s.reachable, a.person_id
    from complaints.submission s join complaints.accused a on a.case_id = s.case_id`)
  const person_id = world.bureau.people.officer.id
  assert.deepEqual(rows.rows, [{ channel: 'desk_960111', oral: true, read_back: true, reachable: true, person_id }])
})

test('without script a visit is taken down too: the tags are previewed, a forgotten tick is told, nothing is lost', async (t) => {
  const world = await desks(t)
  const page = await world.as('petitionClerk', { noScript: true })
  await page.goto('/console/intake?kind=visit')
  await page.getByLabel('反映的内容').fill('窗口民警推来推去，让我跑了三趟，说话很凶')
  await page.getByLabel('姓名', { exact: true }).or(page.getByLabel(/^姓名/)).first().fill('钱某')
  await press(page, '预览标签')
  await page.getByRole('heading', { name: '系统建议的标签' }).waitFor()
  assert.ok((await page.locator('#preview mark').count()) > 0)
  await wellMade(page, 'intake-preview')
  expectStatus(page, 422)
  await press(page, /^登记/)
  await page.getByText('口述的内容要向对方复述并得到认可').first().waitFor()
  assert.match(await page.getByLabel('反映的内容').inputValue(), /跑了三趟/)
  await wellMade(page, 'intake-wrong')
  await page.getByLabel('已向对方复述').check()
  await press(page, /^登记/)
  await page.getByRole('heading', { name: /收件回执/ }).waitFor()
})

test('a letter is typed in and its scan attached; a repeated reference is told and not registered twice', async (t) => {
  const world = await desks(t)
  const page = await world.as('petitionClerk')
  await page.goto('/console/intake?kind=letter')
  const fill = async (files: { name: string; mimeType: string; buffer: Buffer }[]) => {
    await page.getByLabel('反映的内容').fill('来信反映：办理居住证两个月没有结果')
    await page.getByLabel(/^姓名（/).fill('孙某')
    await page.getByLabel('收到日期').fill('11-20')
    await page.getByLabel('来文或工单编号').fill('LX-2026-7')
    await choose(page, '单位', /长河街派出所$/)
    await page.getByLabel('附件').setInputFiles(files)
    await press(page, /^登记/)
  }
  const scan = { name: '来信.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') }
  expectStatus(page, 422)
  await fill([{ name: '来信.pdf', mimeType: 'application/pdf', buffer: Buffer.from('PK\u0003\u0004zip') }])
  await page.getByText('按文件内容判断').first().waitFor()
  await inBothSizes(page, 'intake-letter-wrong')
  await fill([scan])
  await page.getByRole('heading', { name: /收件回执/ }).waitFor()
  assert.match(await words(page, 'main'), /来信\.pdf/)
  await page.goto('/console/intake?kind=letter')
  await fill([scan])
  await page.getByText(/没有重复登记/).waitFor()
  await page.goto('/console/triage')
  await inBothSizes(page, 'triage-board')
  await page.locator('main table a').first().click()
  await page.getByRole('link', { name: '来信.pdf' }).waitFor()
})

test('two tellings of one event are merged from the proposal and taken apart again', async (t) => {
  const world = await desks(t)
  const first = await taken(world)
  const again = await taken(world, {
    text: '我反映：在青山路派出所户籍窗口补办身份证，民警低头玩手机，问了三遍都不理，还让我等着',
    complainant: { name: '钱某', phone: '13900139000' },
  })
  const page = await world.as('caseOfficer')
  await page.goto(`/console/triage/${again.caseId}`)
  await inBothSizes(page, 'triage-case')
  await page.getByText('同一民警').waitFor()
  await page.locator('details#merge > summary').click()
  await page.locator('#merge').getByLabel(new RegExp(first.caseNo)).check()
  await page.locator('#merge').getByLabel('理由').fill('同一天同一窗口')
  await press(page, '合并')
  await said(page, /已合并办理/)
  assert.match(page.url(), new RegExp(first.caseId))
  assert.equal(await page.locator('#submissions blockquote').count(), 2)
  await page.locator('details#unmerge > summary').click()
  await inBothSizes(page, 'triage-merged')
  await page.locator('#unmerge').getByLabel(again.caseNo).check()
  await page.locator('#unmerge').getByLabel('理由').fill('不是同一天')
  await press(page, '拆分')
  await said(page, /已拆分/)
  assert.equal(await page.locator('#submissions blockquote').count(), 1)
})

test('a case is sorted, accepted and found again; an accusation leaves the desk; the register fits a telephone', async (t) => {
  const world = await desks(t)
  const { caseId, caseNo } = await taken(world)
  const page = await world.as('petitionClerk')
  await page.goto(`/console/triage/${caseId}`)
  await page.getByLabel('申诉求决').check()
  await press(page, /^判定/)
  await said(page, /已判定类别/)
  await press(page, /^受理并告知反映人/)
  await said(page, /已受理/)
  await inBothSizes(page, 'triage-accepted')
  await page.goto('/console/cases?view=all&q=%E7%8E%A9%E6%89%8B%E6%9C%BA')
  assert.match(await words(page, 'main table'), new RegExp(caseNo))
  await inBothSizes(page, 'register')
  const secret = await taken(world, { text: '民警收了我两千元才给办证' })
  await page.goto(`/console/triage/${secret.caseId}`)
  await page.getByLabel('检举控告').check()
  await press(page, /^判定/)
  await said(page, /不再对您显示/)
  expectStatus(page, 404)
  await page.goto(`/console/triage/${secret.caseId}`)
  await page.getByText('没有找到').first().waitFor()
})

test('relatives are declared, the desks are set, coders compared: each page in both sizes', async (t) => {
  const world = await desks(t)
  await taken(world)
  const officer = await world.as('officer')
  await officer.goto('/console/me/relations')
  await officer.getByLabel('亲属的姓名或警号').fill(world.bureau.people.westOfficer.policeNo)
  await officer.getByLabel('关系').fill('配偶')
  await press(officer, /^申报/)
  await said(officer, /已记录/)
  await inBothSizes(officer, 'relations')
  const inspector = await world.as('inspector')
  for (const path of ['/console/relations', '/console/coding']) {
    await inspector.goto(path)
    await inBothSizes(inspector, `page${path.replaceAll('/', '-')}`)
  }
  const admin = await world.as('systemAdmin')
  await admin.goto('/console/complaint-desks')
  await inBothSizes(admin, 'desks')
})
