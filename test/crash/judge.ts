import type { Pool } from 'pg'
import { verifierKeyText } from '#platform/audit/checkpoint.ts'
import { verifyAudit } from '#platform/audit/verify-audit.ts'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import type { SealProvider } from '#platform/crypto/provider.ts'
import type { Acknowledged } from './clients.ts'
import type { Answered } from './gateway-process.ts'

export type Evidence = {
  admin: Pool
  keys: KeyRing
  seal: SealProvider
  witnessDir: string
  acknowledged: readonly Acknowledged[]
  refused: readonly string[]
  rang: ReadonlyMap<string, number>
  answers: readonly Answered[]
}

/** Each is the number of times a promise was broken; all zero is a pass (reliability.md, promises 1–3). */
export type Broken = {
  'acknowledged receptions lost': number
  'acknowledged acceptances lost': number
  'acknowledged completions lost': number
  'matters doubled': number
  'acceptance numbers doubled': number
  'visits doubled': number
  'figures that do not add up': number
  'steps refused that were due': number
  'audit entries lost or doubled': number
  'questions lost or doubled': number
  'messages sent twice': number
  'messages forgotten': number
  'answers lost or doubled': number
  'orders missing': number
  'orders opened twice or for nothing': number
  'audit log not whole': number
}

/** Holds what was acknowledged against what the database, the gateway and the audit log have. */
export async function judge(evidence: Evidence): Promise<Broken> {
  const { admin } = evidence
  const one = async (sql: string, values: unknown[] = []) => Number((await admin.query(sql, values)).rows[0].n)
  return {
    ...(await judgeMatters(evidence, one)),
    ...(await judgeMessages(evidence, one)),
    ...(await judgeAnswers(evidence, one)),
    'audit log not whole': await auditFaults(evidence),
  }
}

type One = (sql: string, values?: unknown[]) => Promise<number>

async function judgeMatters({ admin, acknowledged, refused }: Evidence, one: One) {
  const { rows } = await admin.query<{ id: string; no: string; acceptance_no: string | null; status: string }>(
    'select id, no, acceptance_no, status from service_window.matter',
  )
  const kept = new Map(rows.map((row) => [row.id, row]))
  const lost = acknowledged.filter(({ id, no }) => kept.get(id)?.no !== no)
  const accepted = acknowledged.filter(({ acceptanceNo }) => acceptanceNo)
  const completed = acknowledged.filter((known) => known.completed)
  return {
    'acknowledged receptions lost': lost.length,
    'acknowledged acceptances lost': accepted.filter(
      ({ id, acceptanceNo }) => kept.get(id)?.acceptance_no !== acceptanceNo,
    ).length,
    'acknowledged completions lost': completed.filter(({ id }) => kept.get(id)?.status !== 'completed').length,
    'matters doubled': await one('select count(*) - count(distinct request) as n from service_window.matter'),
    'acceptance numbers doubled': await one(
      'select count(acceptance_no) - count(distinct acceptance_no) as n from service_window.matter',
    ),
    'visits doubled': await one(`select count(*) as n from (
      select m.id from service_window.matter m left join service_window.visit v on v.matter_id = m.id group by m.id having count(v.no) <> 1) x`),
    'figures that do not add up':
      await one(`select count(*) as n from (values ('received', 'true'), ('accepted', 'm.accepted_at is not null'), ('completed', 'm.status = ''completed''')) k(measure, _),
      lateral (select coalesce(sum(amount), 0) as counted from (select amount from platform.figure f where f.measure = k.measure union all select amount from platform.figure_delta d where d.measure = k.measure) f) c
      where c.counted <> (select count(*) from service_window.matter m where case k.measure when 'received' then true when 'accepted' then m.accepted_at is not null else m.status = 'completed' end)`),
    'steps refused that were due': refused.length,
    'audit entries lost or doubled': await one(`select count(*) as n from (
      select m.id from service_window.matter m left join platform.audit_entry a on a.subject_kind = 'matter' and a.subject_id = m.id::text and a.outcome = 'done'
      group by m.id, m.status
      having count(*) filter (where a.event = 'matter.receive') <> 1
        or count(*) filter (where a.event = 'matter.check') > 1
        or count(*) filter (where a.event = 'matter.accept') <> (m.accepted_at is not null)::int
        or count(*) filter (where a.event = 'matter.complete') <> (m.status = 'completed')::int) x`),
    'questions lost or doubled': await one(`select count(*) as n from (
      select m.id from service_window.matter m left join callback.callback c on c.matter_id = m.id and c.purpose = 'satisfaction'
      where m.status = 'completed' group by m.id having count(c.id) <> 1) x`),
  }
}

async function judgeMessages({ admin, rang }: Evidence, one: One) {
  const { rows } = await admin.query<{ id: string }>('select id from platform.outbound_message')
  return {
    'messages sent twice': [...rang.values()].filter((times) => times > 1).length,
    'messages forgotten':
      rows.filter(({ id }) => !rang.has(id)).length +
      (await one(`select count(*) as n from platform.outbound_message where state not in ('sent', 'delivered')`)) +
      (await one(`select count(*) as n from callback.callback c where not exists (
        select from platform.outbound_message m where m.purpose = 'callback.first' and m.subject_id = c.id)`)),
  }
}

async function judgeAnswers({ admin, seal, answers }: Evidence, one: One) {
  const { rows } = await admin.query<{ gateway_ref: string; handled: boolean }>(
    'select gateway_ref, handled_at is not null as handled from platform.inbound_message',
  )
  const kept = new Map(rows.map((row) => [row.gateway_ref, row.handled]))
  const bad = answers.filter(({ digit }) => digit <= 2)
  const orders = await Promise.all(
    bad.map(({ phone }) =>
      one(
        `select count(*) as n from supervision.order o join callback.callback c on c.id = o.source_id and o.source_kind = 'callback' where c.phone_index = $1`,
        [seal.blindIndex('phone', phone)],
      ),
    ),
  )
  const all = await one('select count(*) as n from supervision.order')
  return {
    'answers lost or doubled':
      answers.filter(({ ref }) => kept.get(ref) !== true).length +
      (await one('select count(*) - count(distinct callback_id) as n from callback.answer where level is not null')) +
      ((await one('select count(*) as n from callback.rating')) === answers.length ? 0 : 1),
    'orders missing': orders.filter((count) => count === 0).length,
    'orders opened twice or for nothing': all - orders.filter((count) => count > 0).length,
  }
}

async function auditFaults({ admin, keys, witnessDir }: Evidence): Promise<number> {
  const publicKey = keys.auditSigning.map((key) => verifierKeyText(keys.auditOrigin, key.publicKey))
  const report = await verifyAudit(admin, { witnessDir, publicKey })
  return report.verdict === 'whole' ? 0 : Math.max(1, report.findingCount)
}
