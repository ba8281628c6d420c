import { type Context, dayOf } from '#platform/context.ts'
import { invalid } from '#platform/problem.ts'
import { checkCitizenNumber, maskCitizenNumber } from '#policy/identity/citizen-number.ts'
import { checkPersonName } from '#policy/identity/person-name.ts'
import { checkPhone, maskPhone } from '#policy/identity/phone.ts'
import { cleanText } from '#policy/identity/text.ts'

export type ContactInput = { name: string; phone?: string; citizenNo?: string; request: string }
export type CheckedContact = { name: string; phone: string | null; citizenNo: string | null; request: string }

/** Checks what was typed at reception; every wrong field is named at once, in codes that the screen puts into words. */
export function checkContact(ctx: Context, input: ContactInput): CheckedContact {
  const fields: Record<string, string> = {}
  const name = checkPersonName(input.name)
  if ('refused' in name) fields.name = `name-${name.refused}`
  const phone = input.phone?.trim() ? checkPhone(input.phone) : null
  if (phone && 'refused' in phone) fields.phone = `phone-${phone.refused}`
  const citizenNo = input.citizenNo?.trim() ? checkCitizenNumber(input.citizenNo, dayOf(ctx.now)) : null
  if (citizenNo && 'refused' in citizenNo) fields.citizenNo = `citizen-number-${citizenNo.refused}`
  const request = cleanText(input.request, 500)
  if ('refused' in request) fields.request = `text-${request.refused}`
  else if (request.text === '') fields.request = 'required'
  if (Object.keys(fields).length > 0) throw invalid(fields)
  return {
    name: (name as { name: string }).name,
    phone: phone ? (phone as { phone: string }).phone : null,
    citizenNo: citizenNo ? (citizenNo as { number: string }).number : null,
    request: (request as { text: string }).text,
  }
}

export const phoneContext = (matterId: string) => `service_window.matter.phone.${matterId}`
export const citizenNoContext = (matterId: string) => `service_window.matter.citizen_no.${matterId}`

/** Phone and citizen number as columns: sealed to this row, found by a keyed index, shown masked (domain.md 3.8). */
export function sealedContact(
  ctx: Context,
  matterId: string,
  { phone, citizenNo }: Pick<CheckedContact, 'phone' | 'citizenNo'>,
) {
  return {
    phone_sealed: phone && ctx.seal.seal(phone, phoneContext(matterId)),
    phone_index: phone && ctx.seal.blindIndex('phone', phone),
    phone_masked: phone && maskPhone(phone),
    citizen_no_sealed: citizenNo && ctx.seal.seal(citizenNo, citizenNoContext(matterId)),
    citizen_no_index: citizenNo && ctx.seal.blindIndex('citizen_no', citizenNo),
    citizen_no_masked: citizenNo && maskCitizenNumber(citizenNo),
  }
}

export function openPhone(ctx: Context, matter: { id: string; phone_sealed: string | null }): string | null {
  return matter.phone_sealed && ctx.seal.open(matter.phone_sealed, phoneContext(matter.id))
}

export function openCitizenNo(ctx: Context, matter: { id: string; citizen_no_sealed: string | null }): string | null {
  return matter.citizen_no_sealed && ctx.seal.open(matter.citizen_no_sealed, citizenNoContext(matter.id))
}
