import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { ItemVersion } from '#policy/registration/item.ts'
import { loadCatalogue } from './catalogue/load.ts'

/**
 * Publishes the catalogue delivered with the product in an empty registry; acts as the system. An item that the bureau
 * already has is left alone, whatever it made of it. Returns the codes added.
 */
export async function seedCatalogue(ctx: Context): Promise<string[]> {
  const versions = Map.groupBy(await loadCatalogue(), (version) => version.content.code)
  const added: string[] = []
  for (const [code, ofItem] of versions) {
    if (await addItem(ctx, code, ofItem, added.length)) added.push(code)
  }
  return added
}

async function addItem(ctx: Context, code: string, versions: readonly ItemVersion[], sort: number): Promise<boolean> {
  const area = versions[0]?.content.area ?? ''
  const item = await sql`insert into registration.service_item (code, area, sort) values (${code}, ${area}, ${sort})
    on conflict do nothing returning 1`.execute(ctx.db)
  if (item.rows.length === 0) return false
  const ordered = versions.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  for (const [i, { from, changeNote, content }] of ordered.entries()) {
    const until = ordered[i + 1]?.from ?? null
    await sql`insert into registration.item_version
        (id, item_code, number, effective, content, status, change_note, edited_at, published_at)
      values (${randomUUID()}, ${code}, ${i + 1}, daterange(${from}::date, ${until}::date), ${JSON.stringify(content)}::jsonb,
        'published', ${changeNote.zh}, ${ctx.now}, ${ctx.now})`.execute(ctx.db)
  }
  return true
}
