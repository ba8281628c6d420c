import { exactShare } from '#policy/statistics/rate-ratio.ts'

/** Cases per 1,000 matters served with the exact 95 % interval (R130); null where nothing was served: no rate without exposure. */
export function perThousand(cases: number, served: number): { value: number; low: number; high: number } | null {
  if (served <= 0 || cases > served) return null
  const { low, high } = exactShare(cases, served)
  return { value: (cases / served) * 1000, low: low * 1000, high: high * 1000 }
}
