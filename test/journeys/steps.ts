import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import type { Page } from 'playwright-core'

export type Received = { name: string; request: string; item?: RegExp; phone?: string }

/** Reception as an officer does it; leaves the matter's page open and answers its address. */
export async function receive(page: Page, { name, request, item, phone }: Received): Promise<string> {
  await page.goto('/console/receive')
  await page.getByLabel('申请人姓名').fill(name)
  await page.getByLabel('来办什么事').fill(request)
  if (item) await choose(page, '办理事项', item)
  if (phone) await page.getByLabel('联系电话').fill(phone)
  await press(page, '登记并开始办理')
  await page.waitForURL(/\/console\/matters\/[0-9a-f-]{36}/)
  return new URL(page.url()).pathname
}

export async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  const select = page.getByLabel(label)
  const text = (await select.locator('option').allTextContents()).find((one) => option.test(one))
  assert.ok(text, `no ${option} among the choices of ${label}`)
  await select.selectOption({ label: text })
}

export async function press(page: Page, button: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button }).click()
}

/** Answers one question of the circumstances. */
export async function answer(page: Page, question: RegExp, option: RegExp): Promise<void> {
  await page.getByRole('group', { name: question }).getByLabel(option).check()
}

/** The circumstances of an adult of this station who collects the card; one paper is asked for. */
export async function adult(page: Page): Promise<void> {
  await answer(page, /户口登记在哪里/, /本派出所辖区/)
  await answer(page, /年满16周岁/, /已满/)
  await answer(page, /怎样领取/, /到受理派出所/)
}

/** A child with a guardian of the same booklet: two papers. */
export async function child(page: Page): Promise<void> {
  await answer(page, /户口登记在哪里/, /本派出所辖区/)
  await answer(page, /年满16周岁/, /未满/)
  await answer(page, /由谁陪同/, /监护人/)
  await answer(page, /户口簿能看出/, /^能/)
  await answer(page, /怎样领取/, /到受理派出所/)
}

/** What the officer found on one paper. */
export async function found(
  page: Page,
  paper: string,
  verdict: '齐备' | '缺少' | '不符合要求',
  defect?: string,
): Promise<void> {
  const row = page.getByRole('row', { name: paper })
  await row.getByLabel(verdict, { exact: true }).check()
  if (defect) await row.getByRole('textbox').or(row.getByRole('combobox')).fill(defect)
}

/** Waits for the line that says what has just happened. */
export async function said(page: Page, text: RegExp): Promise<void> {
  await page.locator('#status').getByText(text).waitFor()
}

/** The words of a PDF behind an address, spaces and places for breaks aside; null where the machine has no pdftotext. */
export async function pdfText(page: Page, path: string): Promise<string | null> {
  const reply = await page.request.get(path)
  assert.equal(reply.status(), 200, path)
  assert.equal(reply.headers()['content-type'], 'application/pdf')
  const pdf = await reply.body()
  assert.ok(pdf.subarray(0, 5).equals(Buffer.from('%PDF-')), path)
  const { status, stdout } = spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' })
  return status === 0 ? stdout.replace(/[\s\u200b]+/g, '') : null
}

/** All words of a part of the page. */
export async function words(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).textContent()) ?? ''
}
