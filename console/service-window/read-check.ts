import type { Answers } from '#policy/registration/item.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { typed } from './shared.ts'

/** Names of the check form's fields; codes come from the catalogue. */
export const checkFields = {
  '^(answer|verdict|defect|mended|newPaper)\\.[a-z0-9_]{1,60}$': { type: 'string', maxLength: 1000 },
} as const

const verdicts = ['present', 'missing', 'defective'] as const

/** The check form as it was sent: answers and findings by code. What belongs to no question or paper is dropped later, by the rule. */
export function readCheck(body: Record<string, unknown>): { answers: Answers; checks: MaterialCheck[] } {
  const answers: Record<string, string> = {}
  const checks: MaterialCheck[] = []
  for (const [name, value] of Object.entries(body)) {
    const [kind, code] = name.split('.')
    if (!code || typeof value !== 'string') continue
    if (kind === 'answer' && value) answers[code] = value
    const verdict = kind === 'verdict' ? verdicts.find((known) => known === value) : undefined
    if (verdict) checks.push(finding(body, code, verdict))
  }
  return { answers, checks }
}

function finding(body: Record<string, unknown>, code: string, verdict: MaterialCheck['verdict']): MaterialCheck {
  return {
    code,
    verdict,
    defect: verdict === 'defective' ? typed(body, `defect.${code}`) : undefined,
    mended: typed(body, `mended.${code}`) === 'yes',
    newPaper: typed(body, `newPaper.${code}`) === 'yes',
  }
}
