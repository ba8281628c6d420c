import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { registerAssets } from '#platform/ui/assets.ts'

export { assetUrl } from '#platform/ui/assets.ts'

export type Asset = { body: Buffer; type: string; gz: Buffer; immutable: true }

const here = import.meta.dirname
const styles = [join(here, '../console/design/console.css'), join(here, '../site/design/site.css')]

/**
 * Every `islands/*.ts(x)` as one script for old browsers, and both style sheets, by address (`/assets/swap-1a2b3c4d5e.js`).
 * The addresses carry a hash of the content, so they may be kept for ever; `assetUrl` answers with them from now on.
 */
export async function buildIslands(): Promise<Map<string, Asset>> {
  const entries = readdirSync(here)
    .filter((name) => /\.tsx?$/.test(name) && name !== 'build.ts' && !/\.test\.tsx?$/.test(name))
    .map((name) => join(here, name))
  const [scripts, sheets] = await Promise.all([
    bundle(entries, 'iife', ['es2019']),
    bundle(styles, undefined, ['chrome71', 'safari12']),
  ])
  const assets = new Map<string, Asset>()
  const names: [string, string][] = []
  for (const { path, contents } of [...scripts, ...sheets]) {
    const file = path.split(/[\\/]/).pop() as string
    const url = hashedUrl(file, contents)
    const body = Buffer.from(contents)
    assets.set(url, { body, type: typeOf(file), gz: gzipSync(body, { level: 9 }), immutable: true })
    names.push([file, url])
  }
  registerAssets(names)
  return assets
}

async function bundle(entryPoints: string[], format: 'iife' | undefined, target: string[]) {
  const result = await build({
    entryPoints,
    entryNames: '[name]',
    outdir: join(here, 'out'),
    write: false,
    bundle: true,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    format,
    target,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  })
  return result.outputFiles
}

function hashedUrl(file: string, contents: Uint8Array): string {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 10)
  return `/assets/${file.replace(/\.(\w+)$/, `-${hash}.$1`)}`
}

function typeOf(file: string): string {
  return file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'
}
