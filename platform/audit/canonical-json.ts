type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * One spelling for equal JSON values: sorted keys, no space, numbers as ECMAScript writes them (the idea of RFC 8785).
 * What JSON cannot hold is treated as JSON.stringify treats it; what PostgreSQL cannot hold, as `storableText` does.
 */
export function canonicalJson(value: unknown): string {
  return write(JSON.parse(JSON.stringify(value) ?? 'null'))
}

/** PostgreSQL keeps neither U+0000 nor half a surrogate pair; an entry must not fail because of what someone typed. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}

function write(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(storableText(value))
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  // Cleaned before sorting: two keys may become one, and their order may change.
  const members = new Map(Object.entries(value).map(([key, member]) => [storableText(key), write(member)]))
  const sorted = [...members.keys()].toSorted()
  return `{${sorted.map((key) => `${JSON.stringify(key)}:${members.get(key)}`).join(',')}}`
}
