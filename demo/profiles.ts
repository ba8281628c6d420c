import { answersThatCount, questionsToAsk } from '#policy/registration/circumstances.ts'
import type { Answers, ItemContent } from '#policy/registration/item.ts'
import { materialsRequired, policyVerdict, type RequiredMaterial } from '#policy/registration/requirements.ts'
import type { Random } from './random.ts'

/** One set of circumstances that the catalogue's own rules accept or refuse. */
export type Profile = { answers: Answers; toBring: RequiredMaterial[] }
export type RefusedProfile = { answers: Answers; reason: string; canDo: string }
export type Profiles = { met: Profile[]; refused: RefusedProfile[] }

const walks = 160
/** Items list their ordinary case first, so the first option is the likely answer. */
const firstOption = 0.72

/** Answers the catalogue's questions by chance and asks the rules what follows; a new item needs nothing here. */
export function profilesOf(content: ItemContent, random: Random): Profiles {
  const profiles: Profiles = { met: [], refused: [] }
  for (let i = 0; i < walks; i++) {
    const answers = answersThatCount(content, walk(content, random))
    const verdict = policyVerdict(content, answers)
    const materials = materialsRequired(content, answers)
    if ('refused' in verdict) continue
    if (!verdict.met) {
      const [why] = verdict.reasons
      if (why) profiles.refused.push({ answers, reason: why.reason.zh, canDo: why.canDo.zh })
    } else if (!('refused' in materials)) {
      profiles.met.push({ answers, toBring: materials.filter((material) => material.toBring) })
    }
  }
  return profiles
}

function walk(content: ItemContent, random: Random): Record<string, string> {
  const answers: Record<string, string> = {}
  for (let guard = 0; guard < 30; guard++) {
    const open = questionsToAsk(content, answers).find((question) => !(question.code in answers))
    if (!open) break
    const rest = open.options.slice(1)
    const chosen = rest.length === 0 || random.chance(firstOption) ? open.options[0] : random.pick(rest)
    answers[open.code] = chosen?.code ?? ''
  }
  return answers
}
