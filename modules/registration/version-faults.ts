import Value from 'typebox/value'
import { canonicalJson } from '#platform/audit/canonical-json.ts'
import { lockedParts } from '#policy/registration/compare-versions.ts'
import type { ItemContent } from '#policy/registration/item.ts'
import {
  type Notice,
  type PublishProblem,
  type PublishProblemCode,
  publishProblems,
} from '#policy/registration/publish-problems.ts'
import { ItemContentSchema } from './catalogue/schema.ts'

export type VersionFault = Omit<PublishProblem, 'code'> & { code: PublishProblemCode | 'malformed' }

const noticeOf: Record<string, Notice> = {
  materials: 'materials',
  fee: 'fee',
  process: 'process',
  statutoryLimit: 'time_limit',
  promisedLimit: 'time_limit',
  supervision: 'supervision',
}

/** All that keeps a version from being published: the six notices (R46), and whatever the form of a list does not allow. */
export function versionFaults(content: ItemContent): VersionFault[] {
  const told = publishProblems(content)
  if (told.length > 0 || Value.Check(ItemContentSchema, content)) return told
  return [...Value.Errors(ItemContentSchema, content)].slice(0, 20).map(({ instancePath }) => {
    const at = instancePath.slice(1).replaceAll('/', '.')
    return { notice: noticeOf[at.split('.')[0] ?? ''] ?? 'item', code: 'malformed', at }
  })
}

/**
 * Parts that a local edit would change although a higher body fixed them (R43). A draft that names another notice of a
 * higher body is not a local edit: it carries that notice out.
 */
export function forbiddenParts(base: ItemContent | undefined, next: ItemContent): string[] {
  if (!base || followsNewNotice(base, next)) return []
  return lockedParts(inOrder(base), inOrder(next))
}

/** Whether a higher body fixed this item, so that only places and phones are the bureau's to change (R43). */
export function isLocked(content: ItemContent): boolean {
  return content.sourceNotice !== undefined && content.sourceNotice.level !== 'bureau'
}

function followsNewNotice(base: ItemContent, next: ItemContent): boolean {
  const notice = next.sourceNotice
  if (!notice || notice.level === 'bureau' || !notice.number || !notice.issuedOn) return false
  return notice.number !== base.sourceNotice?.number || notice.issuedOn !== base.sourceNotice?.issuedOn
}

/** The same order of keys on both sides: the database keeps its own. */
function inOrder(content: ItemContent): ItemContent {
  return JSON.parse(canonicalJson(content)) as ItemContent
}
