import { findPerson, findUnit } from '#modules/directory/index.ts'
import type { Context } from '#platform/context.ts'
import type { Clarification } from '#platform/documents/data/accountability.ts'
import { notFound, Problem } from '#platform/problem.ts'
import { bureauOf } from '#platform/settings.ts'
import { words } from '#platform/typed.ts'
import { clearingOutcomes } from '#policy/complaints/lists.ts'
import { sourceOf } from '#policy/sources.ts'
import { addStep, type Case, lockCase, saveCase } from './case-store.ts'
import { deskUnit } from './citizen-notice.ts'
import type { Finding } from './finding-store.ts'
import { betrayalIn, nextPaperNo } from './request-statement.ts'

/** What a clarification says, frozen when it is issued. */
export type ClarificationContent = Omit<Clarification, 'issuedAt' | 'kind'> & { issuedAt: string }

/** An officer is cleared by a finding "unfounded" that stands, or by one that fell on appeal. */
export function clears(finding: Pick<Finding, 'person_id' | 'outcome' | 'status'>): boolean {
  if (finding.person_id === null) return false
  return (
    finding.status === 'annulled' ||
    (clearingOutcomes.includes(finding.outcome) && ['approved', 'upheld'].includes(finding.status))
  )
}

/** 澄清: in writing to the officer, and to his unit where he wishes it (公安部令第153号). */
export async function clarify(
  ctx: Context,
  id: string,
  findingId: string,
  input: { version: number; matter: string; tellUnit: boolean },
): Promise<{ no: string }> {
  const found = await lockCase(ctx, id, input.version)
  const finding = await ctx.db
    .selectFrom('complaints.finding')
    .selectAll()
    .where('id', '=', findingId)
    .where('case_id', '=', found.id)
    .executeTakeFirst()
  if (!finding) throw notFound('case')
  if (!clears(finding)) throw new Problem(409, 'wrong-state')
  const matter = words('matter', input.matter, 500)
  const betrayal = await betrayalIn(ctx, found.id, matter)
  if (betrayal.length > 0) throw new Problem(409, 'names-complainant', { fields: { matter: `betrays-${betrayal[0]}` } })

  const no = await nextPaperNo(ctx, 'clarification', 'CQ')
  const content = await contentOf(ctx, found, finding, { no, matter, tellUnit: input.tellUnit })
  const done = await ctx.db
    .insertInto('complaints.clarification')
    .values({
      finding_id: finding.id,
      no,
      content: JSON.stringify(content),
      tell_unit: input.tellUnit,
      unit_id: finding.unit_id,
      issued_by: ctx.actor.personId as string,
      issued_at: ctx.now,
    })
    .onConflict((conflict) => conflict.column('finding_id').doNothing())
    .executeTakeFirst()
  if (done.numInsertedOrUpdatedRows === 0n) throw new Problem(409, 'already-decided')
  await saveCase(ctx, found, {})
  await addStep(ctx, found, 'clarified', { detail: { findingId: finding.id, tellUnit: input.tellUnit } })
  return { no }
}

async function contentOf(
  ctx: Context,
  found: Pick<Case, 'no' | 'department'>,
  finding: Finding,
  about: { no: string; matter: string; tellUnit: boolean },
): Promise<ClarificationContent> {
  const bureau = await bureauOf(ctx)
  const desk = await deskUnit(ctx, found.department)
  const officer = await findPerson(ctx, finding.person_id as string)
  const unit = await findUnit(ctx, finding.unit_id)
  const annulled = finding.status === 'annulled'
  return {
    issuer: { bureau: bureau.nameZh, unit: desk?.nameZh ?? '', sealOf: bureau.nameZh },
    number: about.no,
    addressee: { name: officer?.name ?? '', number: officer?.policeNo ?? '', unit: unit?.nameZh ?? '' },
    caseNumber: found.no,
    findingNumber: finding.no ?? '',
    matter: about.matter,
    facts: annulled ? [] : finding.facts.split('\n').filter(Boolean),
    conclusion: annulled ? '经申诉复核，原认定已撤销，不追究责任。' : '经调查核实，反映的问题不属实。',
    effects: annulled
      ? ['原认定引起的扣分、资格限制一并撤销。', '不影响立功授奖和评优资格。']
      : ['不作扣分处理，不影响立功授奖和评优资格。'],
    publicity: about.tellUnit ? '按本人意愿，在所在单位范围内予以说明。' : undefined,
    basis: sourceOf('police-protection')?.number ?? '',
    contact: { name: ctx.actor.name, number: ctx.actor.policeNo },
    copiesTo: about.tellUnit && unit ? [unit.nameZh] : [],
    issuedAt: ctx.now.toString(),
  }
}
