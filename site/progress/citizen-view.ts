import { sql } from 'kysely'
import { hashQueryCode, type NoticeContent, readNumber } from '#modules/service-window/index.ts'
import type { Context } from '#platform/context.ts'
import type { Status } from '#policy/service-window/lifecycle.ts'

/** What number and code together show of one matter (database function service_window.citizen_view). */
export type CitizenView = {
  id: string
  no: string
  status: Status
  applicant_name: string
  request: string
  item_code: string | null
  item_version_id: string | null
  received_at: string
  accepted_at: string | null
  acceptance_no: string | null
  due_on: string | null
  due_provisional: boolean
  due_basis: string | null
  finished_at: string | null
  outcome_reason: string | null
  outcome_can_do: string | null
  receiver_name: string | null
  receiver_phone: string | null
  visits: number
  unit_id: string
  handling_unit_id: string
  officer: { name: string; police_no: string; phone: string }
  extension: { days: number; reason: string; new_due_on: string } | null
  notices: { id: string; no: string; issued_at: string; content: NoticeContent }[]
}

/**
 * The matter of a number and its code, or null. A number that does not exist and a code that does not fit take the same way:
 * the code is hashed and the database asked once, whatever was typed.
 */
export async function citizenView(ctx: Context, typedNumber: string, typedCode: string): Promise<CitizenView | null> {
  const number = queryNumber(typedNumber)
  const hash = hashQueryCode(ctx, typedCode.slice(0, 100))
  const found = await sql<{
    found: CitizenView | null
  }>`select service_window.citizen_view(${number}, ${hash}) as found`.execute(ctx.db)
  return found.rows[0]?.found ?? null
}

/** Numbers as people copy them: full width, lower case, with spaces, another dash, or the whole address of the page. */
export function queryNumber(typed: string): string {
  const text = typed.slice(0, 300)
  const read = isEscapedWell(text) ? readNumber(text) : text.normalize('NFKC')
  // A number is Latin letters, digits and one hyphen; what else looks like a hyphen or separates is the writer's own.
  return read
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212\u30FC]/gu, '-')
    .replace(/[^0-9A-Z-]/g, '')
    .slice(0, 60)
}

function isEscapedWell(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
