import type { TestContext } from 'node:test'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { html } from '#platform/html.ts'
import type { AnyEndpoint } from '#platform/http/endpoint.ts'
import { bindAll, createServer } from '#platform/http/server.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'

/** Pages on a real server and database; the signed-in person is whoever the test says. */
export async function pagesFor(t: TestContext, endpoints: readonly AnyEndpoint[], at = '2026-11-20T02:00:00Z') {
  const db = await freshDatabase(t, at)
  const bureau = await aBureau(db)
  const app = await createServer({ cookieSecret: 'x'.repeat(64), secure: false, trustProxy: false, logLevel: 'silent' })
  let person: PersonKey = 'leader'
  bindAll(app, endpoints, {
    houses: { internal: db.house, public: db.house },
    actorOf: async () => ({ actor: await bureau.actorNow(person), cookies: [] }),
    problemPage: (_, problem) => html`<main>${problem.status} ${problem.code}</main>`,
    demo: false,
  })
  t.after(() => app.close())
  const get = async (url: string, who: PersonKey = person) => {
    person = who
    return app.inject({ url })
  }
  return { ...db, db, bureau, app, get }
}

export type Pages = Awaited<ReturnType<typeof pagesFor>>

/** Questions about finished matters as they stand at the end: `levels` were answered, `silent` were not. */
export async function fillCallbacks(
  { admin, bureau }: Pick<Pages, 'admin' | 'bureau'>,
  about: { unitId: string; on: string; levels: readonly number[]; silent?: number; counted?: boolean },
): Promise<void> {
  const client = await admin.connect()
  const at = `${about.on}T02:00:00Z`
  const all = [...about.levels, ...Array.from({ length: about.silent ?? 0 }, () => null)]
  try {
    await client.query('begin; set local session_replication_role = replica')
    await client.query(
      `with c as (
         insert into callback.callback (id, purpose, subject_id, matter_id, officer_id, unit_id, finished_at, phone_sealed, phone_index,
           token_hash, token_sealed, state, send_after, sent_at, delivered_at)
         select gen_random_uuid(), 'satisfaction', gen_random_uuid(), gen_random_uuid(), $1, $2, $3, 'x', 'x', gen_random_uuid()::text, 'x',
           case when l.level is null then 'no_answer' else 'answered' end::callback.state, $3, $3, $3
         from unnest($4::int[]) as l(level) returning id, state
       ), levels as (select level, row_number() over () as n from unnest($4::int[]) as l(level) where level is not null
       ), answered as (select id, row_number() over () as n from c where state = 'answered')
       insert into callback.rating (callback_id, answer_id, level, purpose, officer_id, unit_id, rated_at)
       select a.id, gen_random_uuid(), l.level, 'satisfaction', $1, $2, $3 from answered a join levels l using (n)`,
      [bureau.people.officer.id, about.unitId, at, all],
    )
    await client.query('commit')
    // Touching the rows lets the triggers count them, as if they had come about step by step.
    if (about.counted) await client.query('update callback.callback set counted_as = null where counted_as is null')
  } finally {
    client.release()
  }
}
