import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import { aboutEndpoints } from './about/endpoints.ts'
import { complainEndpoints } from './complain/endpoints.ts'
import { complaintEndpoints } from './complaint/endpoints.ts'
import { complaintFigureEndpoints } from './complaint-figures/endpoints.ts'
import type { SiteDeps } from './frame.ts'
import { myListEndpoints } from './my-list/endpoints.ts'
import { progressEndpoints } from './progress/endpoints.ts'
import { ratingEndpoints } from './rating/endpoints.ts'
import { serviceEndpoints } from './services/endpoints.ts'
import { startEndpoints } from './start/endpoints.ts'

export type { SiteDeps } from './frame.ts'
export { siteProblemPage } from './problem-page.ts'

/** Every page and form of the citizens' site. They work with the rights of the internet side's database login. */
export function siteEndpoints(deps: SiteDeps): AnyEndpoint[] {
  return [
    ...startEndpoints(deps),
    ...serviceEndpoints(deps),
    ...myListEndpoints(deps),
    ...progressEndpoints(deps),
    ...ratingEndpoints(deps),
    ...complainEndpoints(deps),
    ...complaintEndpoints(deps),
    ...complaintFigureEndpoints(deps),
    ...aboutEndpoints(deps),
  ]
}
