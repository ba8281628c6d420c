import { findNotice, type NoticeContent, noticeDocument, viewMatter } from '#modules/service-window/index.ts'
import type { TemplateData, TemplateName } from '#platform/documents/data.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { type AnyEndpoint, type AuditSubject, endpoint, type Later } from '#platform/http/endpoint.ts'
import { Problem } from '#platform/problem.ts'
import { printedSignature, receiptDocument, refusalDocument } from './document-data.ts'
import { matterParams } from './shared.ts'

/** Documents of a matter as PDF. Drawn after the transaction has ended: a slow page must not hold a row. */
export function documentEndpoints({ documents }: { documents: Documents }): AnyEndpoint[] {
  const drawn = <T extends TemplateName>(
    template: T,
    data: TemplateData[T],
    at: Temporal.Instant,
    name: string,
    audit: AuditSubject,
  ): Later => ({
    audit,
    later: async () => ({ file: await documents.render(template, data, at), type: 'application/pdf', name }),
  })
  const common = { method: 'GET', side: 'internal', permission: 'matter.read', params: matterParams } as const
  return [
    endpoint({
      ...common,
      path: '/console/notices/:id/notice.pdf',
      summary: 'A one-time notice as it was issued',
      audit: 'notice.print',
      handle: async (ctx, { params }) => {
        const notice = await findNotice(ctx, params.id)
        if (notice.status !== 'issued' || !notice.content) throw new Problem(409, 'wrong-state')
        const data = noticeDocument(notice.content as unknown as NoticeContent, printedSignature(notice))
        return drawn('one-time-notice', data, data.issuedAt, `一次性告知单-${data.number}.pdf`, {
          subjectKind: 'notice',
          subjectId: params.id,
        })
      },
    }),
    endpoint({
      ...common,
      path: '/console/matters/:id/receipt.pdf',
      summary: 'Receipt of acceptance',
      audit: 'matter.print-receipt',
      handle: async (ctx, { params }) => {
        const data = await receiptDocument(ctx, await viewMatter(ctx, params.id))
        return drawn('acceptance-receipt', data, data.acceptedAt, `受理回执-${data.number}.pdf`, {
          subjectKind: 'matter',
          subjectId: params.id,
        })
      },
    }),
    endpoint({
      ...common,
      path: '/console/matters/:id/refusal.pdf',
      summary: 'Notice of refusal',
      audit: 'matter.print-refusal',
      handle: async (ctx, { params }) => {
        const data = await refusalDocument(ctx, await viewMatter(ctx, params.id))
        return drawn('refusal-notice', data, data.issuedAt, `告知书-${data.number}.pdf`, {
          subjectKind: 'matter',
          subjectId: params.id,
        })
      },
    }),
  ]
}
