/** What several documents share. Moments are printed in Shanghai time, days as 2026年11月23日; absent fields as 「—」. */

/** Who issues. `sealOf` is the name over the place for the seal; without it no such place is printed. */
export type Issuer = { bureau: string; unit: string; address?: string; sealOf?: string }

/** `phone` is the one for questions about this matter. */
export type Officer = { name: string; number: string; phone?: string }

/** Means of supervision (R46 f): at least one phone. */
export type Supervision = { phones: { name: string; number: string }[]; window?: string; link?: string }

/** The citizen's own page. `link` goes into the QR code and is printed; `code` is typed when it cannot be scanned. */
export type Query = { link: string; code: string }

export type Applicant = { name: string; phoneMasked?: string }

/**
 * How the citizen acknowledged. `drawn`: strokes as SVG path data in a box of `width` × `height`.
 * `paper`: an empty line to sign on. `witnessed`: could not or would not sign, and who saw it.
 */
export type Signature =
  | { kind: 'drawn'; width: number; height: number; strokes: { path: string; width: number }[]; at?: Temporal.Instant }
  | { kind: 'paper' }
  | { kind: 'witnessed'; note: string; witnesses: string[] }

/** A last day. `provisional` says in words why it may still move (a year whose holidays are not announced). */
export type LastDay = { day: Temporal.PlainDate; provisional?: string }

/** Who handed a document over and when; until then the form has a line to fill in by hand. */
export type Served = { by: Officer; at: Temporal.Instant; place?: string }
