import type { Context } from '#platform/context.ts'

const setting = 'complaints.institution'

/** The first day of the monthly institution (R134): marked on every trend, and where the months begin; null before it was set. */
export async function institutionSince(ctx: Pick<Context, 'db'>): Promise<Temporal.PlainDate | null> {
  const row = await ctx.db.selectFrom('platform.setting').select('value').where('name', '=', setting).executeTakeFirst()
  const since = (row?.value as { since?: string } | undefined)?.since
  return since ? Temporal.PlainDate.from(since) : null
}

export async function beginInstitution(ctx: Context, since: Temporal.PlainDate): Promise<void> {
  const value = JSON.stringify({ since: since.toString() })
  await ctx.db
    .insertInto('platform.setting')
    .values({ name: setting, value, changed_at: ctx.now })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value, changed_at: ctx.now }))
    .execute()
}
