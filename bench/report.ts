import { short } from './figures.ts'
import type { Stream } from './load/generator.ts'
import type { ByteFigure } from './measures/bytes.ts'
import type { TimeFigure } from './measures/database.ts'
import type { ListFigure } from './measures/lists.ts'
import type { MixedFigure, SoakFigure } from './measures/mixed.ts'
import type { RequestFigure } from './measures/requests.ts'

const percent = (value: number) => `${Math.round(value * 100)} %`

const cpu = (value: number | null) => (value === null ? '–' : value.toFixed(2))

export function printRequests(figures: RequestFigure[]): void {
  console.log(
    '\nwork/s, 32 at once (medians)                platform    floor    limit   of floor  target              cpu ms a piece, server and database       p95 ms',
  )
  for (const f of figures) {
    const failed = Object.entries(f.failed).map(([what, count]) => `${count} × ${what}`)
    console.log(
      `${f.name.padEnd(42)} ${short(f.platform).padStart(9)} ${short(f.floor).padStart(8)} ${(f.limit ? short(f.limit) : '–').padStart(8)} ${percent(f.ratio).padStart(10)}  ${f.target.padEnd(18)}  ${cpu(f.platformCpu)} / ${cpu(f.floorCpu)}, database ${cpu(f.platformDatabaseCpu)} / ${cpu(f.floorDatabaseCpu)}   ${short(f.p95)}${failed.length > 0 ? `  FAILED ${failed.join(', ')}` : ''}`,
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
  printStreams(mixed.streams)
  console.log(`memory of the process before: ${mixed.restMegabytes} MB (at rest < 250)`)
}

export function printSoak({ minutes, megabytes, drift, streams }: SoakFigure): void {
  console.log(`\n${minutes} minutes of the same load; megabytes at the start and after each: ${megabytes.join(' ')}`)
  console.log(`drift from the second minute to the last: ${drift} MB (target < 20 in an hour). The last minute:`)
  printStreams(streams)
}

function printStreams(streams: readonly Stream[]): void {
  for (const s of streams)
    console.log(
      `${s.name.padEnd(30)} ${short(s.perSecond).padStart(6)}/s  p50 ${short(s.p50)}  p95 ${short(s.p95)}  p99 ${short(s.p99)}  worst ${short(s.worst)} ms  ${JSON.stringify(s.failed)}`,
    )
}
