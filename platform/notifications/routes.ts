import { Type } from 'typebox'
import { systemActor } from '../actor.ts'
import type { Context } from '../context.ts'
import type { House } from '../house.ts'
import { type AnyEndpoint, endpoint, type Later } from '../http/endpoint.ts'
import { Problem } from '../problem.ts'
import { acceptDelivery, acceptInbound } from './receive.ts'
import { refusalOf, type Signed } from './signature.ts'

export type GatewayRoutesOptions = {
  house: House
  /** Valid secrets, the newest first. */
  secrets: readonly string[]
  /** The machine's clock: signatures are not judged by a clock that a demonstration has moved. */
  now?: () => Temporal.Instant
}

const signed = {
  timestamp: Type.Integer({ minimum: 0 }),
  nonce: Type.String({ pattern: '^[0-9A-Za-z_-]{16,64}$' }),
  signature: Type.String({ pattern: '^[0-9a-f]{64}$' }),
}
const unlogged = { unlogged: 'the message or receipt is kept itself, with what the gateway signed' }

/** The two calls of the gateway. They authenticate themselves by signature, time and nonce (T7). */
export function gatewayRoutes(options: GatewayRoutesOptions): AnyEndpoint[] {
  return [
    endpoint({
      method: 'POST',
      path: '/gateway/inbound',
      side: 'internal',
      summary: 'A text message from a citizen',
      permission: 'anyone',
      machine: true,
      audit: unlogged,
      body: Type.Object({
        ref: Type.String({ minLength: 1, maxLength: 100 }),
        phone: Type.String({ minLength: 1, maxLength: 30 }),
        text: Type.String({ maxLength: 2000 }),
        ...signed,
      }),
      handle: async (_ctx, { body, meta }) => {
        refuse(options, 'inbound', body, [body.ref, body.phone, body.text])
        const { timestamp, nonce, signature } = body
        return once(options, nonce, meta.requestId, async (ctx) => {
          await acceptInbound(ctx, {
            ref: body.ref,
            phone: body.phone,
            text: body.text,
            proof: { timestamp, nonce, signature },
          })
        })
      },
    }),
    endpoint({
      method: 'POST',
      path: '/gateway/delivery',
      side: 'internal',
      summary: 'What became of a message',
      permission: 'anyone',
      machine: true,
      audit: unlogged,
      body: Type.Object({
        id: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
        state: Type.Union([Type.Literal('delivered'), Type.Literal('failed')]),
        reason: Type.String({ maxLength: 200, default: '' }),
        ...signed,
      }),
      handle: async (_ctx, { body, meta }) => {
        refuse(options, 'delivery', body, [body.id, body.state, body.reason])
        return once(options, body.nonce, meta.requestId, (ctx) => acceptDelivery(ctx, body))
      },
    }),
  ]
}

function refuse(
  { secrets, now = Temporal.Now.instant }: GatewayRoutesOptions,
  kind: string,
  call: Signed,
  fields: string[],
): void {
  const refusal = refusalOf(secrets, kind, call, fields, now())
  if (refusal) throw new Problem(401, refusal)
}

/** Nonce and effect are one transaction: a repeated call is answered alike and does nothing. */
function once(
  options: GatewayRoutesOptions,
  nonce: string,
  requestId: string,
  work: (ctx: Context) => Promise<void>,
): Later {
  const { house, now = Temporal.Now.instant } = options
  const carryOut = () =>
    house.write(systemActor, requestId, async (ctx) => {
      if (await claimNonce(ctx, nonce, now())) await work(ctx)
    })
  return {
    later: async () => {
      await carryOut()
      return { json: { taken: true } }
    },
  }
}

async function claimNonce(ctx: Context, nonce: string, at: Temporal.Instant): Promise<boolean> {
  await ctx.db
    .deleteFrom('platform.gateway_nonce')
    .where('at', '<', at.subtract({ minutes: 15 }))
    .execute()
  const claimed = await ctx.db
    .insertInto('platform.gateway_nonce')
    .values({ nonce, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return claimed.numInsertedOrUpdatedRows === 1n
}
