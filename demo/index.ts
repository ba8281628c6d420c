import type { Auth } from '#platform/auth/index.ts'
import { openPool } from '#platform/db/pools.ts'
import type { House } from '#platform/house.ts'
import type { AnyEndpoint, Meta } from '#platform/http/endpoint.ts'
import type { Lang } from '#platform/i18n.ts'
import { type DemoLogin, demoCode, demoLogins } from './accounts.ts'
import { type DemoClock, demoClock } from './clock.ts'
import { demoEndpoints } from './pages/endpoints.ts'
import { seedDemo } from './seed.ts'

export { type DemoLogin, demoCode, demoLogins, demoPassword } from './accounts.ts'
export { clockFrom, type DemoClock, demoClock, saveClock } from './clock.ts'
export { demoEndpoints } from './pages/endpoints.ts'
export { seedDemo } from './seed.ts'

export type Demo = {
  clock: DemoClock
  seed(parts: { house: House; auth: Auth; siteUrl: string; log(line: string): void }): Promise<void>
  endpoints(parts: { house: House; sweepNow(): Promise<void> }): AnyEndpoint[]
  signIn: { logins: (lang: Lang) => DemoLogin[]; code: (meta: Meta) => Promise<string | null> }
}

/** The demonstration of one process: its clock, its invented bureau, its pages. Call it in demo mode only. */
export async function buildDemo({ adminUrl }: { adminUrl: string; role: string }): Promise<Demo> {
  const pool = openPool(adminUrl, 2)
  const clock = await demoClock(pool).finally(() => pool.end())
  let house: House | undefined
  return {
    clock,
    async seed(parts) {
      const adminPool = openPool(adminUrl, 3)
      await seedDemo({ ...parts, adminPool, clock }).finally(() => adminPool.end())
    },
    endpoints(parts) {
      house = parts.house
      return demoEndpoints({ ...parts, clock })
    },
    signIn: {
      logins: demoLogins,
      code: async (meta) => (house && meta.demo ? demoCode(house, meta.signal.cookie) : null),
    },
  }
}
