import { Type } from 'typebox'
import { caseNumberFor, clarificationsFor, ownFinding, ownStatement, ownStatements } from '#modules/complaints/index.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { notFound } from '#platform/problem.ts'
import { bureauOf } from '#platform/settings.ts'
import { uuid } from './case-form.ts'
import { clarificationPaper, findingPaper, statementPaper } from './papers.ts'

const params = Type.Object({ id: uuid })
const pdf = 'application/pdf'

/** The officer's own copies: what he must answer, what was found, and that he is cleared. */
export function myPapers(documents: Documents): AnyEndpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/console/me/statements/:id.pdf',
      side: 'internal',
      summary: 'The officer’s own copy of a request',
      permission: 'own.read',
      audit: 'statement.print',
      params,
      async handle(ctx, { params }) {
        const one = await ownStatement(ctx, params.id)
        const data = statementPaper(one, await caseNumberFor(ctx, { statementId: one.id }), await bureauOf(ctx))
        return {
          audit: { subjectKind: 'statement', subjectId: one.id },
          later: async () => ({
            file: await documents.render('statement-request', data, one.requestedAt),
            type: pdf,
            name: `${one.no}.pdf`,
          }),
        }
      },
    }),
    endpoint({
      method: 'GET',
      path: '/console/me/findings/:id.pdf',
      side: 'internal',
      summary: 'The officer’s own copy of a finding',
      permission: 'own.read',
      audit: 'finding.print',
      params,
      async handle(ctx, { params }) {
        const one = await ownFinding(ctx, params.id)
        const caseNumber = await caseNumberFor(ctx, { findingId: one.id })
        const statement = (await ownStatements(ctx)).find((asked) => asked.round === one.round)
        const data = findingPaper(one, { caseNumber, statement }, await bureauOf(ctx))
        return {
          audit: { subjectKind: 'finding', subjectId: one.id },
          later: async () => ({
            file: await documents.render('finding', data, one.approvedAt ?? one.proposedAt),
            type: pdf,
            name: `${one.no}.pdf`,
          }),
        }
      },
    }),
    endpoint({
      method: 'GET',
      path: '/console/me/clarifications/:id.pdf',
      side: 'internal',
      summary: 'A clarification, for the officer and for the head of his unit where he wished it',
      permission: 'own.read',
      audit: 'clarification.print',
      params,
      async handle(ctx, { params }) {
        const one = (await clarificationsFor(ctx)).find((row) => row.findingId === params.id)
        if (!one) throw notFound('finding')
        const data = clarificationPaper(one.content, one.own ? 'officer' : 'unit')
        return {
          audit: { subjectKind: 'finding', subjectId: params.id },
          later: async () => ({
            file: await documents.render('clarification', data, data.issuedAt),
            type: pdf,
            name: `${one.no}.pdf`,
          }),
        }
      },
    }),
  ]
}
