import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { expectStatus, phone, wellMade } from './browser.ts'
import { words } from './steps.ts'
import { aWorld } from './world.ts'

const citizenNo = '110101199003070011'

/** Presses a key and counts it; what is typed into fields counts apart. */
function keyboard(page: Page) {
  const pressed: string[] = []
  return {
    pressed,
    async press(key: string, times = 1) {
      for (let n = 0; n < times; n++) {
        pressed.push(key)
        await page.keyboard.press(key)
      }
    },
    type: (text: string) => page.keyboard.insertText(text),
    focused: () =>
      page.evaluate('document.activeElement?.getAttribute("name") ?? document.activeElement?.textContent?.trim()'),
  }
}

test('an officer receives a citizen and finishes the first visit with the keyboard alone', async (t) => {
  const world = await aWorld(t)
  const page = await world.as('officer')
  await wellMade(page, 'home-empty')
  await page.getByRole('link', { name: '接待登记' }).last().focus()
  const keys = keyboard(page)
  await keys.press('Enter')
  await page.waitForURL('/console/receive')
  await wellMade(page, 'reception')

  assert.equal(await keys.focused(), 'name')
  await keys.type('阿依古丽·买买提')
  await keys.press('Tab')
  assert.equal(await keys.focused(), 'request')
  await keys.type('身份证丢了，要补办')
  await keys.press('Tab')
  assert.equal(await keys.focused(), 'itemCode')
  const position = await page.evaluate(
    `[...document.activeElement.options].findIndex((one) => /丢失补领/.test(one.text))`,
  )
  await keys.press('ArrowDown', position as number)
  await keys.press('Tab')
  assert.equal(await keys.focused(), 'phone')
  await keys.type('13800000001')
  await keys.press('Control+Enter')
  await page.waitForURL(/\/console\/matters\//)
  assert.match(await words(page, '#status'), /首接责任人/)
  assert.ok(keys.pressed.length <= 12, `reception took ${keys.pressed.length} keys: ${keys.pressed.join(' ')}`)
  await wellMade(page, 'matter-new')

  // Circumstances by arrows, papers by number keys, the notice by Ctrl+Enter.
  const before = keys.pressed.length
  await page.getByRole('radio').first().focus()
  for (const _question of ['registered_at', 'age']) {
    await keys.press('Space')
    await keys.press('Tab')
  }
  await keys.press('Space')
  await keys.press('j')
  await keys.press('2')
  await wellMade(page, 'matter-composed')
  assert.match(await words(page, '#composer'), /材料缺 1 项，须一次告知清楚/)
  await keys.press('Control+Enter')
  await page.locator('#status').getByText('已出具一次性告知单').waitFor()
  const opened = page.context().waitForEvent('page')
  await keys.press('p')
  assert.match((await opened).url(), /\/console\/notices\/[0-9a-f-]{36}\/notice\.pdf$|about:blank/)
  assert.ok(keys.pressed.length - before <= 10, keys.pressed.slice(before).join(' '))
})

test('a wrong citizen number is told apart from other faults, and nothing that was typed is lost', async (t) => {
  const world = await aWorld(t)
  for (const viewport of [undefined, phone]) {
    const page = await world.as('officer', viewport && { viewport })
    expectStatus(page, 422)
    await page.goto('/console/receive')
    await page.getByLabel('申请人姓名').fill('王秀英')
    await page.getByLabel('来办什么事').fill('孩子上学要办居住证明')
    await page.getByLabel('联系电话').fill('138 0000 00')
    for (const [typed, said] of [
      [citizenNo.replace(/.$/, '9'), /校验位不对/],
      ['11010119900307', /应为 18 位/],
      ['110101199002300011', /出生日期不存在/],
      ['110101203003070011', /在今天之后/],
    ] as const) {
      await page.getByLabel('公民身份号码').fill(typed)
      await page.getByRole('button', { name: '登记并开始办理' }).click()
      const summary = page.getByRole('alert')
      await summary.getByText(said).waitFor()
      assert.equal(await page.getByLabel('公民身份号码').inputValue(), typed)
    }
    assert.match(await page.title(), /^有错误：/)
    assert.equal(await page.getByLabel('申请人姓名').inputValue(), '王秀英')
    assert.equal(await page.getByLabel('来办什么事').inputValue(), '孩子上学要办居住证明')
    assert.equal(await page.getByLabel('联系电话').inputValue(), '138 0000 00')
    assert.equal(await page.evaluate('document.activeElement?.getAttribute("role")'), 'alert')
    await wellMade(page, 'reception-errors')
  }
})

test('a double click makes one matter, and the back button makes no second one', async (t) => {
  const world = await aWorld(t)
  const page = await world.as('officer')
  await page.goto('/console/receive')
  await page.getByLabel('申请人姓名').fill('王秀英')
  await page.getByLabel('来办什么事').fill('补办身份证')
  await page.getByRole('button', { name: '登记并开始办理' }).dblclick()
  await page.waitForURL(/\/console\/matters\//)
  await page.goBack()
  await page.getByLabel('申请人姓名').waitFor()
  const { rows } = await world.db.admin.query('select count(*) as n from service_window.matter')
  assert.equal(rows[0].n, 1)
})

test('names of every kind come through reception, list and search as they were written', async (t) => {
  const world = await aWorld(t)
  const page = await world.as('officer')
  const names = [
    '阿依古丽·买买提',
    '欧阳娜娜',
    '㐂',
    '𠮷野家',
    `${'买'.repeat(24)}·${'提'.repeat(25)}`,
    "O'Neil <b>Ann</b>",
  ]
  for (const name of names) {
    await page.goto('/console/receive')
    await page.getByLabel('申请人姓名').fill(name)
    await page.getByLabel('来办什么事').fill('补办身份证')
    await page.getByRole('button', { name: '登记并开始办理' }).click()
    await page.waitForURL(/\/console\/matters\//)
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), name)
  }
  await page.goto('/console/matters?view=received')
  await wellMade(page, 'matters-names')
  for (const name of names) await page.getByRole('link', { name, exact: true }).waitFor()
  await page.setViewportSize(phone)
  await wellMade(page, 'matters-names')
})
