import type { CaseDetails } from '#modules/complaints/index.ts'
import { invalid } from '#platform/problem.ts'
import { type Body, long, text } from './case-form.ts'

export const yesNo = (name: string, label: string, yes: [string, string], no: [string, string]) => ({
  kind: 'radio' as const,
  name,
  label,
  options: [
    { value: yes[0], label: yes[1] },
    { value: no[0], label: no[1] },
  ],
})
export const decision = { decision: long(20) }
/** One of two answers; nothing ticked is neither. */
export function chosen(body: Body, yes: string, no: string): boolean {
  const sent = text(body, 'decision')
  if (sent !== yes && sent !== no) throw invalid({ decision: 'choose-one' })
  return sent === yes
}
export const is = (details: CaseDetails, by: CaseDetails['by'][number]) => details.by.includes(by)
