import { unansweredQuestions } from '#policy/registration/circumstances.ts'
import type { Answers, ItemContent } from '#policy/registration/item.ts'
import {
  type Gap,
  type MaterialCheck,
  type MaterialsVerdict,
  verdictOnMaterials,
} from '#policy/registration/material-check.ts'
import {
  materialsRequired,
  type PolicyVerdict,
  policyVerdict,
  type RequiredMaterial,
} from '#policy/registration/requirements.ts'

// Nothing here reaches the database: the composer judges by the same lines while the officer is still ticking.

/** What of an item's content the verdict rests on. */
export type JudgedContent = Pick<ItemContent, 'questions' | 'materials' | 'conditions'>

export type Assessment = {
  unanswered: string[]
  required: RequiredMaterial[]
  policy: PolicyVerdict | null
  materials: MaterialsVerdict | null
  /** What the counter may do now (R47): refuse, notify of every gap, accept; null while something is still open. */
  branch: 'refuse' | 'supplement' | 'accept' | null
  gaps: Gap[]
}

/** The three-way verdict as it stands with these answers and checks (R47). */
export function assess(judged: JudgedContent, answers: Answers, checks: readonly MaterialCheck[]): Assessment {
  const content = judged as ItemContent
  const unanswered = unansweredQuestions(content, answers).map((question) => question.code)
  const policy = policyVerdict(content, answers)
  const required = materialsRequired(content, answers)
  if (!('refused' in policy) && !policy.met) {
    return {
      unanswered,
      required: 'refused' in required ? [] : required,
      policy,
      materials: null,
      branch: 'refuse',
      gaps: [],
    }
  }
  if ('refused' in required || 'refused' in policy) {
    return {
      unanswered,
      required: 'refused' in required ? [] : required,
      policy: null,
      materials: null,
      branch: null,
      gaps: [],
    }
  }
  const materials = verdictOnMaterials(required, checks)
  if ('refused' in materials) return { unanswered, required, policy, materials, branch: null, gaps: [] }
  if (materials.verdict === 'complete') return { unanswered, required, policy, materials, branch: 'accept', gaps: [] }
  return { unanswered, required, policy, materials, branch: 'supplement', gaps: materials.gaps }
}
