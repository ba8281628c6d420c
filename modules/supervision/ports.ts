import type { Context } from '#platform/context.ts'

/**
 * What supervision asks of others. The composition passes these in, so that this area imports none that it serves.
 */

/** Puts the second question to the citizen behind an order, after round `round` was answered (CB07). */
export type AskSecondOpinion = (
  ctx: Context,
  about: { orderId: string; round: number; sourceId: string },
) => Promise<void>

/** The citizen behind a reply, for an officer who may call. It refuses on its own when it holds no consent. */
export type RevealCitizen = (ctx: Context, about: { sourceId: string }) => Promise<{ phone: string | null }>
