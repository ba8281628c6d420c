import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']
const otherPlaces = [
  '/usr/bin',
  '/usr/local/bin',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application',
]

/** The browser of this machine. Where it is missing and can be had from the distribution, it is installed. Throws otherwise. */
export function chromiumPath(): string {
  const found = findChromium() ?? installed()
  if (found) return found
  throw new Error(
    'The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium fonts-noto-cjk), ' +
      'or set CHROME_PATH to a Chromium or Chrome of your own.',
  )
}

function findChromium(): string | undefined {
  const places = [...(process.env.PATH ?? '').split(delimiter), ...otherPlaces]
  const candidates = places.flatMap((place) => [...names.map((name) => join(place, name)), place])
  return [process.env.CHROME_PATH, ...candidates].find((path) => path && isProgram(path))
}

function isProgram(path: string): boolean {
  return /chrom/i.test(path.split(/[\\/]/).at(-1) ?? '') && existsSync(path)
}

/** Only where nobody has to be asked: as root, with the distribution's own package manager. */
function installed(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  process.stderr.write('The browser tests need Chromium; installing chromium and fonts-noto-cjk …\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', '-y', '-o', 'Dpkg::Use-Pty=0', ...args], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  apt('update')
  apt('install', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')
  return findChromium()
}
