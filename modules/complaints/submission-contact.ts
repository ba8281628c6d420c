import { type Context, dayOf } from '#platform/context.ts'
import { checkCitizenNumber } from '#policy/identity/citizen-number.ts'
import { checkPersonName } from '#policy/identity/person-name.ts'
import { checkPhone } from '#policy/identity/phone.ts'
import { cleanText } from '#policy/identity/text.ts'
import { identityContext } from './identity.ts'

export type ComplainantInput = { name?: string; phone?: string; citizenNo?: string; address?: string }
export type Complainant = {
  name: string | null
  phone: string | null
  citizenNo: string | null
  address: string | null
}

export const nobody: Complainant = { name: null, phone: null, citizenNo: null, address: null }

/** Reads who complains; what is wrong is added to `fields`, for all fields at once. */
export function checkComplainant(ctx: Context, input: ComplainantInput, fields: Record<string, string>): Complainant {
  const read = <T extends object>(field: keyof ComplainantInput, prefix: string, check: (text: string) => T) => {
    const typed = input[field]?.trim()
    if (!typed) return null
    const checked = check(typed)
    if (!('refused' in checked)) return checked as Exclude<T, { refused: string }>
    fields[field] = `${prefix}-${checked.refused}`
    return null
  }
  return {
    name: read('name', 'name', checkPersonName)?.name ?? null,
    phone: read('phone', 'phone', checkPhone)?.phone ?? null,
    citizenNo: read('citizenNo', 'citizen-number', (text) => checkCitizenNumber(text, dayOf(ctx.now)))?.number ?? null,
    address: read('address', 'text', (text) => cleanText(text, 200))?.text ?? null,
  }
}

/** May he be told? A name and a way to reach him (petition-regulations:23). */
export function isReachable({ name, phone, address }: Complainant): boolean {
  return name !== null && (phone !== null || address !== null)
}

/** Writes who complained, sealed to this submission and found by keyed indexes. Nobody reads it back from here. */
export async function keepComplainant(ctx: Context, submissionId: string, who: Complainant): Promise<void> {
  if (Object.values(who).every((value) => value === null)) return
  const seal = (column: Parameters<typeof identityContext>[0], value: string | null) =>
    value && ctx.seal.seal(value, identityContext(column, submissionId))
  await ctx.db
    .insertInto('complaints.complainant')
    .values({
      submission_id: submissionId,
      name_sealed: seal('name', who.name),
      phone_sealed: seal('phone', who.phone),
      phone_index: who.phone && ctx.seal.blindIndex('phone', who.phone),
      citizen_no_sealed: seal('citizen_no', who.citizenNo),
      citizen_no_index: who.citizenNo && ctx.seal.blindIndex('citizen_no', who.citizenNo),
      address_sealed: seal('address', who.address),
    })
    .execute()
}

/** A text without the name, the phone, the number and the address of whoever complained: what a register may show. */
export function withoutComplainant(text: string, who: Complainant): string {
  const telling = [who.name, who.address].filter((value) => value !== null && [...value].length > 1) as string[]
  const named = telling.reduce((rest, value) => rest.replaceAll(value, '〔投诉人〕'), text)
  const numbers = [who.phone, who.citizenNo].filter((value) => value !== null) as string[]
  // People write numbers with spaces and dashes between the digits.
  return numbers.reduce((rest, value) => rest.replace(spaced(value), '〔号码〕'), named)
}

function spaced(number: string): RegExp {
  return new RegExp([...number].map((character) => character.replace(/\W/, '\\$&')).join('[\\s\\-–—()（）]*'), 'giu')
}
