import { readdir, readFile } from 'node:fs/promises'
import Value from 'typebox/value'
import type { ItemVersion } from '#policy/registration/item.ts'
import { publishProblems } from '#policy/registration/publish-problems.ts'
import { ItemVersionSchema } from './schema.ts'

const folder = new URL('./items/', import.meta.url)

/**
 * Every item version delivered with the product, ordered by code and effective day: the seed of the catalogue.
 * Throws when a file is malformed, misnamed or not fit to publish: that is a fault of the delivery.
 */
export async function loadCatalogue(): Promise<ItemVersion[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  return Promise.all(names.map(loadVersion))
}

async function loadVersion(name: string): Promise<ItemVersion> {
  const version: unknown = JSON.parse(await readFile(new URL(name, folder), 'utf8'))
  if (!Value.Check(ItemVersionSchema, version)) {
    const first = Value.Errors(ItemVersionSchema, version)[0]
    throw new Error(`${name}: ${first?.instancePath ?? ''} ${first?.message ?? 'malformed'}`)
  }
  if (name !== `${version.content.code}@${version.from}.json`) throw new Error(`${name}: name and content differ`)
  const [problem] = publishProblems(version.content)
  if (problem) throw new Error(`${name}: ${problem.notice} ${problem.code} at ${problem.at}`)
  return version
}
