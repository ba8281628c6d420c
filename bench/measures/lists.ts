import { writeCursor } from '#modules/service-window/index.ts'
import { median, quantile, timed } from '../figures.ts'
import type { Bench } from '../setup.ts'
import { fetchAs } from './fetch-as.ts'

export type ListFigure = { name: string; target: string; p50: number; p95: number }

/** Page 1 and page 10,000 of all matters of the bureau, 20 rows each, as JSON and in the page; one caller. */
export async function listFigures(bench: Bench): Promise<ListFigure[]> {
  const deep = await cursorAfter(bench, Math.min(200_000, Math.floor(bench.generated.rows / 5)))
  const query = `view=all&most=20`
  const figures = []
  for (const [name, path, html] of [
    ['all matters, page 1, JSON', `/api/matters?${query}`, false],
    ['all matters, page 10,000, JSON', `/api/matters?${query}&after=${deep}`, false],
    ['all matters, page 1, full page (50 rows)', '/console/matters?view=all', true],
    ['all matters, page 10,000, full page (50 rows)', `/console/matters?view=all&after=${deep}`, true],
  ] as const) {
    const times = await timed(60, () => fetchAs(bench.platform, bench.reader, path, html))
    figures.push({ name, target: 'same time', p50: median(times.slice(10)), p95: quantile(times.slice(10), 0.95) })
  }
  return figures
}

/** Where a reader stands who has turned over so many rows. */
async function cursorAfter(bench: Bench, rows: number): Promise<string> {
  const found = await bench.house.admin.query(
    'select received_at::text as key, id from service_window.matter order by received_at desc, id desc offset $1 limit 1',
    [rows],
  )
  return writeCursor(found.rows[0])
}

/** Any fragment of Chinese text in every matter of the bureau: rare and common, two and four characters. */
export async function searchFigures(bench: Bench): Promise<ListFigure[]> {
  const figures = []
  for (const [name, fragment] of [
    ['search, common, 2 characters (丢失)', '丢失'],
    ['search, common, 4 characters (希望邮寄)', '希望邮寄'],
    ['search, rare, 2 characters (驾校)', '驾校'],
    ['search, rare, 4 characters (拆迁补偿)', '拆迁补偿'],
    ['search, a name (欧阳文博, nobody)', '欧阳文博'],
    ['search, a common name (王建国)', '王建国'],
  ] as const) {
    const path = `/api/matters?most=20&search=${encodeURIComponent(fragment)}`
    const times = await timed(25, () => fetchAs(bench.platform, bench.reader, path, false))
    figures.push({
      name,
      target: 'p95 < 200 ms, aim 50',
      p50: median(times.slice(3)),
      p95: quantile(times.slice(3), 0.95),
    })
  }
  return figures
}
