import type { TestContext } from 'node:test'
import type { Context } from '#platform/context.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { unansweredQuestions } from '#policy/registration/circumstances.ts'
import type { Answers, ItemContent } from '#policy/registration/item.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { materialsRequired, policyVerdict } from '#policy/registration/requirements.ts'
import { aBureau, type PersonKey } from '#test/fixtures/bureau.ts'
import { checkMaterials, versionOf } from './check-materials.ts'
import { issueNotice } from './issue-notice.ts'
import { findMatter } from './matter-store.ts'
import { viewMatter } from './matter-view.ts'
import { type ReceptionInput, receiveCitizen } from './receive-citizen.ts'
import { startReturnVisit } from './return-visit.ts'

/** A counter with people at it, for tests: each helper acts as somebody and reads the version it needs itself. */
export async function aCounter(t: TestContext, at?: string) {
  const db = await freshDatabase(t, at)
  const bureau = await aBureau(db)
  const as = <T>(who: PersonKey, work: (ctx: Context) => Promise<T>) => db.as(bureau.actors[who], work)
  const now = async (who: PersonKey, id: string) => (await as(who, (ctx) => findMatter(ctx, id))).version

  return {
    db,
    bureau,
    as,
    /** The version of the matter as this person sees it. */
    now,
    view: (who: PersonKey, id: string) => as(who, (ctx) => viewMatter(ctx, id)),
    receive: (who: PersonKey, more: Partial<ReceptionInput> = {}) =>
      as(who, (ctx) =>
        receiveCitizen(ctx, {
          name: '王秀英',
          request: '换身份证',
          phone: '13812345621',
          itemCode: 'household.name_change',
          ...more,
        }),
      ),
    /** Finds every paper in order, but for `faults`; circumstances as given or the plainest that policy allows. */
    check: (who: PersonKey, id: string, faults: readonly MaterialCheck[] = [], answers?: Answers) =>
      as(who, async (ctx) => {
        const matter = await findMatter(ctx, id)
        const { content } = await versionOf(ctx, matter)
        const told = answers ?? plainAnswers(content)
        return checkMaterials(ctx, id, {
          version: matter.version,
          answers: told,
          checks: checksOf(content, told, faults),
        })
      }),
    notify: (who: PersonKey, id: string) =>
      as(who, async (ctx) => issueNotice(ctx, id, { version: (await findMatter(ctx, id)).version })),
    comeBack: (who: PersonKey, id: string, cause?: 'new_fact') =>
      as(who, async (ctx) => startReturnVisit(ctx, id, { version: (await findMatter(ctx, id)).version, cause })),
    /** The clock moves on. */
    later: (duration: string) => db.clock.set(db.clock.now().add(Temporal.Duration.from(duration))),
    rows: async (sql: string, values: unknown[] = []) => (await db.admin.query(sql, values)).rows,
  }
}
export type Counter = Awaited<ReturnType<typeof aCounter>>

/** The first options that policy allows, in the order of the questions. */
export function plainAnswers(content: ItemContent, fixed: Answers = {}): Answers {
  const answers: Record<string, string> = { ...fixed }
  for (;;) {
    const [question] = unansweredQuestions(content, answers)
    if (!question) return answers
    const option = question.options.find((candidate) =>
      allowed(content, { ...answers, [question.code]: candidate.code }),
    )
    if (!option) throw new Error(`${content.code}: no way through ${question.code}`)
    answers[question.code] = option.code
  }
}

function allowed(content: ItemContent, answers: Answers): boolean {
  const verdict = policyVerdict(content, answers)
  return 'refused' in verdict || verdict.met
}

export function checksOf(
  content: ItemContent,
  answers: Answers,
  faults: readonly MaterialCheck[] = [],
): MaterialCheck[] {
  const required = materialsRequired(content, answers)
  if ('refused' in required) throw new Error(`unanswered: ${required.questions}`)
  return required
    .filter((material) => material.toBring)
    .map(({ code }) => faults.find((fault) => fault.code === code) ?? { code, verdict: 'present' as const })
}

/** Numbers that are the same in every run. */
export function dice(seed: number): { below(n: number): number; pick<T>(from: readonly T[]): T } {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (n: number) => Math.floor(next() * n)
  return { below, pick: (from) => from[below(from.length)] as (typeof from)[number] }
}
