import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { ItemContent } from '#policy/registration/item.ts'

export type ItemVersionRow = {
  id: string
  itemCode: string
  number: number
  from: string
  until: string | null
  content: ItemContent
}

type Line = Omit<ItemVersionRow, 'content'> & { stamp: string | null; content: ItemContent | null }

/** Without the content, which is ten thousand characters; `stamp` says which of the contents known here it is, if it is published. */
const columns = sql<Line>`v.id, v.item_code as "itemCode", v.number, lower(v.effective)::text as "from",
  upper(v.effective)::text as "until", case when v.status <> 'draft' then v.id || ' ' || v.published_at end as stamp`

// What was published never changes again (the trigger keep_published), so its content is read once for each process.
const published = new Map<string, ItemContent>()
const mostPublished = 500

/** Whether a row may be seen was decided when it was read; here only its content comes to it. */
async function withContent(ctx: Context, lines: readonly Line[]): Promise<ItemVersionRow[]> {
  const missing = lines.filter(({ stamp }) => stamp === null || !published.has(stamp))
  const read = new Map<string, ItemContent>()
  if (missing.length > 0) {
    const found = await sql<{ id: string; content: ItemContent }>`select id, content from registration.item_version
      where id = any (${missing.map(({ id }) => id)}::uuid[])`.execute(ctx.db)
    for (const { id, content } of found.rows) read.set(id, frozen(content))
  }
  const rows = lines.map(({ stamp, ...line }) => ({
    ...line,
    content: (read.get(line.id) ?? published.get(stamp ?? '')) as ItemContent,
  }))
  if (published.size + missing.length > mostPublished) published.clear()
  for (const { id, stamp } of missing) if (stamp && read.has(id)) published.set(stamp, read.get(id) as ItemContent)
  return rows
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}

/** The published version of an item in force on `day`; undefined when there is none. */
export async function versionOn(
  ctx: Context,
  itemCode: string,
  day: Temporal.PlainDate,
): Promise<ItemVersionRow | undefined> {
  const found = await sql<Line>`select ${columns} from registration.item_version v
    where v.item_code = ${itemCode} and v.status = 'published' and v.effective @> ${day.toString()}::date`.execute(
    ctx.db,
  )
  return (await withContent(ctx, found.rows))[0]
}

export async function versionById(ctx: Context, id: string): Promise<ItemVersionRow | undefined> {
  const found = await sql<Line>`select ${columns} from registration.item_version v where v.id = ${id}`.execute(ctx.db)
  return (await withContent(ctx, found.rows))[0]
}

/** All items in force on `day`, in the bureau's order. A catalogue is tens of items, not thousands; 500 is the stop. */
export async function itemsOn(ctx: Context, day: Temporal.PlainDate): Promise<ItemVersionRow[]> {
  const found = await sql<Line>`select ${columns} from registration.item_version v
    join registration.service_item i on i.code = v.item_code
    where v.status = 'published' and v.effective @> ${day.toString()}::date
    order by i.area, i.sort, i.code limit 500`.execute(ctx.db)
  return withContent(ctx, found.rows)
}

export type ItemName = { itemCode: string; content: { name: { zh: string; en: string } } }

/** Codes and names of the items in force on `day`, for choices and filters: a version's content is ten thousand characters. */
export async function itemNamesOn(ctx: Context, day: Temporal.PlainDate): Promise<ItemName[]> {
  const found = await sql<{
    itemCode: string
    zh: string
    en: string
  }>`select v.item_code as "itemCode", v.name_zh as zh, v.name_en as en from registration.item_version v
    join registration.service_item i on i.code = v.item_code
    where v.status = 'published' and v.effective @> ${day.toString()}::date
    order by i.area, i.sort, i.code limit 500`.execute(ctx.db)
  return found.rows.map(({ itemCode, zh, en }) => ({ itemCode, content: { name: { zh, en } } }))
}
