import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import type { Change } from '#policy/registration/compare-versions.ts'
import type { ItemArea, ItemContent } from '#policy/registration/item.ts'

export type VersionStatus = 'draft' | 'published' | 'withdrawn'

export type Version = {
  id: string
  itemCode: string
  number: number
  from: string
  /** The first day on which it no longer applies; null while none is set. */
  until: string | null
  content: ItemContent
  status: VersionStatus
  changeNote: string
  warnings: Change[]
  authors: string[]
  editedById: string | null
  editedBy: string | null
  editedAt: Temporal.Instant
  publishedBy: string | null
  publishedAt: Temporal.Instant | null
  rowVersion: number
}

/** Without its content, for lists. */
export type VersionLine = Omit<Version, 'content' | 'warnings' | 'authors'> & {
  area: ItemArea
  name: { zh: string; en: string }
}

const facts = sql`v.id, v.item_code as "itemCode", v.number, lower(v.effective)::text as "from", upper(v.effective)::text as "until",
  v.status::text as status, v.change_note as "changeNote", v.edited_by as "editedById", e.name as "editedBy", v.edited_at as "editedAt",
  p.name as "publishedBy", v.published_at as "publishedAt", v.row_version as "rowVersion"`
const source = sql`registration.item_version v left join directory.person e on e.id = v.edited_by left join directory.person p on p.id = v.published_by`

/** One version as the reader may see it; drafts only for those who work on the catalogue. */
export async function findVersion(ctx: Context, id: string): Promise<Version> {
  const found =
    await sql<Version>`select ${facts}, v.content, v.warnings, v.authors from ${source} where v.id = ${id}`.execute(
      ctx.db,
    )
  const version = found.rows[0]
  if (!version) throw notFound('version')
  return version
}

/** Every version the reader may see, in the bureau's order, newest first in each item. A catalogue is tens of items. */
export async function listVersions(ctx: Context, itemCode?: string): Promise<VersionLine[]> {
  const only = itemCode === undefined ? sql`true` : sql`v.item_code = ${itemCode}`
  const found = await sql<VersionLine>`select ${facts}, i.area, v.content->'name' as name
    from ${source} join registration.service_item i on i.code = v.item_code
    where ${only} order by i.area, i.sort, i.code, v.number desc limit 2000`.execute(ctx.db)
  return found.rows
}

/** The published version that applies on a day, other than `except`. */
export async function publishedOn(
  ctx: Context,
  itemCode: string,
  day: string,
  except?: string,
): Promise<Version | undefined> {
  const found = await sql<Version>`select ${facts}, v.content, v.warnings, v.authors from ${source}
    where v.item_code = ${itemCode} and v.status = 'published' and v.effective @> ${day}::date
      and v.id is distinct from ${except ?? null}::uuid`.execute(ctx.db)
  return found.rows[0]
}

export type Act = {
  at: Temporal.Instant
  by: string
  policeNo: string
  act: 'drafted' | 'edited' | 'published' | 'withdrawn'
  part: string
  note: string
}

/** What was done to a version, oldest first. */
export async function actsOf(ctx: Context, versionId: string): Promise<Act[]> {
  const found = await sql<Act>`select h.at, p.name as by, p.police_no as "policeNo", h.act, h.part, h.note
    from registration.version_edit h join directory.person p on p.id = h.person_id
    where h.version_id = ${versionId} order by h.id limit 1000`.execute(ctx.db)
  return found.rows
}

export async function noteAct(
  ctx: Context,
  versionId: string,
  act: Act['act'],
  more: { part?: string; note?: string } = {},
): Promise<void> {
  await sql`insert into registration.version_edit (version_id, person_id, act, part, note, at)
    values (${versionId}, ${ctx.actor.personId}, ${act}, ${more.part ?? ''}, ${more.note ?? ''}, ${ctx.now})`.execute(
    ctx.db,
  )
}

/** One person at a time decides about the versions of an item. */
export async function holdItem(ctx: Context, itemCode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`catalogue ${itemCode}`}, 0))`.execute(ctx.db)
}
