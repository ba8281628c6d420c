import { Type } from 'typebox'
import { findClarification, findNotice, noticePaper, viewCase } from '#modules/complaints/index.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { notFound } from '#platform/problem.ts'
import { bureauOf } from '#platform/settings.ts'
import { uuid } from './case-form.ts'
import { clarificationPaper, findingPaper, statementPaper } from './papers.ts'

const pdf = 'application/pdf'
/** Officers keep a copy without the name, which is sealed; the complainant's own has it. */
const unnamed = '信访人（姓名另行封存）'

/** The papers of a case, drawn from what was frozen or approved, after the transaction has ended. */
export function casePdfs(documents: Documents): AnyEndpoint[] {
  return [noticePdf(documents), statementPdf(documents), findingPdf(documents), clarificationPdf(documents)]
}

const said = (path: string, summary: string, audit: string) => ({
  method: 'GET' as const,
  path: `/console/cases/:id/${path}` as const,
  side: 'internal' as const,
  summary,
  permission: 'console.enter' as const,
  audit,
  params: Type.Object({ id: uuid, partId: uuid }),
})

function noticePdf(documents: Documents): AnyEndpoint {
  return endpoint({
    ...said('notices/:partId.pdf', 'A notice to the complainant, without the name', 'case.notice.print'),
    async handle(ctx, { params }) {
      const notice = await findNotice(ctx, params.id, params.partId)
      const paper = noticePaper(notice.content, unnamed)
      if (!paper) throw notFound('case')
      return {
        audit: { subjectKind: 'case', subjectId: params.id, data: { notice: notice.no } },
        later: async () => ({
          file: await documents.render(paper.template, paper.data as never, notice.issuedAt),
          type: pdf,
          name: `${notice.no}.pdf`,
        }),
      }
    },
  })
}

function statementPdf(documents: Documents): AnyEndpoint {
  return endpoint({
    ...said('statements/:partId.pdf', 'The request to the officer, as a printed form', 'case.statement.print'),
    async handle(ctx, { params }) {
      const details = await viewCase(ctx, params.id)
      const one = details.statements.find((statement) => statement.id === params.partId)
      if (!one) throw notFound('case')
      const data = statementPaper(one, details.case.no, await bureauOf(ctx))
      return {
        audit: { subjectKind: 'case', subjectId: params.id },
        later: async () => ({
          file: await documents.render('statement-request', data, one.requestedAt),
          type: pdf,
          name: `${one.no}.pdf`,
        }),
      }
    },
  })
}

function findingPdf(documents: Documents): AnyEndpoint {
  return endpoint({
    ...said('findings/:partId.pdf', 'A finding as a document', 'case.finding.print'),
    async handle(ctx, { params }) {
      const details = await viewCase(ctx, params.id)
      const one = details.findings.find((finding) => finding.id === params.partId)
      if (!one) throw notFound('case')
      const statement = details.statements.findLast((asked) => asked.personId === one.person_id)
      const data = findingPaper(one, { caseNumber: details.case.no, statement, details }, await bureauOf(ctx))
      return {
        audit: { subjectKind: 'case', subjectId: params.id },
        later: async () => ({
          file: await documents.render('finding', data, one.approvedAt ?? one.proposedAt),
          type: pdf,
          name: `${one.no}.pdf`,
        }),
      }
    },
  })
}

function clarificationPdf(documents: Documents): AnyEndpoint {
  return endpoint({
    ...said('clarifications/:partId.pdf', 'The clarification of a finding', 'case.clarification.print'),
    async handle(ctx, { params }) {
      const details = await viewCase(ctx, params.id)
      if (!details.findings.some((finding) => finding.id === params.partId)) throw notFound('case')
      const data = clarificationPaper(await findClarification(ctx, params.partId), 'officer')
      return {
        audit: { subjectKind: 'case', subjectId: params.id },
        later: async () => ({
          file: await documents.render('clarification', data, data.issuedAt),
          type: pdf,
          name: `${data.number}.pdf`,
        }),
      }
    },
  })
}
