import type { Documents } from '#platform/documents/documents.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import { caseEndpoints } from './case-endpoints.ts'
import { casePdfs } from './case-pdf.ts'
import { myFindingEndpoints } from './my-finding.ts'
import { myPapers } from './my-papers.ts'
import { myStatementEndpoints } from './my-statements.ts'
import { retaliationEndpoints } from './retaliation-page.ts'

/** Handling a case: its page and papers, the officer's own page, and the watch against retaliation. */
export function handlingPages(parts: { documents: Documents }): AnyEndpoint[] {
  // The papers come first: their paths end in .pdf where the pages' end in an id.
  return [
    ...casePdfs(parts.documents),
    ...myPapers(parts.documents),
    ...caseEndpoints,
    ...myStatementEndpoints,
    ...myFindingEndpoints,
    ...retaliationEndpoints,
  ]
}
