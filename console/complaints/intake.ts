import type { Documents } from '#platform/documents/documents.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import { deskEndpoints } from './desks-page.ts'
import { intakeEndpoints } from './intake-page.ts'
import { receiptEndpoints } from './intake-receipt.ts'
import { exportEndpoints } from './register-export.ts'
import { registerEndpoints } from './register-page.ts'
import { relationEndpoints } from './register-relations.ts'
import { agreementEndpoints } from './triage-agreement.ts'
import { boardEndpoints } from './triage-board.ts'
import { triageEndpoints } from './triage-endpoints.ts'

/** Intake, register and triage of complaints, declared kin, and the desks. */
export function intakePages(parts: { documents: Documents }): AnyEndpoint[] {
  return [
    ...intakeEndpoints,
    ...receiptEndpoints(parts.documents),
    ...exportEndpoints,
    ...registerEndpoints,
    ...boardEndpoints,
    ...triageEndpoints,
    ...agreementEndpoints,
    ...relationEndpoints,
    ...deskEndpoints,
  ]
}
