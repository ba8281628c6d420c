import { Type } from 'typebox'
import { pageQuery, readDay, text } from '#console/system/shared.ts'
import { receiptProof } from '#platform/audit/receipt-proof.ts'
import { proofOfEntry } from '#platform/audit/tree-store.ts'
import { dayOf } from '#platform/context.ts'
import type { DatabasePool } from '#platform/db/pools.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { zone } from '#platform/i18n.ts'
import { Problem } from '#platform/problem.ts'
import { type EntrySearch, findEntry } from './find-entries.ts'
import { type AuditQuery, auditPage, contactsPage, entryPage, headPage } from './pages.ts'
import { witnessState } from './witness-state.ts'

/** What the audit pages know of the witness: where the feed lies, and the keys that check it. */
export type WitnessParts = { dir: string; publicKeys(): readonly string[] }

const auditing = { side: 'internal', permission: 'audit.read', method: 'GET' } as const
const entryParams = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,18}$' }) })

/** The audit log for the auditor. Whoever reads it leaves an entry himself, with what he searched for. */
export function auditEndpoints(parts: { internalPool: DatabasePool; witness?: WitnessParts }): AnyEndpoint[] {
  return [search(parts.witness), entry, proof(parts.internalPool), head(parts.witness), contacts]
}

const search = (witness: WitnessParts | undefined) =>
  endpoint({
    ...auditing,
    path: '/console/audit',
    summary: 'Search the audit log',
    audit: 'audit.searched',
    query: Type.Object({
      ...pageQuery,
      from: text(20),
      until: text(20),
      actor: text(60),
      event: text(60),
      subject: text(60),
      outcome: text(10),
      after: text(60),
    }),
    handle: async (ctx, { query, meta }) => {
      const { from, until, actor, event, subject, outcome, after } = query
      const asked: AuditQuery = { from, until, actor, event, subject, outcome }
      const { search, badDay } = searchFrom(asked, after, dayOf(ctx.now))
      const page = await auditPage(ctx, meta, {
        query: asked,
        search,
        badDay,
        state: await witnessState(ctx, witness?.dir ?? null),
      })
      return {
        page,
        audit: {
          subjectKind: 'audit_log',
          subjectId: null,
          data: Object.fromEntries(Object.entries(asked).filter(([, value]) => value)),
        },
      }
    },
  })

function searchFrom(
  asked: AuditQuery,
  after: string | undefined,
  today: Temporal.PlainDate,
): { search: EntrySearch; badDay: boolean } {
  const day = (written: string | undefined) => (written?.trim() ? readDay(written, today, 'last') : null)
  const [from, until] = [day(asked.from), day(asked.until)]
  const [, micros, id] = /^(\d{1,18})-(\d{1,18})$/.exec(after ?? '') ?? []
  const plain = (written: string | undefined) => written?.trim() || undefined
  return {
    badDay: (Boolean(asked.from?.trim()) && !from) || (Boolean(asked.until?.trim()) && !until),
    search: {
      from: from?.toZonedDateTime(zone).toInstant(),
      until: until?.add({ days: 1 }).toZonedDateTime(zone).toInstant(),
      actor: plain(asked.actor),
      event: plain(asked.event),
      subject: plain(asked.subject),
      outcome: plain(asked.outcome),
      ...(micros && id ? { after: { micros, id } } : {}),
    },
  }
}

const entry = endpoint({
  ...auditing,
  path: '/console/audit/entries/:id',
  summary: 'An audit entry with its particulars',
  audit: 'audit.entry-read',
  params: entryParams,
  query: Type.Object(pageQuery),
  handle: async (ctx, { params, meta }) => ({
    page: await entryPage(ctx, meta, await findEntry(ctx, params.id)),
    audit: { subjectKind: 'audit_entry', subjectId: params.id },
  }),
})

const proof = (pool: DatabasePool) =>
  endpoint({
    ...auditing,
    path: '/console/audit/entries/:id/proof',
    summary: 'The proof that an entry is in the log',
    audit: 'audit.proof-taken',
    params: entryParams,
    handle: async (_ctx, { params }) => {
      const found = await proofOfEntry(pool, { id: params.id })
      if (!found) throw new Problem(404, 'proof-not-yet')
      return {
        file: receiptProof(found),
        type: 'text/plain; charset=utf-8',
        name: `audit-${params.id}.tlog-proof`,
        download: true,
        audit: { subjectKind: 'audit_entry', subjectId: params.id },
      }
    },
  })

const head = (witness: WitnessParts | undefined) =>
  endpoint({
    ...auditing,
    path: '/console/audit/head',
    summary: 'Newest head, witness and how to verify',
    audit: 'audit.head-read',
    query: Type.Object(pageQuery),
    handle: async (ctx, { meta }) => ({
      page: await headPage(ctx, meta, await witnessState(ctx, witness?.dir ?? null), witness?.publicKeys() ?? []),
    }),
  })

const contacts = endpoint({
  ...auditing,
  path: '/console/audit/contacts',
  summary: 'Who looked at a matter’s contact',
  audit: 'audit.contacts-read',
  query: Type.Object({ ...pageQuery, no: text(30) }),
  handle: async (ctx, { query, meta }) => {
    const no = query.no?.trim() || undefined
    return {
      page: await contactsPage(ctx, meta, no),
      audit: { subjectKind: 'matter', subjectId: null, data: no ? { no } : {} },
    }
  },
})
