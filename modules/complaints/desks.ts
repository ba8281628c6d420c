import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { type Department, departments } from '#policy/complaints/lists.ts'

export type Desk = {
  department: Department
  unitId: string
  unitZh: string
  unitEn: string
  phone: string
  lead: boolean
}

/** Which unit is which of the four departments (R111), in the order of the article. */
export async function listDesks(ctx: Context): Promise<Desk[]> {
  const found =
    await sql<Desk>`select d.department, d.unit_id as "unitId", u.name_zh as "unitZh", u.name_en as "unitEn", u.phone, d.lead
    from complaints.desk d join directory.unit u on u.id = d.unit_id`.execute(ctx.db)
  return departments.flatMap((department) => found.rows.filter((desk) => desk.department === department))
}

/** The departments at whose desk the actor takes complaints down. */
export async function myDepartments(ctx: Context): Promise<Department[]> {
  const found = await sql<{ mine: Department[] }>`select complaints.my_departments()::text[] as mine`.execute(ctx.db)
  const mine = found.rows[0]?.mine ?? []
  return departments.filter((department) => mine.includes(department))
}

/** The actor's own desk; with several the one he names. */
export async function deskOf(ctx: Context, named?: Department): Promise<Department> {
  const mine = await myDepartments(ctx)
  if (named) {
    if (!mine.includes(named)) throw new Problem(403, 'not-permitted')
    return named
  }
  const [first] = mine
  if (!first) throw new Problem(403, 'no-desk')
  return first
}

/** Sets the unit of one department. A unit is one desk, and one desk leads. */
export async function saveDesk(
  ctx: Context,
  desk: { department: Department; unitId: string; lead: boolean },
): Promise<void> {
  const others = (await listDesks(ctx)).filter((other) => other.department !== desk.department)
  if (others.some((other) => other.unitId === desk.unitId)) throw invalid({ unitId: 'desk-taken' })
  if (desk.lead)
    await ctx.db
      .updateTable('complaints.desk')
      .set({ lead: false })
      .where('department', '<>', desk.department)
      .execute()
  const row = { department: desk.department, unit_id: desk.unitId, lead: desk.lead }
  await ctx.db
    .insertInto('complaints.desk')
    .values(row)
    .onConflict((conflict) => conflict.column('department').doUpdateSet({ unit_id: row.unit_id, lead: row.lead }))
    .execute()
}
