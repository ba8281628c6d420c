import { createHmac, timingSafeEqual } from 'node:crypto'

export type CookieNames = { prefix: string; session: string; challenge: string }

/** `__Host-`: only over https, for this host alone, for every path. A browser refuses it otherwise. */
export function cookieNames(secure: boolean): CookieNames {
  const prefix = secure ? '__Host-jingmin' : 'jingmin'
  return { prefix, session: `${prefix}.session_token`, challenge: `${prefix}.two_factor` }
}

/** The raw value of one cookie, or null. Of two with the same name the first counts. */
export function rawCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

/** The value of a cookie that the library signed (`value.base64(HMAC-SHA256)`), or null if the signature is wrong. */
export function signedCookie(header: string | undefined, name: string, secret: string): string | null {
  const text = decoded(rawCookie(header, name))
  const at = text?.lastIndexOf('.') ?? -1
  if (!text || at < 1) return null
  const value = text.slice(0, at)
  const given = Buffer.from(text.slice(at + 1))
  const expected = Buffer.from(createHmac('sha256', secret).update(value).digest('base64'))
  return given.length === expected.length && timingSafeEqual(given, expected) ? value : null
}

/** A Cookie header with this one cookie only: each call of the library sees what it needs and no more. */
export function onlyCookie(header: string | undefined, name: string): string {
  const value = rawCookie(header, name)
  return value === null ? '' : `${name}=${value}`
}

function decoded(value: string | null): string | null {
  try {
    return value === null ? null : decodeURIComponent(value)
  } catch {
    return null
  }
}
