import { findUnit, listUnits } from '#modules/directory/index.ts'
import { type SlipDetails, viewSlip } from '#modules/standing/index.ts'
import type { Context } from '#platform/context.ts'
import type { NoticeSlip } from '#platform/documents/data/accountability.ts'
import type { Signature } from '#platform/documents/data/parts.ts'
import type { Documents } from '#platform/documents/documents.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { notFound } from '#platform/problem.ts'
import { bureauOf } from '#platform/settings.ts'
import { valueOn } from '#policy/parameter.ts'
import { basisText } from '#policy/sources.ts'
import { appealWithin, slipFrom, talkWithin } from '#policy/standing/parameters.ts'
import { idParams } from './standing-action.ts'

/** 《提示单》 as a printed form (domain 4.11). A draft has no number and is not printed. */
export function slipPdf(documents: Documents): AnyEndpoint {
  return endpoint({
    method: 'GET',
    path: '/console/slips/:id/slip.pdf',
    side: 'internal',
    summary: 'A signed notice slip as a printed form',
    permission: 'own.read',
    audit: 'slip.print',
    params: idParams,
    async handle(ctx, { params }) {
      const details = await viewSlip(ctx, params.id)
      if (!details.slip.no) throw notFound('slip')
      const data = await slipDocument(ctx, details)
      return {
        audit: { subjectKind: 'slip', subjectId: params.id },
        later: async () => ({
          file: await documents.render('notice-slip', data, data.issuedAt),
          type: 'application/pdf',
          name: `提示单-${details.slip.no}.pdf`,
        }),
      }
    },
  })
}

export async function slipDocument(ctx: Context, details: SlipDetails): Promise<NoticeSlip> {
  const { slip, person, lines } = details
  const bureau = await bureauOf(ctx)
  const signedAt = slip.signed_at as Temporal.Instant
  const day = signedAt.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const issuer = (await listUnits(ctx)).find((unit) => unit.kind === 'bureau') ?? (await findUnit(ctx, slip.unit_id))
  return {
    issuer: { bureau: bureau.nameZh, unit: '政治处', sealOf: bureau.nameZh, address: issuer?.address || undefined },
    number: slip.no as string,
    addressee: { name: person.name, number: person.policeNo, unit: person.unitZh },
    year: slip.year,
    slipOfYear: slip.nth - valueOn(slipFrom, day).value + 1,
    deductions: lines.map((line) => ({
      on: Temporal.PlainDate.from(line.on),
      caseNumber: line.caseNo,
      fact: line.factLine,
      clause: line.clause,
      unitPoints: `${line.unitPoints} 分`,
      officerPoints: `${line.officerPoints} 分`,
    })),
    reminder: slip.text.split('\n'),
    consequences: [`${slip.year}年度立功授奖和评优资格取消，至${slip.year}年12月31日。`],
    expectations: ['查找原因，写出改进打算，按期参加谈话。'],
    help: ['需要业务培训或者带教的，可以随时向单位提出。'],
    appeal: `对认定有异议的，可以在收到认定之日起${valueOn(appealWithin, day).value}个工作日内向没有参加过本案决定的人申诉。`,
    basis: basisText(valueOn(slipFrom, day).basis, 'zh'),
    signedBy: { name: details.signedBy ?? '', post: '分局领导' },
    issuedAt: signedAt,
    serveUntil: { day: Temporal.PlainDate.from(slip.serve_due_on) },
    signature: signatureOf(details),
    remark: slip.remark ?? undefined,
    plan: slip.plan ? slip.plan.split('\n') : undefined,
    talk: {
      until: {
        day: slip.talk_due_on
          ? Temporal.PlainDate.from(slip.talk_due_on)
          : day.add({ days: valueOn(talkWithin, day).value }),
      },
      heldAt: slip.talk_at ?? undefined,
      by: details.talkBy ?? undefined,
      result: slip.talk_result ?? undefined,
    },
    informed:
      slip.nth > valueOn(slipFrom, day).value ? `已告知纪检部门（${slip.year}年度第${slip.nth}次扣分）。` : undefined,
  }
}

/** Acknowledged under the own login, or refused before two people; until then there is a line to sign on. */
function signatureOf({ slip, refusedBefore, witness }: SlipDetails): Signature {
  if (slip.refused_note && refusedBefore && slip.witness)
    return { kind: 'witnessed', note: slip.refused_note, witnesses: [refusedBefore, witness ?? ''] }
  return { kind: 'paper' }
}
