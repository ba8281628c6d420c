import type { ConsoleParts } from '#console/index.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import { decisionEndpoints } from './decisions.ts'
import { documentEndpoints } from './documents.ts'
import { exportEndpoints } from './export.ts'
import { homeEndpoints } from './home.ts'
import { matterActions } from './matter-actions.ts'
import { matterReading } from './matter-reading.ts'
import { listEndpoints } from './matters.ts'
import { receiveEndpoints } from './receive.ts'
import { thirdVisitEndpoints } from './third-visits.ts'

/** The counter: reception, one matter, lists, decisions, documents. */
export function serviceWindowEndpoints(parts: Pick<ConsoleParts, 'documents'>): AnyEndpoint[] {
  return [
    ...homeEndpoints,
    ...receiveEndpoints,
    ...listEndpoints,
    ...exportEndpoints,
    ...thirdVisitEndpoints,
    ...decisionEndpoints,
    ...matterReading,
    ...matterActions,
    ...documentEndpoints(parts),
  ]
}
