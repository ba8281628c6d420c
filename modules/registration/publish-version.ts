import { sql } from 'kysely'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { type Change, compareVersions } from '#policy/registration/compare-versions.ts'
import { baseOf } from './draft-version.ts'
import { forbiddenParts, versionFaults } from './version-faults.ts'
import { findVersion, holdItem, noteAct, type Version } from './version-store.ts'

/**
 * Puts a draft into force from its day on and ends the version before it. Refused while one of the six notices is empty
 * (R46), for anybody who wrote a word of it (domain.md 6.4), and when it changes what a higher body fixed (R43).
 */
export async function publishVersion(
  ctx: Context,
  id: string,
  rowVersion: number,
): Promise<{ version: Version; changes: Change[] }> {
  const draft = await decide(ctx, id, rowVersion, 'draft')
  if (draft.authors.includes(ctx.actor.personId ?? '') || draft.editedById === ctx.actor.personId)
    throw new Problem(403, 'own-version')
  const faults = versionFaults(draft.content)
  if (faults.length > 0) throw new Problem(409, 'not-publishable', { detail: { faults } })
  if (draft.from < dayOf(ctx.now).toString()) throw new Problem(409, 'from-day-past')
  if (!draft.changeNote) throw new Problem(409, 'change-note-missing')
  const base = await baseOf(ctx, draft)
  const parts = forbiddenParts(base?.content, draft.content)
  if (parts.length > 0) throw new Problem(409, 'locked-part', { detail: { parts } })
  if (base?.from === draft.from) throw new Problem(409, 'from-day-taken')

  const changes = base ? compareVersions(base.content, draft.content) : []
  if (base) await setRange(ctx, base.id, base.from, draft.from)
  await sql`update registration.item_version set status = 'published', published_by = ${ctx.actor.personId}, published_at = ${ctx.now},
      warnings = ${JSON.stringify(changes)}::jsonb, row_version = row_version + 1,
      effective = daterange(${draft.from}::date, ${await nextFrom(ctx, draft)}::date)
    where id = ${id}`.execute(ctx.db)
  await noteAct(ctx, id, 'published')
  return { version: draft, changes }
}

/**
 * Takes a published version back. One that has not begun leaves its time to the version before it; one in force ends
 * today, and the item cannot be accepted until another is published (R45).
 */
export async function withdrawVersion(
  ctx: Context,
  id: string,
  input: { rowVersion: number; reason: string },
): Promise<{ version: Version; wasInForce: boolean }> {
  const reason = input.reason.trim()
  if (!reason) throw invalid({ reason: 'required' })
  const version = await decide(ctx, id, input.rowVersion, 'published')
  const today = dayOf(ctx.now)
  if (version.until && version.until <= today.toString()) throw new Problem(409, 'version-over')
  const wasInForce = version.from <= today.toString()
  const until = wasInForce ? today.add({ days: 1 }).toString() : version.until
  await sql`update registration.item_version set status = 'withdrawn', row_version = row_version + 1,
    effective = daterange(${version.from}::date, ${until}::date) where id = ${id}`.execute(ctx.db)
  if (!wasInForce) await giveTimeBack(ctx, version)
  await noteAct(ctx, id, 'withdrawn', { note: reason })
  return { version, wasInForce }
}

async function decide(ctx: Context, id: string, rowVersion: number, status: Version['status']): Promise<Version> {
  if (!may(ctx.actor, 'catalogue.publish')) throw new Problem(403, 'not-permitted')
  await holdItem(ctx, (await findVersion(ctx, id)).itemCode)
  const version = await findVersion(ctx, id)
  if (version.status !== status)
    throw new Problem(409, status === 'draft' ? 'version-not-draft' : 'version-not-published')
  if (version.rowVersion !== rowVersion) throw new Problem(409, 'changed-meanwhile')
  return version
}

async function nextFrom(ctx: Context, { itemCode, from }: Version): Promise<string | null> {
  const found = await sql<{
    day: string | null
  }>`select min(lower(effective))::text as day from registration.item_version
    where item_code = ${itemCode} and status = 'published' and lower(effective) > ${from}::date`.execute(ctx.db)
  return found.rows[0]?.day ?? null
}

async function giveTimeBack(ctx: Context, version: Version): Promise<void> {
  const found = await sql<{
    id: string
    from: string
  }>`select id, lower(effective)::text as "from" from registration.item_version
    where item_code = ${version.itemCode} and status = 'published' and upper(effective) = ${version.from}::date`.execute(
    ctx.db,
  )
  const before = found.rows[0]
  if (before) await setRange(ctx, before.id, before.from, version.until)
}

async function setRange(ctx: Context, id: string, from: string, until: string | null): Promise<void> {
  await sql`update registration.item_version set effective = daterange(${from}::date, ${until}::date), row_version = row_version + 1
    where id = ${id}`.execute(ctx.db)
}
