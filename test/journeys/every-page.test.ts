import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { aMatter } from './arrange.ts'
import { phone, wellMade, wide } from './browser.ts'
import { aWorld } from './world.ts'

// Between them these see every entry of the menu.
const readers: PersonKey[] = ['chief', 'desk', 'leader', 'editor', 'systemAdmin', 'securityAdmin', 'auditor']

test('every page of every menu is accessible, fits a telephone and is complete in English', async (t) => {
  const world = await aWorld(t)
  await aMatter(world, 'told')
  await aMatter(world, 'completed', { phone: '13800000002' })
  const seen = new Set<string>()
  for (const reader of readers) {
    const page = await world.as(reader)
    const menu = await page.locator('#menu a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    for (const path of menu as string[]) {
      if (seen.has(path)) continue
      seen.add(path)
      await page.setViewportSize(wide)
      await page.goto(path)
      await wellMade(page, `page${path.replaceAll('/', '-')}`)
      await page.setViewportSize(phone)
      await wellMade(page, `page${path.replaceAll('/', '-')}`)
      await page.goto(`${path}?lang=en`)
      assert.doesNotMatch((await page.getByRole('heading', { level: 1 }).textContent()) ?? '', /\p{Script=Han}/u, path)
      await page.goto(`${path}?lang=zh`)
    }
  }
  assert.ok(seen.size >= 14, [...seen].join(' '))
})

test('an officer in English reads English words on the counter’s own pages', async (t) => {
  const world = await aWorld(t)
  const { id } = await aMatter(world, 'told')
  const page = await world.as('officer')
  await page.goto('/console?lang=en')
  for (const path of ['/console', '/console/receive', `/console/matters/${id}`, '/console/matters?view=all']) {
    await page.goto(path)
    assert.equal(await page.getAttribute('html', 'lang'), 'en')
    for (const label of await page.locator('main label, main legend, main h2, main button, main dt').allTextContents())
      assert.doesNotMatch(label, /\p{Script=Han}/u, `${path}: ${label}`)
    await wellMade(page, `en${path.replaceAll(/[/?=]/g, '-').slice(0, 30)}`)
  }
})
