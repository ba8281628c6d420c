import { test } from 'node:test'
import { phone, wellMade, wide } from './browser.ts'
import { aWorld } from './world.ts'

test('the pages of upkeep are accessible and fit a telephone, and a rule is reviewed with the keyboard', async (t) => {
  const world = await aWorld(t)
  const admin = await world.as('systemAdmin')
  for (const size of [wide, phone]) {
    await admin.setViewportSize(size)
    for (const path of ['/console/system', '/console/system/retention', '/console/rules']) {
      await admin.goto(path)
      await wellMade(admin, `upkeep${path.replaceAll('/', '-')}-${size.width}`)
    }
  }
  const publisher = await world.as('publisher')
  await publisher.goto('/console/catalogue')
  await publisher.getByRole('link', { name: '规则与复核' }).click()
  await publisher.getByRole('link', { name: '对回复不满意的问题督办解决的工作日数' }).click()
  await publisher.getByLabel('说明').fill('与实际一致')
  await wellMade(publisher, 'upkeep-rule')
  await publisher.getByLabel('说明').press('Control+Enter')
  await publisher.getByText('复核已记录。').waitFor()
  await publisher.getByRole('cell', { name: '与实际一致' }).waitFor()
})
