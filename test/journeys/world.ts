import type { TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { createApp } from '#app'
import { loadActor } from '#modules/directory/index.ts'
import { codeOf } from '#platform/auth/auth-fixture.ts'
import { ARGON_FLOOR, type Auth, cookieHeaderOf, createAuth } from '#platform/auth/index.ts'
import { dayOf } from '#platform/context.ts'
import { type FreshDatabase, freshDatabase, testSecrets } from '#platform/db/fresh-database.ts'
import { openPool } from '#platform/db/pools.ts'
import { createDocuments } from '#platform/documents/documents.ts'
import { createHouse } from '#platform/house.ts'
import { type Role, needsSecondFactor as strictRoles } from '#policy/access/permissions.ts'
import { chinaCalendar } from '#policy/calendar/work-calendar.ts'
import { aBureau, type BureauFixture, type PersonKey } from '#test/fixtures/bureau.ts'
import { type Background, background } from './background.ts'
import { type Ending, openWindow, type WindowOptions, wide } from './browser.ts'
import { type DatabaseLine, databaseLine } from './database-line.ts'

const password = 'Qingshan-2026'

export type World = Background & {
  db: FreshDatabase
  bureau: BureauFixture
  /** Between the application and its database. */
  line: DatabaseLine
  /** http://127.0.0.1:… of the web application. */
  address: string
  /** The clock that all rules go by, moved to a moment as people here write it: `2026-11-24 09:30`. */
  setClock(to: string): void
  /** A page in a window of its own, nobody signed in. */
  visit(path: string, options?: WindowOptions): Promise<Page>
  /** The same after signing in with police number, password and, where the duty asks for it, the code. */
  as(person: PersonKey, options?: WindowOptions): Promise<Page>
  /** Types the sign-in in a page that shows the form. */
  signIn(page: Page, person: PersonKey): Promise<void>
}

/** The whole web application on a private database with an invented bureau, and a browser to use it. */
export async function aWorld(t: TestContext, at = '2026-11-23 09:00'): Promise<World> {
  const ending = endingOf(t)
  const db = await freshDatabase(ending as unknown as TestContext, momentOf(at))
  const bureau = await aBureau(db)
  const line = await databaseLine(db.adminUrl, ending)
  const served = await serve(db, line, ending)
  const keys = new Map<PersonKey, string>()
  const visit = async (path: string, options: WindowOptions = {}) => {
    const page = await openWindow(ending, { viewport: wide, baseURL: served.address, ...options })
    await page.goto(path)
    return page
  }
  const signIn = async (page: Page, person: PersonKey) => {
    const { id, policeNo } = bureau.people[person]
    if (!keys.has(person)) keys.set(person, await openAccount(served.auth, bureau, person, id))
    await page.getByLabel('警号').fill(policeNo)
    await page.getByLabel('密码').fill(password)
    await page.getByRole('button', { name: '登录' }).click()
    const key = keys.get(person)
    if (key) {
      await page.getByLabel(/动态口令/).fill(codeOf(key))
      await page.getByRole('button', { name: '确认' }).click()
    }
    await page.waitForURL(/\/console/)
  }
  return {
    db,
    bureau,
    line,
    address: served.address,
    setClock: (to) => db.clock.set(momentOf(to)),
    visit,
    async as(person, options) {
      const page = await visit('/sign-in', options)
      await signIn(page, person)
      return page
    },
    signIn,
    ...background(db),
  }
}

export function momentOf(local: string): string {
  return Temporal.PlainDateTime.from(local.replace(' ', 'T')).toZonedDateTime('Asia/Shanghai').toInstant().toString()
}

/** An account as an administrator makes it; for a duty that needs a second factor the key of the token, otherwise ''. */
async function openAccount(auth: Auth, bureau: BureauFixture, person: PersonKey, personId: string): Promise<string> {
  const number = bureau.people[person].policeNo
  await auth.addUser({ personId, number, password, mustChangePassword: false })
  if (!bureau.actors[person].roles.some((role) => strictRoles.includes(role as Role))) return ''
  const first = await auth.signIn({ number, password })
  if (!('ok' in first)) throw new Error(`sign-in refused: ${first.refused}`)
  const cookie = cookieHeaderOf(first.setCookies)
  const made = await auth.enrolSecondFactor(cookie, password)
  if (!('ok' in made)) throw new Error(`enrolment refused: ${made.refused}`)
  // The step before: the present one is left for signing in, since each code is good only once.
  const confirmed = await auth.confirmEnrolment(cookie, codeOf(made.totpURI, -1))
  if (!('ok' in confirmed)) throw new Error(`code refused: ${confirmed.refused}`)
  return made.totpURI
}

async function serve(db: FreshDatabase, line: DatabaseLine, ending: Ending): Promise<{ address: string; auth: Auth }> {
  const internalPool = openPool(line.through(db.appUrl), 8)
  const publicPool = openPool(line.through(db.publicUrl), 4)
  const parts = { clock: db.clock, calendar: chinaCalendar, seal: db.house.seal }
  const keys = { actorKey: testSecrets.actorKey, codeKey: Buffer.alloc(32, 9) }
  const queueOn = () => ({ send: async () => {} })
  const internal = createHouse({ ...parts, ...keys, pool: internalPool, queueOn })
  const outside = createHouse({ ...parts, ...keys, pool: publicPool, queueOn })
  const auth = createAuth({
    pool: internalPool,
    secret: 'a secret of at least thirty-two characters',
    baseURL: 'http://127.0.0.1',
    secure: false,
    argon: ARGON_FLOOR,
    async needsSecondFactor(personId) {
      const actor = await loadActor(internalPool, personId, dayOf(db.clock.now()))
      return actor?.roles.some((role) => strictRoles.includes(role as Role)) ?? false
    },
    onEvent: async () => {},
  })
  const documents = createDocuments()
  const app = await createApp({
    houses: { internal, public: outside },
    internalPool,
    auth,
    documents,
    role: 'all',
    demo: false,
    server: {
      cookieSecret: 'x'.repeat(32),
      secure: false,
      trustProxy: false,
      logLevel: process.env.JOURNEY_LOG ?? 'silent',
    },
    extra: [],
    trouble: async () => null,
    metrics: async () => '',
  })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  ending.after(async () => {
    await app.close()
    await documents.close()
    await Promise.all([internalPool.end(), publicPool.end()])
  })
  return { address, auth }
}

/** The test's own hooks run in the order in which they were set; here what was begun last ends first. */
function endingOf(t: TestContext): Ending {
  const works: (() => Promise<void>)[] = []
  t.after(async () => {
    const errors: Error[] = []
    for (const work of works.reverse()) await work().catch((error: Error) => errors.push(error))
    if (errors.length > 0)
      throw errors.length === 1 ? errors[0] : new AggregateError(errors, errors.map(String).join('\n'))
  })
  return { after: (work) => void works.push(work) }
}
