import type { Broken } from './judge.ts'
import { type Kill, type StormReport, storm } from './storm.ts'

/** `npm run crash [kills] [seed]`: kills under load, the reckoning, and the control that must fail it. */
const [kills = 22, seed = Math.floor(Math.random() * 1_000_000)] = process.argv.slice(2).map(Number)
const target = { recoveryMs: 2000, killedJobMs: 15_000 }

console.log(`${kills} kills under load, seed ${seed}`)
const log = (line: string) => console.log(`  … ${line}`)
const careful = await storm({ kills, naive: false, seed, killedJob: true, log })
print('平台 the platform as delivered', careful)

const naive = await storm({ kills: 4, naive: true, seed, clients: 8 })
print('对照 the control without attempt ids, with a gateway client that resends on silence', naive)

const faults: string[] = [
  ...brokenOf(careful.broken).map(([what, count]) => `${what}: ${count}`),
  ...(careful.killedJobMs! > target.killedJobMs
    ? [`a killed worker's job ran again after ${careful.killedJobMs} ms`]
    : []),
  ...(['matters doubled', 'messages sent twice'] as const)
    .filter((what) => naive.broken[what] === 0)
    .map((what) => `the control passed where it must fail: ${what}`),
]
console.log(faults.length === 0 ? '\n通过 passed' : `\n未通过 FAILED\n  ${faults.join('\n  ')}`)
process.exit(faults.length === 0 ? 0 : 1)

function print(title: string, report: StormReport): void {
  console.log(`\n${title}`)
  for (const [what, count] of Object.entries(report.counts)) console.log(`  ${String(count).padStart(7)}  ${what}`)
  for (const what of ['platform', 'postmaster', 'backend'] as const) printRecovery(what, report.kills)
  if (report.killedJobMs !== null)
    console.log(`  ${report.killedJobMs} ms until a killed worker’s job ran again (target ${target.killedJobMs})`)
  for (const line of report.refused) console.log(`  refused: ${line}`)
  const broken = brokenOf(report.broken)
  console.log(
    broken.length === 0
      ? '  0 promises broken'
      : broken.map(([what, count]) => `  BROKEN ${what}: ${count}`).join('\n'),
  )
}

/** Recovery depends on the machine and is reported, not judged. */
function printRecovery(what: Kill['what'], all: readonly Kill[]): void {
  const times = all.filter((kill) => kill.what === what).map((kill) => kill.recoveryMs)
  if (times.length === 0) return
  const sorted = times.toSorted((a, b) => a - b)
  console.log(
    `  ${String(times.length).padStart(7)}  kills of ${what}: a new write acknowledged after ${sorted[times.length >> 1]} ms (median), ${sorted.at(-1)} ms (worst), target ${target.recoveryMs}`,
  )
}

function brokenOf(broken: Broken): [string, number][] {
  return Object.entries(broken).filter(([, count]) => count > 0)
}
