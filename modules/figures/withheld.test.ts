import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillCallbacks } from '#console/figures/pages-testing.ts'
import { callbackFunnel } from '#modules/callback/index.ts'
import type { Actor } from '#platform/actor.ts'
import { freshDatabase } from '#platform/db/fresh-database.ts'
import { aBureau } from '#test/fixtures/bureau.ts'
import { figureScope, monthlyTrend } from './index.ts'

const prime = 1_000_003
/** Rows over the cells (unit, month) of what was published; is a cell a combination of rows? Exact, modulo a prime. */
function recoverable(published: readonly (readonly number[])[], cells: number): number[] {
  const rows = published.map((row) => [...row])
  const inverse = (a: number) => {
    let [result, base, power] = [1n, BigInt(a), BigInt(prime - 2)]
    for (; power > 0n; power >>= 1n, base = (base * base) % BigInt(prime))
      if (power & 1n) result = (result * base) % BigInt(prime)
    return Number(result)
  }
  const pivots: number[] = []
  for (let column = 0; column < cells; column++) {
    const at = rows.findIndex((row, index) => index >= pivots.length && row[column] !== 0)
    if (at < 0) continue
    const here = pivots.length
    ;[rows[here], rows[at]] = [rows[at]!, rows[here]!]
    const scale = inverse(rows[here]![column]!)
    rows[here] = rows[here]!.map((value) => (value * scale) % prime)
    for (const [index, row] of rows.entries()) {
      const factor = row[column]!
      if (index === here || factor === 0) continue
      rows[index] = row.map((value, at) => (((value - factor * rows[here]![at]!) % prime) + prime) % prime)
    }
    pivots.push(column)
  }
  return pivots.filter((column, row) => rows[row]!.every((value, at) => value === (at === column ? 1 : 0)))
}

test('the attack finds a cell that a sum and its other part give away', () => {
  assert.deepEqual(
    recoverable(
      [
        [1, 1, 0],
        [0, 1, 0],
      ],
      3,
    ),
    [0, 1],
  )
  assert.deepEqual(
    recoverable(
      [
        [1, 1, 0],
        [0, 1, 1],
      ],
      3,
    ),
    [],
  )
})

test('from everything a head may ever see, no cell of one to four answers can be worked out by subtraction', async (t) => {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  const { eastWindow, east } = bureau.units
  const months = ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11']
  const answers: Record<string, number[]> = { [eastWindow]: [12, 3, 8, 0, 6, 5, 9], [east]: [7, 9, 2, 5, 0, 4, 1] }
  const cells = [eastWindow, east].flatMap((unitId) => months.map((month) => ({ unitId, month })))
  for (const [at, { unitId, month }] of cells.entries()) {
    const n = answers[unitId]![at % months.length]!
    const levels = Array.from({ length: n }, (_, index) => 1 + ((index + at) % 5))
    await fillCallbacks(
      { admin: db.admin, bureau },
      { unitId, on: `${month}-15`, levels, silent: 2, counted: at % 2 === 0 },
    )
  }
  const small = cells.flatMap(({ unitId, month }, at) => {
    const n = answers[unitId]![months.indexOf(month)]!
    return n > 0 && n < 5 ? [at] : []
  })
  assert.equal(small.length, 4)

  const gathered = await everythingShown(db, bureau.actors.head, months, cells)
  const given = recoverable(gathered, cells.length)
  assert.ok(given.length > 4, 'the head does see what harms nobody')
  assert.deepEqual(
    given.filter((at) => small.includes(at)),
    [],
  )

  const byLeader = await everythingShown(db, bureau.actors.leader, months, cells)
  assert.deepEqual(
    recoverable(byLeader, cells.length).filter((at) => small.includes(at)),
    small,
    'the leader sees them all',
  )
})

type Cell = { unitId: string; month: string }

/** Asks for every scope and every span of whole and broken months; each answer is a row over the cells it adds up. */
async function everythingShown(
  db: Awaited<ReturnType<typeof freshDatabase>>,
  who: Actor,
  months: readonly string[],
  cells: readonly Cell[],
): Promise<number[][]> {
  const rows: number[][] = []
  const rowOf = (unitIds: readonly string[], from: string, until: string) =>
    cells.map(({ unitId, month }) =>
      unitIds.includes(unitId) && `${month}-15` >= from && `${month}-15` < until ? 1 : 0,
    )
  const edges = [...months.map((month) => `${month}-01`), '2026-06-10', '2026-08-16', '2026-10-10'].sort()
  await db.as(who, async (ctx) => {
    const whole = await figureScope(ctx)
    const scopes = [whole]
    for (const unit of whole.choices) scopes.push(await figureScope(ctx, unit.id))
    for (const { unitIds } of scopes) {
      for (const [at, from] of edges.entries()) {
        for (const until of [...edges.slice(at + 1), '2026-12-01']) {
          const period = { from: Temporal.PlainDate.from(from), until: Temporal.PlainDate.from(until) }
          const { units, total } = await callbackFunnel(ctx, { ...period, unitIds })
          for (const unit of units) if (unit.satisfaction) rows.push(rowOf([unit.unitId], from, until))
          if (total.satisfaction) rows.push(rowOf(unitIds, from, until))
        }
      }
      for (const { month, rated } of await monthlyTrend(ctx, unitIds)) {
        const from = month.toPlainDate({ day: 1 })
        if (rated.satisfied) rows.push(rowOf(unitIds, from.toString(), from.add({ months: 1 }).toString()))
      }
    }
  })
  return rows
}
