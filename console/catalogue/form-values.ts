import { readRule, writeRule } from '#modules/registration/index.ts'
import type { Condition, ItemContent } from '#policy/registration/item.ts'
import type { Spec } from './spec.ts'

/** Field name → what stands in it, exactly as typed. */
export type Typed = Record<string, string>
type Json = { [key: string]: unknown }

const join = (path: string, key: string) => (path === '' ? key : key === '' ? path : `${path}.${key}`)
const lookUp = (value: unknown, key: string): unknown =>
  key === '' ? value : key.split('.').reduce((part, name) => (part as Json | undefined)?.[name], value as unknown)

/** A value as the fields of its form. */
export function typedFrom(specs: readonly Spec[], value: unknown, path = '', into: Typed = {}): Typed {
  for (const spec of specs) {
    const name = join(path, spec.key)
    const found = lookUp(value, spec.key)
    if (spec.kind === 'list')
      for (const [i, entry] of ((found as unknown[]) ?? []).entries()) typedFrom(spec.of, entry, `${name}.${i}`, into)
    else if (spec.kind === 'group') typedFrom(spec.of, found, name, into)
    else if (spec.kind === 'text')
      Object.assign(into, {
        [`${name}.zh`]: (found as Json | undefined)?.zh ?? '',
        [`${name}.en`]: (found as Json | undefined)?.en ?? '',
      })
    else into[name] = lineOf(spec.kind, found)
  }
  return into
}

function lineOf(kind: Spec['kind'], value: unknown): string {
  if (kind === 'rule') return writeRule(value as Condition | undefined)
  if (kind === 'yuan') return typeof value === 'number' ? String(value / 100) : ''
  if (kind === 'check') return value ? 'yes' : ''
  return value === undefined || value === null ? '' : String(value)
}

type Reading = { typed: Typed; errors: Record<string, string> }
const nothing = Symbol('nothing')

/** Puts what was typed for these inputs into a copy of the content. `errors`: field name → code. */
export function contentFrom(
  specs: readonly Spec[],
  typed: Typed,
  content: ItemContent,
): { content: ItemContent; errors: Record<string, string> } {
  const reading: Reading = { typed, errors: {} }
  const copy = structuredClone(content) as unknown as Json
  for (const spec of specs) {
    const keys = spec.key.split('.')
    const last = keys.pop() ?? ''
    const holder = keys.reduce((part, key) => part[key] as Json, copy)
    const value = readSpec(spec, spec.key, reading)
    if (value === nothing) delete holder[last]
    else holder[last] = value
  }
  return { content: copy as unknown as ItemContent, errors: reading.errors }
}

function readSpec(spec: Spec, name: string, reading: Reading): unknown {
  if (spec.kind === 'list') return readList(spec, name, reading)
  if (spec.kind === 'group') return readGroup(spec, name, reading)
  if (spec.kind === 'text') return readText(name, spec.optional ?? false, reading)
  const written = (reading.typed[name] ?? '').trim()
  if (spec.kind === 'check') return written !== '' || (spec.optional ? nothing : false)
  if (spec.kind === 'rule') return readCondition(name, written, reading)
  if (spec.kind === 'count') return readCount(name, written, spec.optional ?? false, reading)
  if (spec.kind === 'yuan') return readYuan(name, written, reading)
  return readLine(spec, name, written, reading)
}

function readLine(spec: Spec & { kind: 'line' | 'choice' }, name: string, written: string, reading: Reading): unknown {
  const code = spec.kind === 'line' && spec.code && written !== ''
  if (code && !/^[a-z][a-z0-9_]*$/.test(written)) reading.errors[name] = 'code-part-malformed'
  return written === '' && spec.optional ? nothing : written
}

function readText(name: string, optional: boolean, { typed }: Reading): unknown {
  const text = { zh: (typed[`${name}.zh`] ?? '').trim(), en: (typed[`${name}.en`] ?? '').trim() }
  return optional && !text.zh && !text.en ? nothing : text
}

function readGroup(spec: Spec & { kind: 'group' }, name: string, reading: Reading): unknown {
  if (spec.optional && isBlank(name, reading.typed)) return nothing
  const value: Json = {}
  for (const part of spec.of) {
    const found = readSpec(part, join(name, part.key), reading)
    if (found !== nothing) value[part.key] = found
  }
  return value
}

function readList(spec: Spec & { kind: 'list' }, name: string, reading: Reading): unknown {
  const count = entriesOf(name, reading.typed)
  if (count > 100) reading.errors[name] = 'too-many'
  const entries = Array.from({ length: Math.min(count, 100) }, (_, i) => {
    const only = spec.of.length === 1 ? spec.of[0] : undefined
    if (only?.key === '') return readSpec(only, `${name}.${i}`, reading)
    return readGroup({ kind: 'group', key: '', label: spec.label, of: spec.of }, `${name}.${i}`, reading)
  })
  return entries.length === 0 && spec.optional ? nothing : entries
}

/** How many entries of a list were sent. */
export function entriesOf(name: string, typed: Typed): number {
  const indices = Object.keys(typed).flatMap((key) =>
    key.startsWith(`${name}.`) ? [Number(/^\d{1,4}/.exec(key.slice(name.length + 1))?.[0] ?? -1)] : [],
  )
  return Math.max(-1, ...indices) + 1
}

function isBlank(name: string, typed: Typed): boolean {
  return !Object.entries(typed).some(([key, value]) => key.startsWith(`${name}.`) && value.trim() !== '')
}

function readCondition(name: string, written: string, reading: Reading): unknown {
  const found = readRule(written)
  if ('refused' in found) {
    reading.errors[name] = found.refused
    return nothing
  }
  return found.condition ?? nothing
}

// A new entry is saved before it is filled in: nothing typed is 0, and what cannot be 0 is told before publishing.
function readCount(name: string, written: string, optional: boolean, reading: Reading): unknown {
  if (written === '' && optional) return null
  const plain = written.normalize('NFKC')
  if (!/^\d{0,4}$/.test(plain)) reading.errors[name] = 'number-malformed'
  return Number(plain) || 0
}

function readYuan(name: string, written: string, reading: Reading): unknown {
  const plain = written.normalize('NFKC')
  if (plain !== '' && !/^\d{1,6}(\.\d{1,2})?$/.test(plain)) reading.errors[name] = 'yuan-malformed'
  return Math.round((Number(plain) || 0) * 100)
}

/** `add:materials`, `remove:materials.2`, `up:…`, `down:…`: what a button does to a list, done to what was typed. */
export function actOnLists(typed: Typed, act: string): Typed {
  const [, verb, path] = /^(add|remove|up|down):([a-zA-Z0-9_.]+)$/.exec(act) ?? []
  if (!verb || !path) return typed
  if (verb === 'add') return { ...typed, [`${path}.${entriesOf(path, typed)}.new`]: '' }
  const cut = path.lastIndexOf('.')
  const [list, index] = [path.slice(0, cut), Number(path.slice(cut + 1))]
  const count = entriesOf(list, typed)
  const order = Array.from({ length: count }, (_, i) => i)
  if (verb === 'remove') order.splice(index, 1)
  const to = verb === 'up' ? index - 1 : index + 1
  if (verb !== 'remove' && to >= 0 && to < count)
    [order[index], order[to]] = [order[to] as number, order[index] as number]
  return reordered(typed, list, order)
}

function reordered(typed: Typed, list: string, order: readonly number[]): Typed {
  const result: Typed = {}
  for (const [key, value] of Object.entries(typed)) {
    const [, index, rest = ''] = key.startsWith(`${list}.`)
      ? (/^(\d{1,4})(\..*)?$/.exec(key.slice(list.length + 1)) ?? [])
      : []
    if (index === undefined) result[key] = value
    else if (order.includes(Number(index))) result[`${list}.${order.indexOf(Number(index))}${rest}`] = value
  }
  return result
}
