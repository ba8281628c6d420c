import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { isBad, levelOfDigit } from '#policy/callback/levels.ts'
import { type Interval, type NonResponse, nonResponseBounds, wilson } from '#policy/statistics/share.ts'

/** Fewer answers than this are not shown to the unit they are about (b-24); the database never goes below it. */
export const smallestCell = 5

export type Withheld = 'few-answers' | 'whole-months-only' | 'answers-still-open'

export type Counts = {
  due: number
  sent: number
  delivered: number
  failed: number
  noPhone: number
  optedOut: number
  noAnswer: number
  unclear: number
  open: number
  /** Whoever had the chance to answer: a message left, or an answer came by the link. */
  asked: number
  answered: number
}

/** Answers by digit, 5 the best. */
export type LevelCounts = Record<1 | 2 | 3 | 4 | 5, number>

export type Funnel = Counts & {
  /** Answered of asked. */
  response: number | null
  withheld: Withheld | null
  /** Null when withheld. Satisfied are the three good levels (GB/T 39735: the last two are bad ratings). */
  satisfaction: {
    levels: LevelCounts
    satisfied: number
    bad: number
    nonResponse: NonResponse
    interval: Interval | null
  } | null
}

export type CallbackFunnel = { units: (Funnel & { unitId: string })[]; total: Funnel }

type Row = Record<
  | 'due'
  | 'sent'
  | 'delivered'
  | 'failed'
  | 'no_phone'
  | 'opted_out'
  | 'no_answer'
  | 'unclear'
  | 'open'
  | 'asked'
  | 'answered',
  number
> & {
  unit_id: string
  withheld: Withheld | null
} & Record<`level_${1 | 2 | 3 | 4 | 5}`, number | null>

/**
 * From finished matters to satisfied citizens, for each unit and in sum, over matters finished in [from, until). The
 * levels are null, with the reason, where they could tell a unit who was dissatisfied; the sum too, if any part is.
 */
export async function callbackFunnel(
  ctx: Context,
  period: { from: Temporal.PlainDate; until: Temporal.PlainDate; unitIds: readonly string[] },
): Promise<CallbackFunnel> {
  const { rows } = await sql<Row>`
    select * from callback.figures(${period.from}, ${period.until}, ${[...period.unitIds]}, ${dayOf(ctx.now)}, ${smallestCell})`.execute(
    ctx.db,
  )
  const cells = rows.map(cellOf)
  const withheld = cells.find((cell) => cell.withheld)?.withheld ?? null
  const total = funnelOf(
    cells.reduce((sum, { counts }) => addCounts(sum, counts), noCounts),
    withheld ? null : cells.reduce((sum, { levels }) => addLevels(sum, levels ?? noLevels), noLevels),
    withheld,
  )
  return {
    units: cells.map(({ unitId, counts, levels, withheld: why }) => ({ unitId, ...funnelOf(counts, levels, why) })),
    total,
  }
}

/** Shares, interval and non-response bounds of one cell. */
export function funnelOf(counts: Counts, levels: LevelCounts | null, withheld: Withheld | null): Funnel {
  const response = counts.asked === 0 ? null : counts.answered / counts.asked
  if (!levels || withheld) return { ...counts, response, withheld, satisfaction: null }
  const satisfied = digits
    .filter((digit) => !isBad(levelOfDigit(digit)!))
    .reduce((sum, digit) => sum + levels[digit], 0)
  return {
    ...counts,
    response,
    withheld: null,
    satisfaction: {
      levels,
      satisfied,
      bad: counts.answered - satisfied,
      nonResponse: nonResponseBounds({ sent: counts.asked, answered: counts.answered, satisfied }),
      interval: wilson(satisfied, counts.answered),
    },
  }
}

const digits = [1, 2, 3, 4, 5] as const
const noLevels: LevelCounts = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }
const noCounts: Counts = {
  due: 0,
  sent: 0,
  delivered: 0,
  failed: 0,
  noPhone: 0,
  optedOut: 0,
  noAnswer: 0,
  unclear: 0,
  open: 0,
  asked: 0,
  answered: 0,
}

function cellOf(row: Row): { unitId: string; counts: Counts; levels: LevelCounts | null; withheld: Withheld | null } {
  const { unit_id, withheld, due, sent, delivered, failed, unclear, open, asked, answered } = row
  const counts = {
    due,
    sent,
    delivered,
    failed,
    noPhone: row.no_phone,
    optedOut: row.opted_out,
    noAnswer: row.no_answer,
    unclear,
    open,
    asked,
    answered,
  }
  const levels = withheld
    ? null
    : { 1: row.level_1 ?? 0, 2: row.level_2 ?? 0, 3: row.level_3 ?? 0, 4: row.level_4 ?? 0, 5: row.level_5 ?? 0 }
  return { unitId: unit_id, counts, levels, withheld }
}

function addCounts(a: Counts, b: Counts): Counts {
  const sum = { ...a }
  for (const key of Object.keys(a) as (keyof Counts)[]) sum[key] = a[key] + b[key]
  return sum
}

function addLevels(a: LevelCounts, b: LevelCounts): LevelCounts {
  return { 1: a[1] + b[1], 2: a[2] + b[2], 3: a[3] + b[3], 4: a[4] + b[4], 5: a[5] + b[5] }
}
