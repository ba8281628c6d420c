import { askSecondOpinion, citizenBehind } from '#modules/callback/index.ts'
import { serviceWindowApi } from '#modules/service-window/index.ts'
import type { Auth } from '#platform/auth/index.ts'
import type { DatabasePool } from '#platform/db/pools.ts'
import type { Documents } from '#platform/documents/documents.ts'
import type { House } from '#platform/house.ts'
import type { AnyEndpoint, Meta } from '#platform/http/endpoint.ts'
import { signInEndpoints } from './account/sign-in.ts'
import { accountsEndpoints } from './accounts/routes.ts'
import { auditEndpoints, type WitnessParts } from './audit/routes.ts'
import { catalogueEndpoints } from './catalogue/routes.ts'
import { handlingPages } from './complaints/handling.ts'
import { intakePages } from './complaints/intake.ts'
import { monthEndpoints } from './complaints/month/routes.ts'
import { figureEndpoints } from './figures/index.ts'
import { messageEndpoints } from './messages/index.ts'
import { rulesEndpoints } from './rules/routes.ts'
import { serviceWindowEndpoints } from './service-window/routes.ts'
import { accountabilityEndpoints, standingEndpoints } from './standing/index.ts'
import { supervisionPages } from './supervision/index.ts'
import { type CalendarParts, systemEndpoints } from './system/routes.ts'
import { watermark } from './watermark.ts'

export type ConsoleParts = {
  auth: Auth
  documents: Documents
  houses: Record<'internal' | 'public', House>
  internalPool: DatabasePool
  demoSignIn?: {
    logins: (lang: 'zh' | 'en') => { number: string; password: string; who: string }[]
    code: (meta: Meta) => Promise<string | null>
  }
  /** What carries messages in this installation. */
  gateway?: 'simulated' | 'real' | 'none'
  witness?: WitnessParts
  calendar?: CalendarParts
}

/** Every page and action of the officer console. A new area adds its list here. */
export function consoleEndpoints(parts: ConsoleParts): AnyEndpoint[] {
  return [
    ...signInEndpoints({ auth: parts.auth, demoLogins: parts.demoSignIn?.logins, demoCode: parts.demoSignIn?.code }),
    ...serviceWindowEndpoints(parts),
    ...serviceWindowApi,
    ...supervisionPages({ documents: parts.documents, askSecondOpinion, revealCitizen: citizenBehind }),
    ...figureEndpoints(),
    ...standingEndpoints(),
    ...intakePages(parts),
    ...handlingPages(parts),
    ...monthEndpoints(parts),
    ...accountabilityEndpoints(parts),
    ...messageEndpoints({ gateway: parts.gateway }),
    ...catalogueEndpoints(parts),
    ...rulesEndpoints(),
    ...accountsEndpoints(parts),
    ...auditEndpoints(parts),
    ...systemEndpoints(parts),
    watermark,
  ]
}
