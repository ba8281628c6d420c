import type { Documents } from '#platform/documents/documents.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import { issuePages } from './issue-page.ts'
import { listPages } from './list-page.ts'
import { type OrderParts, orderEndpoints } from './order-endpoints.ts'
import { orderPdf } from './order-pdf.ts'
import { repliesPages } from './replies-page.ts'

export { ordersAtHome } from './list-page.ts'

/** The supervision desk: lists, one order and its forms, its document, orders by hand, replies to be read. */
export function supervisionPages(parts: OrderParts & { documents: Documents }): AnyEndpoint[] {
  return [...listPages, ...issuePages, ...orderEndpoints(parts), orderPdf(parts.documents), ...repliesPages]
}
