import { versionOn } from '#modules/registration/index.ts'
import {
  acceptMatter,
  checkMaterials,
  completeMatter,
  findMatter,
  issueNotice,
  receiveCitizen,
  refuseMatter,
  requestSecondNotice,
  startReturnVisit,
} from '#modules/service-window/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { inventedNumber } from '../citizens.ts'
import { type Profiles, profilesOf } from '../profiles.ts'
import { createRandom, type Random } from '../random.ts'

export type Visitor = { name: string; phone?: string; born: number; male: boolean; request: string; itemCode: string }

/** What officers do at a counter, step by step as the screens would ask for it. Each returns the matter's id. */
export type Counter = ReturnType<typeof createCounter>

export function createCounter(seed: number) {
  const random = createRandom(seed)
  const known = new Map<string, Profiles>()
  const profiles = async (ctx: Context, itemCode: string) => {
    const version = await versionOn(ctx, itemCode, dayOf(ctx.now))
    if (!version) throw new Error(`no version of ${itemCode} in force`)
    const found = known.get(version.id) ?? profilesOf(version.content, random)
    known.set(version.id, found)
    return found
  }
  const receive = (ctx: Context, visitor: Visitor) => receiveAt(ctx, visitor, random)
  return {
    receive,
    async accept(ctx: Context, visitor: Visitor): Promise<string> {
      const id = await receive(ctx, visitor)
      await check(ctx, id, await profiles(ctx, visitor.itemCode))
      await acceptMatter(ctx, id, await versionNow(ctx, id))
      return id
    },
    /** For what is done at once. */
    async serve(ctx: Context, visitor: Visitor): Promise<string> {
      const id = await this.accept(ctx, visitor)
      await completeMatter(ctx, id, await versionNow(ctx, id))
      return id
    },
    /** One paper is missing: the notice names it. */
    async notify(ctx: Context, visitor: Visitor): Promise<string> {
      const id = await receive(ctx, visitor)
      await check(ctx, id, await profiles(ctx, visitor.itemCode), (code, place) =>
        place === 0 ? { code, verdict: 'missing' } : null,
      )
      await issueNotice(ctx, id, await versionNow(ctx, id))
      return id
    },
    /** Back with it, and another paper turns out to be wanting that had been seen the first time (R49). */
    async omission(ctx: Context, id: string, itemCode: string): Promise<void> {
      await startReturnVisit(ctx, id, await versionNow(ctx, id))
      await check(ctx, id, await profiles(ctx, itemCode), (code, place) =>
        place === 1 ? { code, verdict: 'defective', defect: '证件已过有效期' } : null,
      )
      await requestSecondNotice(ctx, id, {
        ...(await versionNow(ctx, id)),
        cause: 'officer_omission',
        note: '首次告知时该证件已出示，未发现有效期已过',
      })
    },
    async refuse(ctx: Context, visitor: Visitor): Promise<string> {
      const id = await receive(ctx, visitor)
      const why = (await profiles(ctx, visitor.itemCode)).refused[0]
      if (!why) throw new Error(`${visitor.itemCode} is never refused`)
      await checkMaterials(ctx, id, { ...(await versionNow(ctx, id)), answers: why.answers, checks: [] })
      await refuseMatter(ctx, id, { ...(await versionNow(ctx, id)), reason: why.reason, canDo: why.canDo })
      return id
    },
  }
}

async function receiveAt(ctx: Context, visitor: Visitor, random: Random): Promise<string> {
  const counter = await ctx.db
    .selectFrom('directory.counter')
    .select('id')
    .where('unit_id', '=', ctx.actor.unitId)
    .orderBy('no')
    .executeTakeFirst()
  const { id } = await receiveCitizen(ctx, {
    name: visitor.name,
    phone: visitor.phone,
    citizenNo: inventedNumber(random, visitor.born, visitor.male),
    request: visitor.request,
    itemCode: visitor.itemCode,
    counterId: counter?.id,
  })
  return id
}

type Finding = (code: string, place: number) => MaterialCheck | null

async function check(ctx: Context, id: string, { met }: Profiles, finding: Finding = () => null): Promise<void> {
  // The case with most papers: a notice needs one to be missing, an omission a second one.
  const profile = met.toSorted((a, b) => b.toBring.length - a.toBring.length)[0]
  if (!profile) throw new Error('an item that nobody can ever apply for')
  const checks = profile.toBring.map(({ code }, place) => finding(code, place) ?? { code, verdict: 'present' as const })
  await checkMaterials(ctx, id, { ...(await versionNow(ctx, id)), answers: profile.answers, checks })
}

export async function versionNow(ctx: Context, id: string): Promise<{ version: number }> {
  return { version: (await findMatter(ctx, id)).version }
}
