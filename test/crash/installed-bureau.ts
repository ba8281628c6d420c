import { readConfig } from '#config'
import { ARGON_FLOOR, type Auth, cookieHeaderOf, createAuth } from '#platform/auth/index.ts'
import { systemClock } from '#platform/clock/clock.ts'
import { createSealProvider } from '#platform/crypto/provider.ts'
import type { FreshDatabase } from '#platform/db/fresh-database.ts'
import { type DatabasePool, openPool } from '#platform/db/pools.ts'
import { createHouse, type House } from '#platform/house.ts'
import { type Installation, openInstallation } from '#platform/installation.ts'
import { prepareDatabase } from '#platform/prepare.ts'
import { chinaCalendar } from '#policy/calendar/work-calendar.ts'
import { aBureau, type BureauFixture, bureauIn, type PersonKey } from '#test/fixtures/bureau.ts'

const password = 'Qingshan-2026'

export type InstalledBureau = {
  installation: Installation
  admin: DatabasePool
  bureau: BureauFixture
  /** The same keys and database as the served platform, for arranging; it sends no jobs. */
  house: House
  /** A true session of a fixture's person, as a Cookie header. */
  signIn(key: PersonKey): Promise<string>
  close(): Promise<void>
}

/** A data folder as an installed platform has it, durable, with the fixtures' bureau instead of a demonstration; `there` from an earlier run. */
export async function installedBureau(dataDir: string, there = false): Promise<InstalledBureau> {
  const config = readConfig({ JINGMIN_DATA: dataDir, JINGMIN_MODE: 'live', LOG_LEVEL: 'silent' })
  const installation = await openInstallation(config)
  await prepareDatabase(installation)
  const admin = openPool(installation.adminUrl, 4)
  const app = openPool(installation.appUrl, 4)
  const database = { admin, clock: systemClock } as FreshDatabase
  const bureau = there ? await bureauIn(database) : await aBureau(database)
  const auth = authOf(installation, app, config.siteUrl)
  const house = createHouse({
    pool: app,
    clock: systemClock,
    calendar: chinaCalendar,
    seal: createSealProvider(config.crypto, installation.keys),
    actorKey: installation.secrets.actorKey,
    codeKey: installation.keys.current('code').bytes,
    queueOn: () => ({ send: async () => {} }),
  })
  return {
    installation,
    admin,
    bureau,
    house,
    signIn: (key) => signIn(auth, bureau.people[key]),
    async close() {
      await Promise.all([admin.end(), app.end()])
      await installation.stop()
    },
  }
}

function authOf(installation: Installation, pool: DatabasePool, baseURL: string): Auth {
  return createAuth({
    pool,
    secret: installation.keys.current('cookie').bytes.toString('hex'),
    baseURL,
    secure: false,
    argon: ARGON_FLOOR,
    needsSecondFactor: async () => false,
    onEvent: async () => {},
  })
}

async function signIn(auth: Auth, { id, policeNo }: { id: string; policeNo: string }): Promise<string> {
  await auth.addUser({ personId: id, number: policeNo, password, mustChangePassword: false })
  const result = await auth.signIn({ number: policeNo, password, ip: '127.0.0.1', userAgent: 'load' })
  if (!('ok' in result)) throw new Error(`${policeNo} cannot sign in: ${result.refused}`)
  return cookieHeaderOf(result.setCookies)
}
