import type { SealedTable } from '../crypto/sealed-columns.ts'
import { demoContext } from './demo-gateway.ts'
import { phoneContext } from './enqueue-message.ts'
import { inboundPhoneContext, proofContext } from './receive.ts'

const index = { column: 'phone_index', kind: 'phone' }

export const messageTables: SealedTable[] = [
  {
    table: 'platform.outbound_message',
    id: 'id',
    columns: [{ sealed: 'phone_sealed', context: phoneContext, index }],
    retention: 'message.sent',
  },
  {
    table: 'platform.inbound_message',
    id: 'id',
    columns: [
      { sealed: 'phone_sealed', context: inboundPhoneContext, index },
      { sealed: 'proof_sealed', context: proofContext },
    ],
    retention: 'message.received',
  },
  {
    table: 'platform.demo_phone',
    id: 'id',
    columns: [{ sealed: 'phone_sealed', context: demoContext, index }],
    retention: 'demo.telephone',
  },
]
