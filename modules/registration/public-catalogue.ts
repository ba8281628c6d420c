import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { ItemContent } from '#policy/registration/item.ts'

export type PublishedVersion = {
  number: number
  /** First day, and the day after the last one; null while it is in force without an end. */
  from: string
  until: string | null
  changeNote: string
  /** Taken back; nothing is decided by it any more. */
  withdrawn: boolean
  content: ItemContent
}

/** Every published or withdrawn version of an item, newest first: what was told once stays readable (R46). */
export async function publishedVersions(ctx: Context, itemCode: string): Promise<PublishedVersion[]> {
  const found =
    await sql<PublishedVersion>`select number, lower(effective)::text as "from", upper(effective)::text as "until",
      change_note as "changeNote", status = 'withdrawn' as withdrawn, content
    from registration.item_version where item_code = ${itemCode} and status <> 'draft' order by number desc limit 200`.execute(
      ctx.db,
    )
  return found.rows
}

/** Counts a search word; nothing about who asked goes with it (R51). */
export async function countSearch(ctx: Context, day: Temporal.PlainDate, term: string, found: boolean): Promise<void> {
  await sql`insert into registration.search_term (day, term, found) values (${day.toString()}, ${term}, ${found})
    on conflict (day, term, found) do update set times = search_term.times + 1`.execute(ctx.db)
}
