import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import type { Parameter } from '#policy/parameter.ts'

export type NamedParameter = { name: string; area: string; parameter: Parameter<unknown> }

const folder = join(import.meta.dirname, '../../policy')
let known: Promise<NamedParameter[]> | undefined

/**
 * Every parameter of policy/ under a name that does not change with its file: `<area>.<export>`. Found by reading the
 * folder, so that a rule cannot be forgotten in a list.
 */
export function allParameters(): Promise<NamedParameter[]> {
  known ??= findAll()
  return known
}

async function findAll(): Promise<NamedParameter[]> {
  const found = new Map<object, NamedParameter>()
  const files = await Array.fromAsync(glob('*/**/*.ts', { cwd: folder }))
  for (const file of files.filter((name) => !name.endsWith('.test.ts')).sort()) {
    const area = file.split(/[\\/]/)[0] ?? ''
    for (const [name, value] of Object.entries(await import(join(folder, file)))) {
      if (isParameter(value) && !found.has(value)) found.set(value, { name: `${area}.${name}`, area, parameter: value })
    }
  }
  return [...found.values()]
}

function isParameter(value: unknown): value is Parameter<unknown> {
  if (typeof value !== 'object' || value === null) return false
  const { description, unit, values } = value as Partial<Parameter<unknown>>
  return typeof description?.zh === 'string' && typeof unit === 'string' && Array.isArray(values)
}
