import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after } from 'node:test'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core'
import { chromiumPath } from './chromium.ts'

export const wide = { width: 1440, height: 900 }
export const phone = { width: 360, height: 740 }

/** A folder for pictures of every state, and of how each window looked in the end. */
const pictures = process.env.JOURNEY_PICTURES
let windows = 0

let running: Promise<Browser> | undefined
// Registered while the file loads, so that it runs after the file's last test.
after(async () => (await running)?.close())

/** One browser for all tests of a file. */
function browser(): Promise<Browser> {
  running ??= chromium.launch({
    executablePath: chromiumPath(),
    args: ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  return running
}

/** What a window may be: Playwright's own choices, or a browser that runs no script. */
export type WindowOptions = Omit<BrowserContextOptions, 'javaScriptEnabled'> & { noScript?: boolean }

type Watched = { faults: string[]; refusals: Set<number>; silent: boolean }
const watched = new WeakMap<BrowserContext, Watched>()

/** Work for the end of a test, done in the opposite order. */
export type Ending = { after(work: () => Promise<void>): void }

/** A private window. Whatever goes wrong in one of its pages fails the test in the end. */
export async function openWindow(ending: Ending, { noScript, ...options }: WindowOptions): Promise<Page> {
  const context = await (await browser()).newContext({ locale: 'zh-CN', ...options })
  const state: Watched = { faults: [], refusals: new Set(), silent: false }
  watched.set(context, state)
  context.setDefaultTimeout(20_000)
  await context.exposeFunction('reportViolation', (said: string) => state.faults.push(said))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (e) => {
      const { reportViolation } = globalThis as unknown as { reportViolation(said: string): void }
      reportViolation(`content policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`)
    })
  })
  context.on('page', (page) => watch(page, state))
  ending.after(async () => {
    if (pictures)
      await page.screenshot({ path: join(pictures, `last-${++windows}.png`), fullPage: true }).catch(() => {})
    await context.close()
    if (state.faults.length > 0) throw new Error(`The pages complained:\n${state.faults.join('\n')}`)
  })
  const page = await context.newPage()
  if (noScript) {
    const session = await context.newCDPSession(page)
    withoutScript.set(page, session)
    await session.send('Emulation.setScriptExecutionDisabled', { value: true })
  }
  return page
}

/** Pages whose scripts are off, by a switch of our own: axe itself needs timers for the moment in which it looks. */
const withoutScript = new WeakMap<Page, CDPSession>()

async function scriptsOn(page: Page, on: boolean): Promise<void> {
  await withoutScript.get(page)?.send('Emulation.setScriptExecutionDisabled', { value: !on })
}

function watch(page: Page, state: Watched): void {
  const fault = (said: string) => {
    if (!state.silent) state.faults.push(`${said} (on ${page.url()})`)
  }
  page.on('pageerror', (error) => fault(`error in the page: ${error.message}`))
  page.on('console', (message) => {
    // A status is judged below, where it is known.
    if (!['error', 'warning'].includes(message.type()) || message.text().startsWith('Failed to load resource')) return
    fault(`console: ${message.text()}`)
  })
  page.on('requestfailed', (request) => {
    // What a newer navigation or a download puts an end to has not failed.
    const why = request.failure()?.errorText
    if (why !== 'net::ERR_ABORTED') fault(`request failed: ${request.url()} ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() < 400 || state.refusals.has(response.status())) return
    fault(`status ${response.status()} of ${response.request().method()} ${response.url()}`)
  })
}

/** Statuses that the test is about to provoke. */
export function expectStatus(page: Page, ...statuses: number[]): void {
  for (const status of statuses) watched.get(page.context())?.refusals.add(status)
}

/** While `work` runs the pages may complain: the test takes away what they need. */
export async function inTrouble<T>(page: Page, work: () => Promise<T>): Promise<T> {
  const state = watched.get(page.context()) as Watched
  state.silent = true
  try {
    return await work()
  } finally {
    state.silent = false
  }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

/** WCAG 2.0 to 2.2, A and AA, and best practice: no violation in the state the page is in. */
export async function axe(page: Page): Promise<void> {
  await scriptsOn(page, true)
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axeSource)
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(standards)}, resultTypes: ['violations'] })`,
  )) as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }
  await scriptsOn(page, false)
  if (found.violations.length === 0) return
  const lines = found.violations.flatMap((rule) =>
    rule.nodes.slice(0, 3).map((node) => `${rule.id}: ${node.html.slice(0, 200)}\n   ${node.failureSummary}`),
  )
  throw new Error(`${page.url()} is not accessible:\n${lines.join('\n')}`)
}

/** The page fits its window: nobody has to scroll sideways. */
export async function noSidewaysScroll(page: Page): Promise<void> {
  const { content, shown, widest } = (await page.evaluate(`(() => {
    const shown = document.documentElement.clientWidth
    const beyond = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > shown + 1)
    return { content: document.documentElement.scrollWidth, shown, widest: beyond.slice(-3).map((one) => one.outerHTML.slice(0, 120)) }
  })()`)) as { content: number; shown: number; widest: string[] }
  if (content > shown) throw new Error(`${page.url()} is ${content} px wide in ${shown}:\n${widest.join('\n')}`)
}

/** What holds for every page in every state. With JOURNEY_PICTURES=folder each state is also kept as a picture. */
export async function wellMade(page: Page, state?: string): Promise<void> {
  const { width } = page.viewportSize() ?? { width: 0 }
  if (pictures && state) await page.screenshot({ path: join(pictures, `${state}-${width}.png`), fullPage: true })
  await noSidewaysScroll(page)
  await axe(page)
}
