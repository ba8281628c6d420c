import { may } from '#platform/actor.ts'
import type { Context } from '#platform/context.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { words } from '#platform/typed.ts'
import { findNotice } from './issue-notice.ts'
import { findMatter } from './matter-store.ts'

export type Stroke = { x: number; y: number }[]
export type SignatureInput =
  | { kind: 'drawn'; width: number; height: number; strokes: Stroke[] }
  | { kind: 'paper' }
  | { kind: 'witnessed_mark' | 'declined'; witness: string }

const maxPoints = 20_000

/** The citizen acknowledges the notice: by drawing, on the printed paper, or before a witness (R48, R58). Once. */
export async function signNotice(ctx: Context, noticeId: string, input: SignatureInput): Promise<void> {
  const notice = await findNotice(ctx, noticeId)
  const matter = await findMatter(ctx, notice.matter_id)
  if (!may(ctx.actor, 'matter.work', matter.handling_unit_id) && ctx.actor.personId !== matter.holder_id)
    throw new Problem(403, 'not-permitted')
  if (notice.status !== 'issued') throw new Problem(409, 'wrong-state')
  if (notice.signature) throw new Problem(409, 'already-signed')
  const data = checkedData(input)
  await ctx.db
    .updateTable('service_window.notice')
    .set({ signature: input.kind, signature_data: JSON.stringify(data), signed_at: ctx.now })
    .where('id', '=', noticeId)
    .execute()
}

function checkedData(input: SignatureInput): object {
  if (input.kind === 'paper') return {}
  if (input.kind !== 'drawn') {
    return { witness: words('witness', input.witness, 100) }
  }
  if (!Array.isArray(input.strokes) || !input.strokes.every(isStroke)) throw invalid({ strokes: 'malformed' })
  const points = input.strokes.flat()
  if (points.length < 2) throw invalid({ strokes: 'signature-empty' })
  const size = (n: number) => Number.isFinite(n) && n >= 10 && n <= 4000
  const inside = ({ x, y }: { x: number; y: number }) =>
    Number.isFinite(x) && Number.isFinite(y) && x >= -50 && y >= -50 && x <= input.width + 50 && y <= input.height + 50
  if (points.length > maxPoints || !size(input.width) || !size(input.height) || !points.every(inside))
    throw invalid({ strokes: 'malformed' })
  const round = (n: number) => Math.round(n * 10) / 10
  return {
    width: round(input.width),
    height: round(input.height),
    strokes: input.strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: round(x), y: round(y) }))),
  }
}

function isStroke(stroke: unknown): stroke is Stroke {
  return (
    Array.isArray(stroke) &&
    stroke.every(
      (point) =>
        typeof point === 'object' && point !== null && typeof point.x === 'number' && typeof point.y === 'number',
    )
  )
}
