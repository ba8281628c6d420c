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

const columns = sql<ItemVersionRow>`v.id, v.item_code as "itemCode", v.number, lower(v.effective)::text as "from",
  upper(v.effective)::text as "until", v.content`

/** The published version of an item in force on `day`; undefined when there is none. */
export async function versionOn(
  ctx: Context,
  itemCode: string,
  day: Temporal.PlainDate,
): Promise<ItemVersionRow | undefined> {
  const found = await sql<ItemVersionRow>`select ${columns} from registration.item_version v
    where v.item_code = ${itemCode} and v.status = 'published' and v.effective @> ${day.toString()}::date`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export async function versionById(ctx: Context, id: string): Promise<ItemVersionRow | undefined> {
  const found =
    await sql<ItemVersionRow>`select ${columns} from registration.item_version v where v.id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** All items in force on `day`, in the bureau's order. A catalogue is tens of items, not thousands; 500 is the stop. */
export async function itemsOn(ctx: Context, day: Temporal.PlainDate): Promise<ItemVersionRow[]> {
  const found = await sql<ItemVersionRow>`select ${columns} from registration.item_version v
    join registration.service_item i on i.code = v.item_code
    where v.status = 'published' and v.effective @> ${day.toString()}::date
    order by i.area, i.sort, i.code limit 500`.execute(ctx.db)
  return found.rows
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
