/** Text that is HTML already. Only `html`, `raw`, `flag` and `attrs` make it; everything else is escaped on its way in. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

export type Printable = Html | string | number | bigint | boolean | null | undefined | readonly Printable[]

type Slot = 'text' | 'tag' | 'attribute' | 'url'

const slotsOf = new WeakMap<TemplateStringsArray, Slot[]>()

/**
 * Tagged template for HTML. Strings are escaped for text and for quoted attributes alike; arrays are joined;
 * null, undefined, true and false print nothing; `Html` passes. A whole address in `href`, `src` or `action` loses a dangerous
 * scheme. Throws TypeError, on first use, for a template that cannot be made safe: an unquoted attribute value, a text
 * between attributes, anything inside `<script>` or `<style>`.
 */
export function html(strings: TemplateStringsArray, ...values: Printable[]): Html {
  let slots = slotsOf.get(strings)
  if (!slots) {
    slots = slotsIn(strings)
    slotsOf.set(strings, slots)
  }
  let out = strings[0] as string
  for (let i = 0; i < values.length; i++) out += print(values[i], slots[i] as Slot) + strings[i + 1]
  return new Html(out)
}

/** HTML from a trusted place (our own SVG, a stored page we made). Never for anything a person typed. */
export function raw(text: string): Html {
  return new Html(text)
}

export const nothing: Html = new Html('')

/** A boolean attribute: `<input ${flag('disabled', closed)}>`. */
export function flag(name: string, on: unknown): Html {
  return on ? new Html(` ${attributeName(name)}`) : nothing
}

/** Attributes with values; null, undefined and false are left out, true prints the bare name. */
export function attrs(values: Record<string, string | number | boolean | null | undefined>): Html {
  let out = ''
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === false) continue
    const key = attributeName(name)
    const text = addressAttribute.test(name) ? safeAddress(String(value)) : String(value)
    out += value === true ? ` ${key}` : ` ${key}="${escapeHtml(text)}"`
  }
  return new Html(out)
}

/** Joins with a separator that is escaped unless it is `Html`. */
export function join(parts: readonly Printable[], separator: Html | string): Html {
  const glue = print(separator, 'text')
  return new Html(parts.map((part) => print(part, 'text')).join(glue))
}

// The control characters (Cc) written out: a class of Unicode costs three times as much.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const special = /[&<>"'\x00-\x1f\x7f-\x9f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const specials = /[&<>"'\x00-\x1f\x7f-\x9f]/g
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes for text and quoted attributes; control characters other than tab and line breaks are dropped. */
export function escapeHtml(text: string): string {
  return special.test(text) ? text.replace(specials, entity) : text
}

function entity(char: string): string {
  return entities[char] ?? (char === '\n' || char === '\t' || char === '\r' ? char : '')
}

function print(value: Printable, slot: Slot): string {
  if (typeof value === 'string') return printText(value, slot)
  if (value === null || value === undefined || typeof value === 'boolean') return ''
  if (value instanceof Html)
    return slot === 'text' || slot === 'tag' ? value.text : value.text.replace(/["'<>]/g, entity)
  if (!isList(value)) return String(value)
  let out = ''
  for (const item of value) out += print(item, slot)
  return out
}

function printText(value: string, slot: Slot): string {
  if (slot === 'tag') throw new TypeError('A text between attributes cannot be made safe: use flag() or attrs()')
  return escapeHtml(slot === 'url' ? safeAddress(value) : value)
}

function isList(value: Printable): value is readonly Printable[] {
  return Array.isArray(value)
}

function attributeName(name: string): string {
  if (!/^[a-zA-Z][a-zA-Z0-9-]*$/.test(name) || /^on/i.test(name) || /^style$/i.test(name)) {
    throw new TypeError(`Not an attribute this product writes: ${name}`)
  }
  return name
}

const addressAttribute = /^(?:href|src|action|formaction|poster)$/i
const addressStart = /(?:^|[\s"'])(?:xlink:)?(?:href|src|action|formaction|poster)\s*=\s*["']$/i

/** Keeps relative addresses and the schemes we use; anything else becomes '#'. Browsers ignore spaces and controls in a scheme, so we do too. */
function safeAddress(address: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address.replace(/[ \p{Cc}]/gu, ''))?.[1]?.toLowerCase()
  if (scheme === undefined || ['http', 'https', 'tel', 'mailto', 'sms'].includes(scheme)) return address
  return /^data:image\/(?:png|jpeg|webp|gif|svg\+xml)[;,]/i.test(address) ? address : '#'
}

// One pass over a template's fixed text, to know where each value will stand. Done once for each template.
function slotsIn(strings: TemplateStringsArray): Slot[] {
  let state: State = 'text'
  return strings.slice(0, -1).map((part) => {
    state = walk(part, state)
    refuseUnsafe(state, part)
    if (addressStart.test(part)) return 'url'
    return state === 'text' || state === 'tag' ? state : 'attribute'
  })
}

function refuseUnsafe(state: State, part: string): void {
  const bare = state === 'unquoted' || (state === 'tag' && /=\s*$/.test(part))
  if (bare) throw new TypeError(`Attribute value without quotes: …${part.slice(-40)}`)
  if (state === 'raw' || state === 'comment') throw new TypeError(`No value can stand here safely: …${part.slice(-40)}`)
}

type State = 'text' | 'tag' | 'double' | 'single' | 'unquoted' | 'raw' | 'comment'

const nextMark: Record<State, RegExp> = {
  text: /<!--|<(?:script|style)\b[^>]*>|<(?=[a-zA-Z/!]|$)/gi,
  tag: /["'>]/g,
  double: /"/g,
  single: /'/g,
  unquoted: /[\s>]/g,
  raw: /<\/(?:script|style)/gi,
  comment: /-->/g,
}

function walk(part: string, from: State): State {
  let state = from
  let at = 0
  for (;;) {
    const mark = nextMark[state]
    mark.lastIndex = at
    const found = mark.exec(part)
    if (!found) return state
    at = mark.lastIndex
    state = after(state, found[0].toLowerCase())
  }
}

function after(state: State, mark: string): State {
  if (state === 'text') {
    if (mark === '<!--') return 'comment'
    return mark.length > 1 ? 'raw' : 'tag'
  }
  if (state === 'tag') return mark === '"' ? 'double' : mark === "'" ? 'single' : 'text'
  if (state === 'raw') return 'tag'
  return state === 'comment' ? 'text' : 'tag'
}
