import type { SealedTable } from '#platform/crypto/sealed-columns.ts'
import { optOutContext, phoneContext, tokenContext } from './link.ts'

const index = { column: 'phone_index', kind: 'phone' }

export const callbackTables: SealedTable[] = [
  {
    table: 'callback.callback',
    id: 'id',
    columns: [
      { sealed: 'phone_sealed', context: phoneContext, index },
      { sealed: 'token_sealed', context: tokenContext },
    ],
    retention: 'callback.words',
  },
  {
    table: 'callback.opt_out',
    id: 'inbound_id',
    columns: [{ sealed: 'phone_sealed', context: optOutContext, index }],
    retention: 'optOut',
  },
]
