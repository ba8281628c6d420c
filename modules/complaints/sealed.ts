import type { SealedTable } from '#platform/crypto/sealed-columns.ts'
import { identityContext } from './identity.ts'
import { receiptContext } from './submission-code.ts'

const nameOf = (column: Parameters<typeof identityContext>[0]) => (submissionId: string) =>
  identityContext(column, submissionId)

/** Who complained, and the receipt that a complainant asks with. */
export const complaintTables: SealedTable[] = [
  {
    table: 'complaints.complainant',
    id: 'submission_id',
    columns: [
      { sealed: 'name_sealed', context: nameOf('name') },
      { sealed: 'phone_sealed', context: nameOf('phone'), index: { column: 'phone_index', kind: 'phone' } },
      {
        sealed: 'citizen_no_sealed',
        context: nameOf('citizen_no'),
        index: { column: 'citizen_no_index', kind: 'citizen_no' },
      },
      { sealed: 'address_sealed', context: nameOf('address') },
    ],
    retention: 'complaints',
  },
  {
    table: 'complaints.submission',
    id: 'id',
    columns: [{ sealed: 'receipt_sealed', context: receiptContext }],
    retention: 'complaints',
  },
  {
    table: 'complaints.online',
    id: 'id',
    columns: [
      { sealed: 'said_sealed', context: (id) => `complaints.online.said.${id}` },
      { sealed: 'receipt_sealed', context: (id) => `complaints.submission.receipt.${id}` },
    ],
    retention: 'complaints',
  },
]
