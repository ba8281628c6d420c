import {
  type Act,
  actsOf,
  baseOf,
  findVersion,
  forbiddenParts,
  isLocked,
  type Version,
  type VersionFault,
  versionFaults,
} from '#modules/registration/index.ts'
import { may } from '#platform/actor.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type Change, compareVersions } from '#policy/registration/compare-versions.ts'

export type VersionData = {
  version: Version
  base: Version | undefined
  changes: Change[]
  faults: VersionFault[]
  acts: Act[]
  /** Fixed by a higher body, and no newer notice recorded in this draft (R43). */
  locked: boolean
  may: { edit: boolean; publish: boolean; withdraw: boolean }
  isAuthor: boolean
  phase: 'draft' | 'coming' | 'inForce' | 'over' | 'withdrawn'
}

export async function versionData(ctx: Context, id: string): Promise<VersionData> {
  const version = await findVersion(ctx, id)
  const draft = version.status === 'draft'
  const base = draft ? await baseOf(ctx, version) : undefined
  const phase = phaseOf(version, dayOf(ctx.now))
  const isAuthor = version.authors.includes(ctx.actor.personId ?? '')
  return {
    version,
    base,
    changes: base ? compareVersions(base.content, version.content) : version.warnings,
    faults: draft ? versionFaults(version.content) : [],
    acts: await actsOf(ctx, id),
    // A part no draft could have changed by chance tells whether a change would be refused.
    locked:
      draft &&
      base !== undefined &&
      isLocked(base.content) &&
      forbiddenParts(base.content, {
        ...version.content,
        faq: [...version.content.faq, { q: { zh: '', en: '' }, a: { zh: '', en: '' } }],
      }).length > 0,
    may: {
      edit: draft && may(ctx.actor, 'catalogue.edit'),
      publish: draft && may(ctx.actor, 'catalogue.publish'),
      withdraw: (phase === 'coming' || phase === 'inForce') && may(ctx.actor, 'catalogue.publish'),
    },
    isAuthor,
    phase,
  }
}

export function phaseOf(
  version: Pick<Version, 'status' | 'from' | 'until'>,
  today: Temporal.PlainDate,
): VersionData['phase'] {
  if (version.status !== 'published') return version.status
  const day = today.toString()
  if (version.from > day) return 'coming'
  return version.until && version.until <= day ? 'over' : 'inForce'
}
