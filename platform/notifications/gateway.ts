/** One text message as the gateway gets it. `id` is ours and the key of idempotency: the same id twice is one message. */
export type OutgoingMessage = { id: string; phone: string; body: string }

/**
 * `refused` says that nothing was taken: busy, down, over the limit. `forever` says that trying again is of no use (no
 * such number). Anything that leaves it open whether the message was taken is thrown.
 */
export type SendResult = { ref: string } | { refused: string; forever?: true }

/** What the gateway knows of our id. 'unknown' means that it never saw it, not that it is unsure: then it throws. */
export type GatewayState = 'unknown' | 'accepted' | 'delivered' | 'failed'

export type Receipt = { id: string; state: 'delivered' | 'failed'; reason?: string }

export type MessageGateway = {
  name: string
  /** True where no telephone rings. Pages say so. */
  simulated: boolean
  send(message: OutgoingMessage): Promise<SendResult>
  stateOf(id: string): Promise<GatewayState>
  /** For gateways that are asked for receipts instead of bringing them. */
  receipts?(): Promise<Receipt[]>
}
