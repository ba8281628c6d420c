import type { Context } from '#platform/context.ts'

/** A dissatisfied reply opens an order of supervision (R53). The text never tells who was dissatisfied. */
export type NewOrder = {
  sourceKind: 'callback'
  sourceId: string
  concernedPersonId: string
  concernedUnitId: string
  problem: string
  requirement: string
  /** When the reply was received: the clock of R53 starts here (A9). */
  startedAt: Temporal.Instant
  contactConsent: boolean | null
}

/** What the call-back needs of supervision, handed in by main.ts: supervision schedules questions, so neither imports the other. */
export type CallbackPorts = {
  openOrder(ctx: Context, order: NewOrder): Promise<{ id: string; no: string; dueOn: Temporal.PlainDate }>
  /** The citizen's second opinion about round `round` of an order. `level` is the digit, 5 the best. */
  recordSecondOpinion(
    ctx: Context,
    opinion: { orderId: string; round: number; level: number; at: Temporal.Instant },
  ): Promise<unknown>
  /** The citizen allowed or forbade to be contacted, after the order was opened. */
  noteConsent(ctx: Context, note: { sourceId: string; consent: boolean }): Promise<void>
}
