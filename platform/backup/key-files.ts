import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { BackupError } from './backup-error.ts'

/** Belongs to one cluster alone and would lock another one out. */
const LEFT_OUT = new Set(['postgres-superuser'])

/** Name (with `/`) and content of every file of the folder of keys. */
export function readKeyFiles(folder: string): [string, Buffer][] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !LEFT_OUT.has(name))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name))])
}

/** One line for each key file. */
export async function* keyLines(files: [string, Buffer][]): AsyncGenerator<string> {
  for (const [name, content] of files) yield `${JSON.stringify([name, content.toString('base64')])}\n`
}

export function parseKeyLine(line: string): [string, Buffer] {
  const [name, content] = JSON.parse(line) as [string, string]
  if (name.startsWith('/') || name.split('/').includes('..')) throw new BackupError('damaged', `keys: ${name}`)
  return [name, Buffer.from(content, 'base64')]
}

/** Refuses when a key is there already and is another one. */
export function checkKeyFiles(folder: string, files: [string, Buffer][], force: boolean): void {
  for (const [name, content] of files) {
    const path = join(folder, name)
    if (!force && existsSync(path) && !readFileSync(path).equals(content)) throw new BackupError('keys-differ', path)
  }
}

/** Puts the keys back, each readable by its owner alone; one that differs is kept beside under another name. */
export function writeKeyFiles(folder: string, files: [string, Buffer][], aside: string): void {
  for (const [name, content] of files) {
    const path = join(folder, name)
    if (existsSync(path) && readFileSync(path).equals(content)) continue
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    if (existsSync(path)) renameSync(path, `${path}.${aside}`)
    writeFileSync(`${path}.new`, content, { mode: 0o600, flush: true })
    renameSync(`${path}.new`, path)
    if (statSync(path).size !== content.length) throw new Error(`${path} could not be written.`)
  }
}
