import type { Interval } from './share.ts'

const maxDecimals = 8

/**
 * A fraction as a percentage with `decimals` places, without the sign. Where rounding would carry the figure onto or
 * across a line, places are added until it stays on its own side (A1: 89.96 is shown as 89.96, not as 90.0). The ends
 * 0 and 1 always count as lines; further lines such as 0.9 and 0.7 are given by the caller.
 */
export function percentText(fraction: number, decimals: number, lines: readonly number[] = []): string {
  if (!Number.isFinite(fraction)) throw new RangeError(`not a fraction: ${fraction}`)
  const guarded = [0, 1, ...lines]
  for (let places = decimals; places < maxDecimals; places += 1) {
    const text = fixed(fraction, places)
    if (guarded.every((line) => sameSide(fraction, Number(text), line))) return text
  }
  return String(fraction * 100)
}

/** `23.7–99.8`, both ends with the same places. */
export function intervalText(interval: Interval, decimals: number): string {
  return `${percentText(interval.low, decimals)}–${percentText(interval.high, decimals)}`
}

function fixed(fraction: number, places: number): string {
  const text = (fraction * 100).toFixed(places)
  return Number(text) === 0 ? text.replace('-', '') : text
}

function sameSide(fraction: number, shown: number, line: number): boolean {
  // The line in per cent is rounded to what its own digits say: 0.07 * 100 is 7.000000000000001.
  const lineShown = Number((line * 100).toFixed(6))
  return Math.sign(fraction - line) === Math.sign(shown - lineShown)
}
