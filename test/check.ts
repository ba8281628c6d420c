import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const tool = (name: string, path: string) => join(root, 'node_modules', name, path)

/** Everything that can be said about the code without running it. Each line is one tool with one job. */
const checks: [name: string, command: string, args: string[]][] = [
  ['format and lint', process.execPath, [tool('@biomejs/biome', 'bin/biome'), 'check', '.']],
  ['types', process.execPath, [tool('typescript', 'bin/tsc'), '-p', '.']],
  [
    'dependencies point one way',
    process.execPath,
    [
      tool('dependency-cruiser', 'bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      'policy',
      'platform',
      'modules',
      'console',
      'site',
      'demo',
      'islands',
      'app.ts',
      'compose.ts',
      'upkeep.ts',
      'worker.ts',
      'main.ts',
    ],
  ],
  ['row types match the migrations', process.execPath, [join(root, 'platform/db/generate-types.ts'), '--verify']],
]

let failed = 0
for (const [name, command, args] of checks) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, FORCE_COLOR: '0' } })
  console.log(`${result.status === 0 ? 'ok ' : 'NOT'} ${name}`)
  if (result.status !== 0) failed += 1
}
process.exitCode = failed > 0 ? 1 : 0
