import type { TestContext } from 'node:test'
import type { Context } from '#platform/context.ts'
import { freshDatabase, systemActor } from '#platform/db/fresh-database.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { answerStatement } from './answer-statement.ts'
import { assignCase } from './assign-case.ts'
import type { CaseProgress } from './by-code.ts'
import { aCase, type CaseSeed, seedDesks } from './complaints-testing.ts'
import { decideFinding } from './decide-finding.ts'
import { type Proposal, proposeFinding } from './propose-finding.ts'
import { requestStatement } from './request-statement.ts'
import { reviewFinding } from './review-finding.ts'

export const noTags = { style: [], behaviour: [] }

/** A bureau whose people handle cases: each step by whom it belongs to, unless a test says otherwise. */
export async function aHandlingBureau(t: TestContext, at?: string) {
  const db = await freshDatabase(t, at)
  const bureau = await aBureau(db)
  await seedDesks(db, bureau)
  const as = <T>(who: PersonKey, work: (ctx: Context) => Promise<T>) => db.house.write(bureau.actors[who], 'test', work)
  const system = <T>(work: (ctx: Context) => Promise<T>) => db.house.write(systemActor, 'test', work)
  const rows = async (text: string, values: unknown[] = []) => (await db.admin.query(text, values)).rows
  const row = async (id: string) => (await rows('select * from complaints.case where id = $1', [id]))[0]
  const version = async (id: string): Promise<number> => (await row(id)).version
  const idOf = (who: PersonKey) => bureau.people[who].id
  /** What the internet side's doors do, by the hash of a code. */
  const byCode = async (hash: string): Promise<CaseProgress> =>
    (await rows('select complaints.progress_by($1) as found', [hash]))[0].found
  const wishBy = async (hash: string, wish: { kind: string; text: string; newFacts: boolean }) =>
    (
      await rows('select complaints.ask_by($1, gen_random_uuid(), $2, $3, $4, $5) as said', [
        hash,
        wish.kind,
        wish.text,
        wish.newFacts,
        db.clock.now().toString(),
      ])
    )[0].said === 'noted'
  const setClock = (moment: string) => db.clock.set(Temporal.Instant.from(moment))

  /** Accepted on the clock's day, as the desk would have left it. */
  async function accepted(name: string, seed: CaseSeed = {}) {
    const made = await aCase(db, bureau, name, { class: 'appeal', accused: 'officer', ...seed })
    await rows(
      `update complaints.case set status = 'accepted', accepted_at = $2, due_on = $3, due_basis = 'petition-regulations:34', noticed_at = $2 where id = $1`,
      [
        made.id,
        db.clock.now().toString(),
        db.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().add({ days: 60 }).toString(),
      ],
    )
    return made
  }
  async function assigned(
    name: string,
    seed: CaseSeed = {},
    handler: PersonKey = 'caseOfficer',
    by: PersonKey = 'petitionClerk',
  ) {
    const made = await accepted(name, seed)
    await as(by, async (ctx) => assignCase(ctx, made.id, { version: await version(made.id), handlerId: idOf(handler) }))
    return made
  }
  async function ask(id: string, who: PersonKey = 'officer', by: PersonKey = 'caseOfficer') {
    const facts = '2026年11月18日上午在户籍窗口接待群众时未作答复。'
    const input = { version: await version(id), personId: idOf(who), facts }
    return (await as(by, (ctx) => requestStatement(ctx, id, input))).id
  }
  async function heard(id: string, who: PersonKey = 'officer', by: PersonKey = 'caseOfficer') {
    const statement = await ask(id, who, by)
    await as(who, (ctx) => answerStatement(ctx, statement, { answer: '当时叫号系统故障，我在处理。', files: [] }))
    return statement
  }
  const proposal = (more: Partial<Proposal> = {}): Omit<Proposal, 'version'> => ({
    personId: idOf('officer'),
    outcome: 'responsible',
    severity: 'minor',
    facts: '调取监控查明，当班民警未答复群众询问。',
    factLine: '窗口接待群众时未作答复',
    clause: '《窗口服务规范》第三条',
    otherEvidence: '窗口监控录像｜未作答复的经过',
    tags: { style: ['cold'], behaviour: ['bad_attitude'] },
    ...more,
  })
  async function propose(id: string, more: Partial<Proposal> = {}, by: PersonKey = 'caseOfficer') {
    const input = { ...proposal(more), version: await version(id) }
    return await as(by, (ctx) => proposeFinding(ctx, id, input))
  }
  async function agree(id: string, by: PersonKey = 'caseOfficer2', more: { agree?: boolean; note?: string } = {}) {
    const input = { version: await version(id), agree: true, tags: { style: ['cold'], behaviour: [] }, ...more }
    await as(by, (ctx) => reviewFinding(ctx, id, input))
  }
  async function approve(id: string, by: PersonKey = 'leader') {
    const input = { version: await version(id), approve: true }
    await as(by, (ctx) => decideFinding(ctx, id, input))
  }
  /** From acceptance to an approved finding. */
  async function decided(name: string, more: Partial<Proposal> = {}, seed: CaseSeed = {}) {
    const made = await assigned(name, seed)
    await heard(made.id)
    await propose(made.id, more)
    await agree(made.id)
    await approve(made.id)
    const finding = (await rows('select id from complaints.finding where case_id = $1', [made.id]))[0].id as string
    return { ...made, finding }
  }
  return {
    db,
    bureau,
    as,
    system,
    rows,
    row,
    version,
    idOf,
    byCode,
    wishBy,
    setClock,
    accepted,
    assigned,
    ask,
    heard,
    propose,
    proposal,
    agree,
    approve,
    decided,
  }
}

export type HandlingBureau = Awaited<ReturnType<typeof aHandlingBureau>>
