import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { aMatter } from './arrange.ts'
import { expectStatus, noSidewaysScroll, phone, wellMade, wide } from './browser.ts'
import { pdfText, press, words } from './steps.ts'
import { aWorld } from './world.ts'

const citizen = { viewport: phone, noScript: true }

test('without script a citizen finds the service, answers only what matters and prints the own list', async (t) => {
  const world = await aWorld(t)
  const page = await world.visit('/', citizen)
  await wellMade(page, 'site-start')
  await page.getByRole('link', { name: '全部事项' }).click()
  await wellMade(page, 'site-services')
  await page.getByLabel('想办什么事').fill('身份证丢了')
  await press(page, '查找')
  await wellMade(page, 'site-found')
  await page.getByRole('link', { name: /居民身份证丢失补领/ }).click()
  await page.getByText('一、服务事项').first().waitFor()
  await wellMade(page, 'site-service')
  await page.getByRole('link', { name: '查我要带什么' }).first().click()
  await press(page, '下一步')
  await page.getByRole('link', { name: '请选择一项' }).first().waitFor()
  await wellMade(page, 'site-my-list-errors')
  await page.getByLabel('本派出所辖区').check()
  await page.getByLabel('未满16周岁').check()
  await page.getByLabel('到受理派出所领取').check()
  await press(page, '下一步')
  await page.getByLabel(/监护人（父母/).check()
  await press(page, '下一步')
  await page.getByLabel(/^能/).check()
  await press(page, '下一步')
  await page.getByText('请带齐下面 2 样材料').first().waitFor()
  await wellMade(page, 'site-my-list')
  const pdf = await page.getByRole('link', { name: /打印清单/ }).getAttribute('href')
  const text = await pdfText(page, new URL(pdf as string, page.url()).href)
  if (text !== null) for (const word of ['居民户口簿', '监护人居民身份证']) assert.ok(text.includes(word), word)
})

test('a search that finds nothing says so and leads on', async (t) => {
  const world = await aWorld(t)
  const page = await world.visit('/services?q=恐龙', citizen)
  await page.getByText('没有找到“恐龙”').first().waitFor()
  await wellMade(page, 'site-nothing')
})

test('number and code show the progress however they are typed; a wrong code says nothing about the number', async (t) => {
  const world = await aWorld(t)
  const told = await aMatter(world, 'told')
  const accepted = await aMatter(world, 'accepted', { phone: '13800000002' })
  const page = await world.visit('/q', citizen)
  expectStatus(page, 422, 404)
  const ask = async (no: string, code: string) => {
    await page.goto('/q')
    await page.getByLabel('编号').fill(no)
    await page.getByLabel('查询码').fill(code)
    await press(page, '查询')
  }
  const fullWidth = (text: string) =>
    text.replace(/[0-9A-Za-z-]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
  for (const [no, code] of [
    [told.noticeNo, told.queryCode],
    [told.no, told.queryCode.toLowerCase()],
    [fullWidth(told.noticeNo.toLowerCase()), fullWidth(told.queryCode)],
    [` ${told.noticeNo} `, `${told.queryCode.slice(0, 4)} ${told.queryCode.slice(4)}`],
  ] as const) {
    await ask(no, code)
    await page.getByText('等您补齐材料').first().waitFor()
  }
  await wellMade(page, 'site-told')
  const main = await words(page, 'main')
  assert.match(main, /居民户口簿/)
  assert.match(main, /李敏/)
  assert.doesNotMatch(main, /1380000|138\*/)
  const notice = await page.getByRole('link', { name: /告知单 .*PDF/ }).getAttribute('href')
  const text = await pdfText(page, new URL(notice as string, page.url()).href)
  if (text !== null) assert.ok(text.includes('本人页破损'))

  await ask(accepted.acceptanceNo, accepted.queryCode)
  await page.getByText('2026年12月14日').first().waitFor()
  await wellMade(page, 'site-accepted')

  const answers = new Set<string>()
  for (const [no, code] of [
    [told.noticeNo, accepted.queryCode],
    ['GZ20261123-9999', told.queryCode],
    [told.no, 'AAAAAAAA'],
  ] as const) {
    await ask(no, code)
    await page.getByRole('alert').waitFor()
    answers.add((await words(page, '[role=alert]')).trim())
  }
  assert.equal(answers.size, 1)
  await wellMade(page, 'site-not-found')
})

test('complaints, privacy, accessibility and pages that do not exist are complete without script', async (t) => {
  const world = await aWorld(t)
  const page = await world.visit('/complain', citizen)
  expectStatus(page, 404)
  for (const path of [
    '/complain',
    '/complain/write',
    '/complaint',
    '/complaints/figures',
    '/privacy',
    '/accessibility',
    '/rating',
    '/no-such-page',
    '/services/no.such',
    '/r/xxxxxxxxxx',
  ]) {
    await page.goto(path)
    assert.ok((await page.getByRole('heading', { level: 1 }).textContent())?.trim(), path)
    await wellMade(page, `site${path.replaceAll('/', '-')}`)
  }
  await page.goto('/complain')
  for (const number of ['12389', '12345', '960111']) await page.getByRole('link', { name: number }).first().waitFor()
})

/** The targets of a finger lower than `least` and the smallest text of a page, in CSS pixels. */
async function measure(page: Page, least: number): Promise<{ small: string[]; text: number }> {
  return page.evaluate(`(() => {
    const seen = (one) => one.offsetParent && !one.closest('.sr, .skip') && getComputedStyle(one).visibility !== 'hidden'
    const targets = [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')].filter(seen)
      .map((one) => one.matches('[type=radio], [type=checkbox]') ? one.closest('.choice') : one)
      .map((one) => ({ height: Math.round(one.getBoundingClientRect().height), what: one.outerHTML.slice(0, 120) }))
    const texts = [...document.querySelectorAll('body *')].filter((one) => seen(one) && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .map((one) => parseFloat(getComputedStyle(one).fontSize))
    const small = targets.filter((one) => one.height < ${least}).map((one) => one.height + ' px: ' + one.what)
    return { small, text: Math.min(...texts) }
  })()`)
}

test('the elder edition has text of 24 px and targets of 60 px on every page, the normal one 18 and 44', async (t) => {
  const world = await aWorld(t)
  const told = await aMatter(world, 'told')
  const page = await world.visit('/', { ...citizen, viewport: { width: 320, height: 700 } })
  const paths = [
    '/',
    '/services',
    '/services/id_card.loss_replacement/my-list',
    '/q',
    `/q/${told.no}/${told.queryCode}`,
    '/complain',
    '/complain/write',
    '/complaint',
    '/complaints/figures',
  ]
  for (const [text, target] of [
    [18, 44],
    [24, 60],
  ] as const) {
    if (text === 24) await page.getByRole('link', { name: '长辈版' }).click()
    for (const path of paths) {
      await page.goto(path)
      const found = await measure(page, target)
      assert.ok(found.text >= text, `${path}: text of ${found.text} px`)
      assert.deepEqual(found.small, [], path)
      await wellMade(page, `site-${text}px${path.replaceAll('/', '-').slice(0, 40)}`)
    }
  }
})

test('the English site says the same in English', async (t) => {
  const world = await aWorld(t)
  const told = await aMatter(world, 'told')
  const page = await world.visit('/', { ...citizen, viewport: wide })
  await page.getByRole('link', { name: 'English' }).click()
  for (const path of [
    '/',
    '/services',
    '/services/id_card.loss_replacement',
    '/q',
    `/q/${told.no}/${told.queryCode}`,
    '/rating',
    '/complain',
    '/complain/write',
    '/complaint',
    '/complaints/figures',
  ]) {
    await page.goto(path)
    assert.equal(await page.getAttribute('html', 'lang'), 'en')
    assert.doesNotMatch((await page.getByRole('heading', { level: 1 }).textContent()) ?? '', /\p{Script=Han}/u)
    await wellMade(page, `site-en${path.replaceAll('/', '-').slice(0, 40)}`)
  }
})

test('text enlarged to 200 % still fits', async (t) => {
  const world = await aWorld(t)
  const told = await aMatter(world, 'told')
  const page = await world.visit('/', { viewport: phone })
  for (const path of ['/', '/services', '/services/id_card.loss_replacement', `/q/${told.no}/${told.queryCode}`]) {
    await page.goto(path)
    // As the browser's own setting for the size of text does it.
    await page.evaluate(`document.documentElement.style.setProperty('font-size', '36px')`)
    await noSidewaysScroll(page)
  }
  const officer = await world.as('officer')
  for (const path of ['/console', '/console/receive', `/console/matters/${told.id}`, '/console/matters?view=all']) {
    await officer.goto(path)
    await officer.evaluate(`document.documentElement.style.setProperty('font-size', '175%')`)
    await noSidewaysScroll(officer)
  }
})
