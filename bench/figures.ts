export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

/** Three figures that mean something: 0.0123, 4.56, 789. */
export function short(value: number): string {
  if (value === 0) return '0'
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))
}

/** Milliseconds of each of `times` runs. */
export async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let n = 0; n < times; n += 1) {
    const from = performance.now()
    await work()
    taken.push(performance.now() - from)
  }
  return taken
}
