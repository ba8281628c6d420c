import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Three fields that every call between platform and gateway carries beside its content. */
export type Signed = { timestamp: number; nonce: string; signature: string }

/** Seconds by which the clocks of both sides may differ (T7). */
export const callWindowSeconds = 300

/**
 * HMAC-SHA256, hex, over lines: kind, timestamp, nonce, then the SHA-256 of each field in its stated order. Hashing the
 * fields one by one leaves no doubt where one ends, whatever they contain, and is easy in every language.
 */
export function signFields(
  secret: string,
  kind: string,
  timestamp: number,
  nonce: string,
  fields: readonly string[],
): string {
  const lines = [
    kind,
    String(timestamp),
    nonce,
    ...fields.map((field) => createHash('sha256').update(field).digest('hex')),
  ]
  return createHmac('sha256', secret).update(lines.join('\n')).digest('hex')
}

/** Null when the call is genuine and fresh. `secrets` are the valid ones, so that a key can be changed without a gap. */
export function refusalOf(
  secrets: readonly string[],
  kind: string,
  call: Signed,
  fields: readonly string[],
  now: Temporal.Instant,
): 'bad-signature' | 'stale-call' | null {
  const genuine = secrets.some((secret) =>
    same(signFields(secret, kind, call.timestamp, call.nonce, fields), call.signature),
  )
  if (!genuine) return 'bad-signature'
  return Math.abs(now.epochMilliseconds / 1000 - call.timestamp) <= callWindowSeconds ? null : 'stale-call'
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}
