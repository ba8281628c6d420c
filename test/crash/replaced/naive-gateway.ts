import type { MessageGateway } from '#platform/notifications/gateway.ts'
import { createHttpGateway as careful, type HttpGatewayOptions } from '#platform/notifications/http-gateway.ts'

/** The control: whoever hears nothing sends again, up to three times. */
export function createHttpGateway(options: HttpGatewayOptions): MessageGateway {
  const gateway = careful(options)
  const send: MessageGateway['send'] = (message) =>
    gateway
      .send(message)
      .catch(() => gateway.send(message))
      .catch(() => gateway.send(message))
  return { ...gateway, send }
}
