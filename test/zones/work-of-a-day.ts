import type { TestContext } from 'node:test'
import { counterPages } from '#console/service-window/counter-pages-testing.ts'
import { checksOf, plainAnswers } from '#modules/service-window/counter-testing.ts'
import {
  acceptMatter,
  checkMaterials,
  completeMatter,
  findMatter,
  receiveCitizen,
  versionOf,
} from '#modules/service-window/index.ts'
import type { Context } from '#platform/context.ts'

// Run in a process of its own whose TZ is not China's. Prints everything that has to do with days.
const moments = [
  '2026-11-22T15:59:59Z', // Sunday 23:59:59 in China
  '2026-11-22T16:00:01Z', // Monday has begun there, and nowhere else
  '2026-03-08T10:30:00Z', // the hour that Los Angeles leaves out
  '2026-12-31T16:30:00Z', // the new year has begun in China
]

const endings: (() => unknown)[] = []
const t = { after: (work: () => unknown) => void endings.push(work) } as unknown as TestContext
const { db, bureau, as } = await counterPages(t)
// The database's own zone is as little China's as the process's.
await db.admin.query(
  `do $$ begin execute format('alter database %I set timezone to %L', current_database(), '${process.env.TZ ?? 'UTC'}'); end $$`,
)
const act = <T>(work: (ctx: Context) => Promise<T>) => db.as(bureau.actors.officer, work)
const visitor = as('officer')
const said: Record<string, unknown>[] = []
for (const moment of moments) {
  db.clock.set(moment)
  const { id } = await act((ctx) =>
    receiveCitizen(ctx, { name: '王秀英', request: '改名', phone: '13812345621', itemCode: 'household.name_change' }),
  )
  await act(async (ctx) => {
    const { content } = await versionOf(ctx, await findMatter(ctx, id))
    const answers = plainAnswers(content)
    await checkMaterials(ctx, id, { version: 1, answers, checks: checksOf(content, answers) })
  })
  const accepted = await act((ctx) => acceptMatter(ctx, id, { version: 2 }))
  const pages = []
  for (const path of [`/console/matters/${id}`, '/console/matters?view=all', '/console'])
    for (const lang of ['zh', 'en'])
      pages.push(withoutIds((await visitor.get(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)).text))
  await act(async (ctx) => completeMatter(ctx, id, { version: (await findMatter(ctx, id)).version }))
  const { rows } = await db.admin.query(
    `select c.send_after, m.due_on, m.due_provisional, m.acceptance_no, m.no from callback.callback c join service_window.matter m on m.id = c.matter_id where m.id = $1`,
    [id],
  )
  const days = await db.admin.query('select distinct day from platform.figure_delta order by 1')
  said.push({ moment, accepted, ...rows[0], days: days.rows.map(({ day }) => day), pages })
}
process.stdout.write(`\n${JSON.stringify(said)}\n`)
for (const end of endings.reverse()) await end()

/** What differs from run to run whatever the zone: ids, tokens, codes. */
function withoutIds(page: string): string {
  return page
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
    .replaceAll(/name="_csrf" value="[^"]*"/g, 'csrf')
}
