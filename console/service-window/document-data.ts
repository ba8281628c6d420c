import { findUnit } from '#modules/directory/index.ts'
import {
  assessMatter,
  basisInWords,
  type MatterView,
  openCode,
  queryLink,
  type Stroke,
  sealOf,
  supervisionPhones,
} from '#modules/service-window/index.ts'
import type { Context } from '#platform/context.ts'
import type { Signature, Supervision } from '#platform/documents/data/parts.ts'
import type { AcceptanceReceipt, RefusalNotice } from '#platform/documents/data/window.ts'
import { Problem } from '#platform/problem.ts'
import { bureauOf } from '#platform/settings.ts'
import type { Answers } from '#policy/registration/item.ts'
import { feeFor } from '#policy/registration/requirements.ts'
import { matterWords } from './words.ts'

// Documents are Chinese, which binds; a page may speak English, a document never does.
const _words = matterWords('zh')

type Signed = { signature: string | null; signature_data: unknown; signed_at: unknown }

/** How the citizen acknowledged, as it is printed; an empty line to sign on while nobody has. */
export function printedSignature({ signature, signature_data, signed_at }: Signed): Signature {
  const data = signature_data as { width: number; height: number; strokes: Stroke[]; witness: string } | null
  if (signature === 'drawn' && data) {
    const strokes = data.strokes
      .filter((stroke) => stroke.length > 0)
      .map((stroke) => ({ path: pathOf(stroke), width: 2.2 }))
    return { kind: 'drawn', width: data.width, height: data.height, strokes, at: signed_at as Temporal.Instant }
  }
  if (signature === 'witnessed_mark' && data)
    return { kind: 'witnessed', note: '申请人按指印确认', witnesses: [data.witness] }
  if (signature === 'declined' && data)
    return { kind: 'witnessed', note: '申请人拒绝签收，已当面宣读并交付', witnesses: [data.witness] }
  return { kind: 'paper' }
}

/** A dot is a stroke of one point: drawn as the shortest line. */
function pathOf(stroke: Stroke): string {
  const [first, ...rest] = stroke
  if (!first) return ''
  const onward = rest.length > 0 ? rest : [{ x: first.x + 0.5, y: first.y }]
  return `M${first.x} ${first.y}${onward.map(({ x, y }) => `L${x} ${y}`).join('')}`
}

/** What every document of a matter has at its head and foot. */
async function shared(ctx: Context, view: MatterView) {
  const { matter, firstOfficer } = view
  const bureau = await bureauOf(ctx)
  const unit = await findUnit(ctx, matter.handling_unit_id)
  const { version, assessment, checks } = await assessMatter(ctx, matter)
  const supervision: Supervision = {
    phones: supervisionPhones(bureau, unit?.supervisionPhone ?? '', {
      zh: unit?.nameZh ?? '',
      en: unit?.nameEn ?? '',
    }).map((phone) => ({ name: phone.label.zh, number: phone.number })),
  }
  const number = matter.acceptance_no ?? matter.no
  const code = openCode(ctx, matter)
  return {
    version,
    assessment,
    checks,
    parts: {
      issuer: {
        bureau: bureau.nameZh,
        unit: unit?.nameZh ?? '',
        address: unit?.address || undefined,
        sealOf: await sealOf(ctx, bureau, unit),
      },
      number,
      query: { link: queryLink(bureau, number, code), code: code.replace(/^(.{4})(.{4})$/, '$1-$2') },
      applicant: { name: matter.applicant_name, phoneMasked: matter.phone_masked ?? undefined },
      item: {
        name: version.content.name.zh,
        code: version.itemCode,
        version: `第${version.number}版`,
        versionDate: Temporal.PlainDate.from(version.from),
      },
      officer: {
        name: firstOfficer.name,
        number: firstOfficer.policeNo,
        phone: firstOfficer.phone || unit?.phone || undefined,
      },
      supervision,
      basis: basisInWords(version.content.basis),
      signature: { kind: 'paper' as const },
    },
  }
}

/** The receipt as it was at acceptance: an extension granted later does not change what was promised then. */
export async function receiptDocument(ctx: Context, view: MatterView): Promise<AcceptanceReceipt> {
  const { matter, extension } = view
  if (!matter.accepted_at || !matter.due_on) throw new Problem(409, 'wrong-state')
  const { version, assessment, checks, parts } = await shared(ctx, view)
  const { content } = version
  const fee = feeFor(content, matter.answers as Answers)
  return {
    ...parts,
    materials: assessment.required
      .filter((material) => material.toBring)
      .map((material) => ({
        name: material.name.zh,
        original: material.original,
        copies: material.copies,
        note: checks.some((check) => check.code === material.code && check.mended) ? '已当场补正' : undefined,
      })),
    acceptedAt: matter.accepted_at as Temporal.Instant,
    due: {
      day: Temporal.PlainDate.from(extension?.approved ? extension.oldDueOn : matter.due_on),
      limit: content.promisedLimit.text.zh,
      provisional: matter.due_provisional ? '所跨年度的放假安排尚未公布，公布后如有变动将告知您' : undefined,
    },
    fee: 'refused' in fee ? content.fee.text.zh : fee.text.zh,
    delivery: content.delivery.zh,
  }
}

export async function refusalDocument(ctx: Context, view: MatterView): Promise<RefusalNotice> {
  const { matter } = view
  if (matter.status !== 'refused' || !matter.finished_at) throw new Problem(409, 'wrong-state')
  const { parts } = await shared(ctx, view)
  const lines = (text: string | null) => (text ?? '').split('\n').filter((part) => part.trim() !== '')
  return {
    ...parts,
    kind: matter.accepted_at ? 'not-granted' : 'not-accepted',
    requestedAt: matter.received_at as Temporal.Instant,
    reasons: lines(matter.outcome_reason),
    whatYouCanDo: lines(matter.outcome_can_do),
    remedies: ['对本告知有异议的，可以向本单位或者分局反映，也可以拨打下列监督电话。'],
    issuedAt: matter.finished_at as Temporal.Instant,
  }
}
