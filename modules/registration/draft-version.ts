import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import type { ItemArea, ItemContent, ItemKind } from '#policy/registration/item.ts'
import { forbiddenParts } from './version-faults.ts'
import { findVersion, holdItem, listVersions, noteAct, publishedOn, type Version } from './version-store.ts'

function needEditor(ctx: Context): void {
  if (!may(ctx.actor, 'catalogue.edit')) throw new Problem(403, 'not-permitted')
}

/** A draft that begins as the version in force, or as the newest one there is. One draft an item; returns its id. */
export async function startDraft(ctx: Context, itemCode: string): Promise<{ id: string; number: number }> {
  needEditor(ctx)
  await holdItem(ctx, itemCode)
  const versions = await listVersions(ctx, itemCode)
  const [newest] = versions
  if (!newest) throw new Problem(404, 'item-not-found')
  const open = versions.find(({ status }) => status === 'draft')
  if (open) throw new Problem(409, 'draft-exists', { detail: { id: open.id } })
  const today = dayOf(ctx.now).toString()
  const base = (await publishedOn(ctx, itemCode, today)) ?? (await findVersion(ctx, newest.id))
  return insertDraft(ctx, base.content, newest.number + 1)
}

export type NewItem = { code: string; area: ItemArea; kind: ItemKind; name: { zh: string; en: string } }

const itemCode = /^[a-z_]+(\.[a-z_]+)?$/

/** An item that the bureau did not have yet, with an empty first draft: no business without its list (R45). */
export async function startItem(ctx: Context, item: NewItem): Promise<{ id: string }> {
  needEditor(ctx)
  if (!itemCode.test(item.code)) throw invalid({ code: 'code-malformed' })
  if (!item.name.zh.trim()) throw invalid({ 'name.zh': 'required' })
  await holdItem(ctx, item.code)
  const added = await sql`insert into registration.service_item (code, area, sort)
    select ${item.code}, ${item.area}, coalesce(max(sort), 0) + 1 from registration.service_item on conflict do nothing returning 1`.execute(
    ctx.db,
  )
  if (added.rows.length === 0) throw invalid({ code: 'code-taken' })
  return insertDraft(ctx, emptyContent(item), 1)
}

async function insertDraft(
  ctx: Context,
  content: ItemContent,
  number: number,
): Promise<{ id: string; number: number }> {
  const id = randomUUID()
  const from = dayOf(ctx.now).add({ days: 1 }).toString()
  await sql`insert into registration.item_version (id, item_code, number, effective, content, status, edited_by, edited_at)
    values (${id}, ${content.code}, ${number}, daterange(${from}::date, null), ${JSON.stringify(content)}::jsonb, 'draft',
      ${ctx.actor.personId}, ${ctx.now})`.execute(ctx.db)
  await noteAct(ctx, id, 'drafted')
  return { id, number }
}

/** What a draft is compared with: the version it will replace. */
export async function baseOf(
  ctx: Context,
  version: Pick<Version, 'id' | 'itemCode' | 'from'>,
): Promise<Version | undefined> {
  return publishedOn(ctx, version.itemCode, version.from, version.id)
}

/** Saves a part of a draft. A draft may be incomplete; it may not change what a higher body fixed (R43). */
export async function saveDraft(
  ctx: Context,
  id: string,
  change: { rowVersion: number; part: string; content: ItemContent },
): Promise<void> {
  const draft = await openDraft(ctx, id, change.rowVersion)
  if (change.content.code !== draft.itemCode || change.content.area !== draft.content.area)
    throw new Problem(409, 'locked-part', { detail: { parts: ['code'] } })
  const parts = forbiddenParts((await baseOf(ctx, draft))?.content, change.content)
  if (parts.length > 0) throw new Problem(409, 'locked-part', { detail: { parts } })
  await sql`update registration.item_version set content = ${JSON.stringify(change.content)}::jsonb, edited_by = ${ctx.actor.personId},
    edited_at = ${ctx.now}, row_version = row_version + 1 where id = ${id}`.execute(ctx.db)
  await noteAct(ctx, id, 'edited', { part: change.part })
}

/** From which day it is to apply, today or later, and why it was made. */
export async function saveDraftDates(
  ctx: Context,
  id: string,
  change: { rowVersion: number; from: Temporal.PlainDate; changeNote: string },
): Promise<void> {
  await openDraft(ctx, id, change.rowVersion)
  if (Temporal.PlainDate.compare(change.from, dayOf(ctx.now)) < 0) throw invalid({ from: 'day-past' })
  const note = change.changeNote.trim()
  if (!note) throw invalid({ changeNote: 'required' })
  await sql`update registration.item_version set effective = daterange(${change.from}::date, null), change_note = ${note},
    edited_by = ${ctx.actor.personId}, edited_at = ${ctx.now}, row_version = row_version + 1 where id = ${id}`.execute(
    ctx.db,
  )
  await noteAct(ctx, id, 'edited', { part: 'dates' })
}

/** Throws the draft away; nobody was told anything by it. */
export async function discardDraft(ctx: Context, id: string, rowVersion: number): Promise<Version> {
  const draft = await openDraft(ctx, id, rowVersion)
  await sql`delete from registration.item_version where id = ${id} and status = 'draft'`.execute(ctx.db)
  return draft
}

async function openDraft(ctx: Context, id: string, rowVersion: number): Promise<Version> {
  needEditor(ctx)
  await sql`select 1 from registration.item_version where id = ${id} for update`.execute(ctx.db)
  const draft = await findVersion(ctx, id)
  if (draft.status !== 'draft') throw new Problem(409, 'version-not-draft')
  if (draft.rowVersion !== rowVersion) throw new Problem(409, 'changed-meanwhile')
  return draft
}

function emptyContent({ code, area, kind, name }: NewItem): ItemContent {
  const text = () => ({ zh: '', en: '' })
  return {
    code,
    kind,
    area,
    name,
    summary: text(),
    applicants: text(),
    conditions: [],
    questions: [],
    materials: [],
    fee: { free: false, cases: [], text: text() },
    process: [],
    statutoryLimit: { days: null, unit: 'working_day', text: text(), basis: '' },
    promisedLimit: { days: 0, unit: 'working_day', text: text(), basis: '' },
    result: text(),
    delivery: text(),
    supervision: { phones: [], window: text(), online: text(), text: text() },
    faq: [],
    basis: [],
  }
}
