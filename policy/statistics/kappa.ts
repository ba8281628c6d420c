import { type Interval, wilson } from './share.ts'

/** `kappa` null: both used one category only, so that chance explains everything and nothing can be said. */
export type Kappa = { n: number; observed: number | null; kappa: number | null; interval: Interval | null }

const z = 1.959963984540054

/**
 * Cohen's kappa of a square table (rows: first coder, columns: second; cohen-1960) with its 95 % interval from the
 * large-sample standard error (fleiss-1969). Complete agreement has no standard error; there the lower end comes from
 * Wilson's interval of the observed agreement, so that three cases do not look certain.
 */
export function cohenKappa(table: readonly (readonly number[])[]): Kappa {
  const size = table.length
  const cell = (row: number, column: number) => table[row]?.[column] ?? Number.NaN
  const places = Array.from({ length: size }, (_, place) => place)
  const n = sum(places.flatMap((row) => places.map((column) => cell(row, column))))
  if (!Number.isInteger(n) || n < 0 || table.some((row) => row.length !== size)) throw new RangeError('not a table')
  if (n === 0) return { n, observed: null, kappa: null, interval: null }
  const rows = places.map((row) => sum(places.map((column) => cell(row, column))) / n)
  const columns = places.map((column) => sum(places.map((row) => cell(row, column))) / n)
  const agreed = sum(places.map((place) => cell(place, place)))
  const observed = agreed / n
  const expected = sum(places.map((place) => at(rows, place) * at(columns, place)))
  if (1 - expected < 1e-12) return { n, observed, kappa: null, interval: null }
  const kappa = (observed - expected) / (1 - expected)
  if (agreed === n) {
    const low = (wilson(n, n)!.low - expected) / (1 - expected)
    return { n, observed, kappa, interval: { low: Math.max(-1, low), high: 1 } }
  }
  const half = z * Math.sqrt(Math.max(0, variance()))
  return { n, observed, kappa, interval: { low: Math.max(-1, kappa - half), high: Math.min(1, kappa + half) } }

  function variance(): number {
    const own = places.map(
      (i) => (cell(i, i) / n) * (1 - expected - (at(rows, i) + at(columns, i)) * (1 - observed)) ** 2,
    )
    const others = places.flatMap((i) =>
      places
        .filter((j) => j !== i)
        .map((j) => (cell(i, j) / n) * (at(columns, i) + at(rows, j)) ** 2 * (1 - observed) ** 2),
    )
    const correction = (observed * expected - 2 * expected + observed) ** 2
    return (sum(own) + sum(others) - correction) / (n * (1 - expected) ** 4)
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function at(numbers: readonly number[], place: number): number {
  return numbers[place] ?? Number.NaN
}
