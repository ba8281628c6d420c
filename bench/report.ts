import { short } from './figures.ts'
import type { ByteFigure } from './measures/bytes.ts'
import type { TimeFigure } from './measures/database.ts'
import type { ListFigure } from './measures/lists.ts'
import type { MixedFigure } from './measures/process.ts'
import type { RequestFigure } from './measures/requests.ts'

const percent = (value: number) => `${Math.round(value * 100)} %`

export function printRequests(figures: RequestFigure[]): void {
  console.log(
    '\nwork/s, 32 at once (medians)                platform    floor    limit   of floor  target              cpu ms a piece   p95 ms',
  )
  for (const f of figures) {
    const failed = Object.entries(f.failed).map(([what, count]) => `${count} × ${what}`)
    console.log(
      `${f.name.padEnd(42)} ${short(f.platform).padStart(9)} ${short(f.floor).padStart(8)} ${(f.limit ? short(f.limit) : '–').padStart(8)} ${percent(f.ratio).padStart(10)}  ${f.target.padEnd(18)}  ${short(f.platformCpu ?? 0)} / ${short(f.floorCpu ?? 0)}      ${short(f.p95)}${failed.length > 0 ? `  FAILED ${failed.join(', ')}` : ''}`,
    )
  }
}

export function printLists(title: string, figures: ListFigure[]): void {
  console.log(`\n${title}`)
  for (const f of figures)
    console.log(
      `${f.name.padEnd(50)} p50 ${short(f.p50).padStart(7)} ms   p95 ${short(f.p95).padStart(7)} ms   ${f.target}`,
    )
}

export function printTimes(figures: TimeFigure[]): void {
  for (const f of figures)
    console.log(
      `${f.name.padEnd(50)} ${short(f.ms).padStart(11)} ms   ${f.target}${f.without === undefined ? '' : ` (without: ${short(f.without)} ms)`}`,
    )
}

export function printBytes(figures: ByteFigure[]): void {
  console.log('\nbytes over the wire, compressed')
  for (const f of figures)
    console.log(`${f.name.padEnd(50)} page ${f.page}  script ${f.script}  style ${f.style}   ${f.target}`)
}

export function printMixed(mixed: MixedFigure): void {
  console.log(
    `\nopen loop for ${mixed.seconds} s, times from when each was due (targets: receptions p99 < 500 ms, reads p95 < 200 ms)`,
  )
  for (const s of mixed.streams)
    console.log(
      `${s.name.padEnd(30)} ${short(s.perSecond).padStart(6)}/s  p50 ${short(s.p50)}  p95 ${short(s.p95)}  p99 ${short(s.p99)}  worst ${short(s.worst)} ms  ${JSON.stringify(s.failed)}`,
    )
  console.log(
    `memory at rest ${mixed.restMegabytes} MB (target < 250), after the load ${mixed.afterMegabytes} MB, drift ${mixed.driftMegabytes} MB (target < 20 in an hour)`,
  )
}
