import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aMatter } from './arrange.ts'
import { expectStatus, inTrouble, phone, wellMade } from './browser.ts'
import { adult, found, press, said, words } from './steps.ts'
import { aWorld } from './world.ts'

test('two officers write to one matter: the second sees whose work it would undo, and nothing is lost', async (t) => {
  const world = await aWorld(t)
  const { id } = await aMatter(world, 'received')
  const one = await world.as('officer')
  const other = await world.as('officer')
  expectStatus(other, 409)
  for (const page of [one, other]) {
    await page.goto(`/console/matters/${id}`)
    await adult(page)
  }
  await found(one, '居民户口簿', '缺少')
  await press(one, '保存核对结果')
  await said(one, /已保存/)
  await found(other, '居民户口簿', '齐备')
  await press(other, '受理')
  await other.getByRole('button', { name: '按我填写的提交' }).waitFor()
  const shown = await words(other, 'main')
  for (const part of [/李敏 J100001/, /缺少/, /齐备/]) assert.match(shown, part)
  await wellMade(other, 'conflict')
  await other.setViewportSize(phone)
  await wellMade(other, 'conflict')
  await press(other, '按我填写的提交')
  await said(other, /已受理/)
})

test('a session that has ended leads to the sign-in and from there back to the page', async (t) => {
  const world = await aWorld(t)
  const { id } = await aMatter(world, 'accepted')
  const page = await world.as('officer')
  await page.goto(`/console/matters/${id}`)
  await page.context().clearCookies({ name: /session/ })
  await page.reload()
  await page.waitForURL(/\/sign-in\?to=/)
  await wellMade(page, 'sign-in')
  await world.signIn(page, 'officer')
  assert.equal(new URL(page.url()).pathname, `/console/matters/${id}`)
})

test('the way back to a page survives the second factor too', async (t) => {
  const world = await aWorld(t)
  const page = await world.visit('/console/orders?view=overdue')
  await page.waitForURL(/\/sign-in\?to=/)
  await world.signIn(page, 'desk')
  assert.equal(page.url(), `${world.address}/console/orders?view=overdue`)
})

test('what a duty does not include is refused in words, and so is what does not exist', async (t) => {
  const world = await aWorld(t)
  const idle = await world.visit('/sign-in')
  expectStatus(idle, 403)
  await world.signIn(idle, 'plain')
  await idle.getByText('您目前没有任何岗位权限').waitFor()
  await wellMade(idle, 'home-nothing')

  const page = await world.as('editor')
  expectStatus(page, 403, 404)
  for (const [path, said] of [
    ['/console/receive', /您的岗位没有这项权限/],
    ['/console/no-such-page', /没有这个页面/],
    ['/console/matters/00000000-0000-4000-8000-000000000000', /没有这项权限|没有找到/],
  ] as const) {
    await page.goto(path)
    assert.match(await words(page, 'main'), said, path)
    await wellMade(page, 'refused')
  }
})

test('without its database the application says so, keeps what was typed, and recovers by itself', async (t) => {
  const world = await aWorld(t)
  const officer = await world.as('officer')
  const citizen = await world.visit('/', { viewport: phone })
  await officer.goto('/console/receive')
  await officer.getByLabel('申请人姓名').fill('王秀英')
  await officer.getByLabel('来办什么事').fill('补办身份证')
  await world.line.cut()
  await inTrouble(officer, async () => {
    await press(officer, '登记并开始办理')
    await officer.getByText('系统暂时连接不上，内容还在本页').waitFor()
    assert.equal(await officer.getByLabel('申请人姓名').inputValue(), '王秀英')
    await wellMade(officer, 'no-database-form')
    const other = await officer.context().newPage()
    await other.goto('/console')
    await other.getByText('数据库暂时连接不上').waitFor()
    await wellMade(other, 'no-database')
    await other.close()
  })
  await inTrouble(citizen, async () => {
    await citizen.goto('/services')
    await citizen.getByRole('heading', { level: 1 }).waitFor()
    assert.doesNotMatch(await words(citizen, 'body'), /ECONN|postgres|57P0|stack/i)
    await wellMade(citizen, 'no-database-site')
  })
  await world.line.mend()
  await citizen.goto('/services')
  await citizen.getByText('居民身份证丢失补领').first().waitFor()
  await press(officer, '登记并开始办理')
  await said(officer, /首接责任人/)
})

test('with the network gone a form says that nothing was sent, and sends it when asked again', async (t) => {
  const world = await aWorld(t)
  const page = await world.as('officer')
  await page.goto('/console/receive')
  await page.getByLabel('申请人姓名').fill('王秀英')
  await page.getByLabel('来办什么事').fill('补办身份证')
  await inTrouble(page, async () => {
    await page.context().setOffline(true)
    await press(page, '登记并开始办理')
    await page.getByText('网络不通，内容还在本页，没有提交').waitFor()
    await page.context().setOffline(false)
  })
  await press(page, '登记并开始办理')
  await said(page, /首接责任人/)
})

test('a wrong password is said plainly, and the number that was typed stays', async (t) => {
  const world = await aWorld(t)
  const page = await world.as('officer')
  await press(page, '退出')
  await page.waitForURL('/sign-in')
  expectStatus(page, 401)
  await page.getByLabel('警号').fill('J100001')
  await page.getByLabel('密码').fill('wrong')
  await press(page, '登录')
  await page.getByText('警号或密码不对').waitFor()
  assert.equal(await page.getByLabel('警号').inputValue(), 'J100001')
  assert.equal(await page.getByLabel('密码').inputValue(), '')
  await wellMade(page, 'sign-in-wrong')
  await page.setViewportSize(phone)
  await wellMade(page, 'sign-in-wrong')
})
