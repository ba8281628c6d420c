import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectStatus, wellMade } from './browser.ts'
import { aWorld } from './world.ts'

test('an officer receives a citizen with the keyboard alone', async (t) => {
  const world = await aWorld(t)
  const page = await world.as('officer')
  await wellMade(page)
  await page.screenshot({ path: '/tmp/shots/j-home.png' })
  await page.goto('/console/receive')
  await wellMade(page)
  await page.screenshot({ path: '/tmp/shots/j-receive.png' })
})
