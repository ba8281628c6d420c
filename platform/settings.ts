import type { Context } from './context.ts'

/** What names and reaches this bureau. Data, never a literal: names change with mergers (domain.md part 0). */
export type Bureau = {
  nameZh: string
  nameEn: string
  /** Phones of supervision by key (R46 f); an empty one is not shown. */
  phones: { bureau: string; '960111': string; '12389': string; '12345': string }
  /** Where citizens reach the site, without a slash at the end; goes into QR codes and messages. */
  siteUrl: string
  /** Footer fields that the law on government sites asks for; empty ones are not shown, none is invented. */
  footer: { siteCode: string; icp: string; policeRecord: string; address: string }
}

const unnamed: Bureau = {
  nameZh: '公安分局',
  nameEn: 'Public Security Bureau',
  phones: { bureau: '', '960111': '', '12389': '12389', '12345': '12345' },
  siteUrl: 'http://localhost:8080',
  footer: { siteCode: '', icp: '', policeRecord: '', address: '' },
}

export async function bureauOf(ctx: Pick<Context, 'db'>): Promise<Bureau> {
  const row = await ctx.db
    .selectFrom('platform.setting')
    .select('value')
    .where('name', '=', 'bureau')
    .executeTakeFirst()
  return { ...unnamed, ...(row?.value as Partial<Bureau> | undefined) }
}

export async function saveBureau(ctx: Context, bureau: Bureau): Promise<void> {
  const value = JSON.stringify(bureau)
  await ctx.db
    .insertInto('platform.setting')
    .values({ name: 'bureau', value, changed_at: ctx.now })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value, changed_at: ctx.now }))
    .execute()
}
