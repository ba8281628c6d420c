import { systemActor } from '../actor.ts'
import type { House } from '../house.ts'
import type { Metrics } from '../metrics.ts'
import { type Alarm, type AlarmName, readAlarms } from './read-alarms.ts'

const names: Record<AlarmName, [name: string, help: string]> = {
  backup: ['jingmin_backup_age_seconds', 'Age of the last backup, or of the installation when there was none'],
  witness: ['jingmin_unwitnessed_seconds', 'Age of the oldest audit entry that no witnessed head covers'],
  queue: ['jingmin_queue_age_seconds', 'Age of the oldest background job that could run'],
  figures: ['jingmin_figure_differences', 'Figures that differed from a count of the matters in the last night'],
}

/** The alarms for Prometheus: each value, and how many are raised. One look at the database a scrape. */
export function alarmMetrics(metrics: Metrics, house: House, witnessDir: string): void {
  let looked: Promise<Alarm[]> | null = null
  const look = () => {
    looked ??= house
      .read(systemActor, 'metrics', (ctx) => readAlarms(ctx, witnessDir))
      .finally(() =>
        setTimeout(() => {
          looked = null
        }, 500).unref(),
      )
    return looked
  }
  for (const [name, [metric, help]] of Object.entries(names))
    metrics.gauge(metric, help, async () => (await look()).find((alarm) => alarm.name === name)?.value ?? Number.NaN)
  metrics.gauge(
    'jingmin_alarms',
    'Alarms raised now',
    async () => (await look()).filter((alarm) => alarm.raised).length,
  )
}
