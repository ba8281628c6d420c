import type { TestContext } from 'node:test'
import type { Context } from '#platform/context.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { seedDesks } from './complaints-testing.ts'
import { type TakeDownInput, takeDown } from './take-down.ts'

/** A bureau whose desks take complaints down and sort them. */
export async function aTriageBureau(t: TestContext, at = '2026-11-23T01:00:00Z') {
  const db = await freshDatabase(t, at)
  const bureau = await aBureau(db)
  await seedDesks(db, bureau)
  const as = <T>(who: PersonKey, work: (ctx: Context) => Promise<T>) => db.house.write(bureau.actors[who], 'test', work)
  const rows = async (text: string, values: unknown[] = []) => (await db.admin.query(text, values)).rows
  const row = async (id: string) => (await rows('select * from complaints.case where id = $1', [id]))[0]
  const down = (who: PersonKey, input: Partial<TakeDownInput> = {}) =>
    as(who, (ctx) =>
      takeDown(ctx, {
        channel: 'visit',
        text: '窗口民警态度冷淡，问他也不理，让我下次再来',
        readBack: true,
        complainant: { name: '赵某', phone: '13800138000' },
        ...input,
      }),
    )
  const version = async (id: string): Promise<number> => (await row(id)).version
  const sees = (who: PersonKey) =>
    db.house.read(bureau.actors[who], 'test', async (ctx) =>
      (await ctx.db.selectFrom('complaints.case').select('id').execute()).map(({ id }) => id).sort(),
    )
  return { db, bureau, as, rows, row, down, version, sees }
}
