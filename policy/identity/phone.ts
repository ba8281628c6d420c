import { compact } from './characters.ts'

export type Phone = { phone: string; kind: 'mobile' | 'landline' }

export type PhoneRefusal =
  | 'empty'
  | 'characters'
  | 'not-mainland'
  | 'length'
  | 'not-a-mobile-number'
  | 'area-code-missing'
  | 'service-number'

const separators = /[-\u2010-\u2015\u2212().·]/gu

/**
 * Reads a mainland telephone number. A mobile number comes back as eleven digits, a landline as area code and number
 * without separators. Prefixes +86, 0086 and 86 are dropped. Only a mobile number can receive a call-back (R52).
 */
export function checkPhone(text: string): Phone | { refused: PhoneRefusal } {
  const typed = compact(text).replace(separators, '')
  if (typed === '') return { refused: 'empty' }
  if (!/^\+?\d+$/.test(typed)) return { refused: 'characters' }
  const national = withoutCountry(typed)
  if (national === undefined) return { refused: 'not-mainland' }
  return readMobile(national) ?? readLandline(national) ?? { refused: whyRefused(national) }
}

/** 138****5678; a landline keeps its area code and the last four digits. Anything else is hidden whole. */
export function maskPhone(phone: string): string {
  if (!/^\d{10,12}$/.test(phone)) return '*'.repeat([...phone].length)
  const kept = phone.startsWith('0') ? areaCodeLength(phone) : 3
  return `${phone.slice(0, kept)}****${phone.slice(-4)}`
}

function withoutCountry(typed: string): string | undefined {
  const international = /^(?:\+|00)(\d+)$/.exec(typed)?.[1]
  if (international !== undefined) {
    if (!international.startsWith('86')) return undefined
    const rest = international.slice(2)
    return /^(?:1[3-9]\d{9}$|0)/.test(rest) ? rest : `0${rest}`
  }
  return /^86(1[3-9]\d{9})$/.exec(typed)?.[1] ?? typed
}

function readMobile(digits: string): Phone | undefined {
  return /^1[3-9]\d{9}$/.test(digits) ? { phone: digits, kind: 'mobile' } : undefined
}

/** Area codes have three digits (010, 02x) or four (03xx–09xx); numbers have seven or eight, without a leading 0 or 1. */
function readLandline(digits: string): Phone | undefined {
  const pattern = /^(?:010|02\d|0[3-9]\d{2})[2-9]\d{6,7}$/
  return pattern.test(digits) ? { phone: digits, kind: 'landline' } : undefined
}

function areaCodeLength(phone: string): number {
  return /^0[12]/.test(phone) ? 3 : 4
}

function whyRefused(digits: string): PhoneRefusal {
  if (/^(?:[48]00\d{7}|9[56]\d{3,4}|1[0-2]\d{1,3})$/.test(digits)) return 'service-number'
  if (/^[2-9]\d{6,7}$/.test(digits)) return 'area-code-missing'
  if (/^1\d{10}$/.test(digits)) return 'not-a-mobile-number'
  return 'length'
}
