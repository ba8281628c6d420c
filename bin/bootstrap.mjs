#!/usr/bin/env node
// Runs on any Node from 20 on, before anything is installed: plain JavaScript, nothing but Node's own modules.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled, findNode, projectRoot } from './install.mjs'

const COMMANDS = {
  start: { script: 'main.ts', args: ['start'] },
  cli: { script: 'platform/cli/main.ts' },
  test: { script: 'test/run.ts', development: true },
  check: { script: 'test/check.ts', development: true },
  bench: { script: 'bench/run.ts', development: true },
  crash: { script: 'test/crash/run.ts', development: true },
  'db-types': { script: 'platform/db/generate-types.ts', development: true },
}

/** Installs what is missing and runs one of the commands with Node 26. */
export async function bootstrap(name, rest) {
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined
  if (!command) {
    process.stderr.write(`用法 Usage: node bin/bootstrap.mjs <${Object.keys(COMMANDS).join('|')}> [...]\n`)
    process.exit(2)
  }
  try {
    await ensureInstalled({ development: command.development === true })
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
  const node = findNode()
  const tie = pathToFileURL(join(projectRoot, 'bin', 'tie-to-parent.mjs')).href
  const args = ['--import', tie, join(projectRoot, command.script), ...(command.args ?? []), ...rest]
  // The fourth channel tells the child when this process is gone, even by kill -9.
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: childEnvironment(node) })
  forwardSignals(child)
  child.once('error', (error) => {
    process.stderr.write(`无法运行 Cannot run ${node}: ${error.message}\n`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const one of SIGNALS) process.removeAllListeners(one)
    process.kill(process.pid, signal)
    // A signal that does not end us (a SIGKILL of the child, say, where none is allowed) still must not look like success.
    setTimeout(() => process.exit(1), 1000)
  })
}

const SIGNALS =
  process.platform === 'win32' ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']

function forwardSignals(child) {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // The terminal sends Ctrl-C to the child as well; a second one would read as "at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    })
  }
}

function childEnvironment(node) {
  const separator = process.platform === 'win32' ? ';' : ':'
  const path = [join(node, '..'), join(projectRoot, 'node_modules', '.bin'), process.env.PATH].join(separator)
  const options = `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`.trim()
  // What was compiled once is read back at the next start, which is then shorter by a third; where this cannot be written Node goes without.
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(projectRoot, '.cache', 'compiled')
  return { ...process.env, PATH: path, NODE_OPTIONS: options, NODE_COMPILE_CACHE: compiled }
}

if (process.argv[1]?.endsWith('bootstrap.mjs')) await bootstrap(process.argv[2], process.argv.slice(3))
