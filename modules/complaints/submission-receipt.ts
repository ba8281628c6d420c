import { sql } from 'kysely'
import { type Context, dayOf } from '#platform/context.ts'
import { notFound } from '#platform/problem.ts'
import { receiptOpenFor } from '#policy/complaints/intake.ts'
import type { Channel, Department } from '#policy/complaints/lists.ts'
import { maskPhone } from '#policy/identity/phone.ts'
import { valueOn } from '#policy/parameter.ts'
import { identityContext } from './identity.ts'
import { openReceiptCode } from './submission-code.ts'

export type Receipt = {
  submissionId: string
  caseNo: string
  channel: Channel
  department: Department
  receivedAt: Temporal.Instant
  takenAt: Temporal.Instant
  code: string
  name: string | null
  phoneMasked: string | null
  anonymous: boolean
  confidential: boolean
  reachable: boolean
  noticeDueOn: string
  noticeProvisional: boolean
  files: string[]
}

type Row = Omit<Receipt, 'code' | 'name' | 'phoneMasked'> & {
  codeSealed: string
  nameSealed: string | null
  phoneSealed: string | null
}

/** The receipt, for whoever took the complaint down and for a short while; for anybody else it is not there. */
export async function openReceipt(ctx: Context, submissionId: string): Promise<Receipt> {
  const minutes = valueOn(receiptOpenFor, dayOf(ctx.now)).value
  const { rows } = await sql<Row>`select submission_id as "submissionId", case_no as "caseNo", channel, department,
      received_at as "receivedAt", taken_at as "takenAt", receipt_sealed as "codeSealed", name_sealed as "nameSealed", phone_sealed as "phoneSealed", anonymous, confidential,
      reachable, notice_due_on as "noticeDueOn", notice_provisional as "noticeProvisional", files
    from complaints.receipt_of(${submissionId}, ${ctx.now.subtract({ minutes })})`.execute(ctx.db)
  const [found] = rows
  if (!found) throw notFound('receipt')
  const { codeSealed, nameSealed, phoneSealed, ...rest } = found
  return {
    ...rest,
    code: openReceiptCode(ctx, submissionId, codeSealed),
    name: nameSealed && ctx.seal.open(nameSealed, identityContext('name', submissionId)),
    phoneMasked: phoneSealed && maskPhone(ctx.seal.open(phoneSealed, identityContext('phone', submissionId))),
  }
}
