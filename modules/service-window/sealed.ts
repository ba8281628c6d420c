import type { SealedTable } from '#platform/crypto/sealed-columns.ts'
import { citizenNoContext, phoneContext } from './contact.ts'
import { codeContext } from './query-code.ts'

export const matterTables: SealedTable[] = [
  {
    table: 'service_window.matter',
    id: 'id',
    columns: [
      { sealed: 'phone_sealed', context: phoneContext, index: { column: 'phone_index', kind: 'phone' } },
      {
        sealed: 'citizen_no_sealed',
        context: citizenNoContext,
        index: { column: 'citizen_no_index', kind: 'citizen_no' },
      },
      { sealed: 'query_code_sealed', context: codeContext },
    ],
    retention: 'matter.contact',
  },
]
