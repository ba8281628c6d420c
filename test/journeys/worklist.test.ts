import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { receiveCitizen } from '#modules/service-window/index.ts'
import { aMatter } from './arrange.ts'
import { phone, wellMade } from './browser.ts'
import { words } from './steps.ts'
import { aWorld, type World } from './world.ts'

const family = ['王', '李', '张', '欧阳', '阿依古丽·', '司马']
const given = ['秀英', '建国', '敏', '买买提', '晓梅', '娜娜']

/** More people than one page of the list holds. */
async function aFullHouse(world: World, people = 70): Promise<void> {
  await world.db.as(world.bureau.actors.officer, async (ctx) => {
    for (let n = 0; n < people; n++) {
      const name = `${family[n % family.length]}${given[Math.floor(n / family.length) % given.length]}`
      await receiveCitizen(ctx, { name, request: `补办第${n}号证件`, itemCode: 'id_card.loss_replacement' })
    }
  })
}

test('the list goes page by page without losing or repeating anybody, and a fragment finds a person', async (t) => {
  const world = await aWorld(t)
  await aFullHouse(world)
  const page = await world.as('officer')
  await page.goto('/console/matters?view=received')
  const numbers = async () => (await page.locator('tbody td:last-child').allTextContents()).map((text) => text.trim())
  const first = await numbers()
  assert.equal(first.length, 50)
  assert.match(await words(page, '.pager'), /第 1–50 条/)
  await wellMade(page, 'worklist')
  await page.getByRole('link', { name: '下一页' }).click()
  await page
    .locator('.pager')
    .getByText(/第 51–70 条/)
    .waitFor()
  const second = await numbers()
  assert.equal(new Set([...first, ...second]).size, 70)

  await page.keyboard.press('/')
  await page.keyboard.insertText('买买提')
  await page.keyboard.press('Enter')
  await page.waitForURL(/search/)
  const found = await page.locator('tbody th').allTextContents()
  assert.ok(found.length > 0 && found.every((name) => name.includes('买买提')))
  await wellMade(page, 'search')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/console\/matters\/[0-9a-f-]{36}/)
  await page.keyboard.press('Escape')
  await page.waitForURL(/search|\/console$/)

  await page.goto('/console/search?q=没有这个人')
  await page.getByText('没有符合条件的办件').waitFor()
  await wellMade(page, 'search-nothing')
})

test('today, three days and overdue are calendar days, told by words and ruler', async (t) => {
  const world = await aWorld(t)
  await aMatter(world, 'accepted', { name: '王秀英' })
  const page = await world.as('officer')
  for (const [now, view, said] of [
    ['2026-12-13 23:30', 'soon', /剩 1 天/],
    ['2026-12-14 08:00', 'today', /今日到期/],
    ['2026-12-14 23:59', 'today', /今日到期/],
    ['2026-12-15 00:01', 'overdue', /逾期 1 天/],
  ] as const) {
    world.setClock(now)
    await world.sweep()
    await page.goto(`/console/matters?view=${view}`)
    assert.match(await words(page, 'tbody'), said, now)
  }
  await wellMade(page, 'worklist-overdue')
  await page.goto('/console')
  await wellMade(page, 'home')
  await page.setViewportSize(phone)
  await wellMade(page, 'home')
  await page.goto('/console/standing')
  await page.getByText('办件超期').nth(1).waitFor()
  await wellMade(page, 'ledger')
})

test('the list is taken out as a workbook that reads back as it stood', async (t) => {
  const world = await aWorld(t)
  await aFullHouse(world, 60)
  const page = await world.as('chief')
  await page.goto('/console/matters?view=received')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '导出 Excel' }).click(),
  ])
  assert.match(download.suggestedFilename(), /^办件清单-2026-11-23\.xlsx$/)
  const sheet = (await readXlsx(readFileSync(await download.path()))).sheets[0]
  const cells = sheet?.rows.flat().map(String) ?? []
  assert.equal(cells.filter((cell) => /^20261123-\d{6}$/.test(cell)).length, 60)
  assert.ok(cells.includes('阿依古丽·买买提'))
  assert.ok(cells.some((cell) => /赵晓梅 J100003 .*导出/.test(cell)))
})

test('the same moment reads the same for browsers in UTC, Shanghai and Honolulu', async (t) => {
  const world = await aWorld(t, '2026-11-23 07:30')
  const matter = await aMatter(world, 'accepted')
  const seen = new Set<string>()
  for (const timezoneId of ['UTC', 'Asia/Shanghai', 'Pacific/Honolulu']) {
    const page = await world.as('officer', { timezoneId })
    await page.goto(`/console/matters/${matter.id}`)
    const facts = await words(page, 'main dl')
    assert.match(facts, /2026年11月23日 周一 07:30/)
    seen.add(facts)
  }
  assert.equal(seen.size, 1)
})

test('figures say of how many and between what bounds, and each leads to the matters it counts', async (t) => {
  const world = await aWorld(t)
  for (const end of [1, 2, 3, 4, 5, 6, 7]) await aMatter(world, 'completed', { phone: `1380000000${end}` })
  await aMatter(world, 'told', { phone: '13900000001' })
  world.setClock('2026-11-23 09:31')
  await world.sweep()
  for (const end of [1, 2, 3, 4, 5, 6]) await world.reply(`1380000000${end}`, end === 6 ? '不满意' : '满意')
  const head = await world.as('head')
  await head.goto('/console/figures')
  await wellMade(head, 'figures')
  const counter = head.getByRole('row', { name: /青山路派出所户籍窗口/ }).first()
  assert.match((await counter.textContent()) ?? '', /100\.0%n = 7，64\.6–100\.0/)
  await counter.getByRole('link', { name: '8', exact: true }).click()
  await head.waitForURL(/figures\/of\//)
  // Beside the matters the page has the sums by item.
  const counted = head.locator('tbody tr', { has: head.locator('a[href^="/console/matters/"]') })
  await counted.nth(7).waitFor()
  assert.equal(await counted.count(), 8)
  await wellMade(head, 'figures-counted')
  await head.goto('/console/figures')
  await head.setViewportSize(phone)
  await wellMade(head, 'figures')
})
