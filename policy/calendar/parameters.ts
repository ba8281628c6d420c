import type { Parameter } from '../parameter.ts'

/** How long before the end of the last official year the platform starts to ask for the next table. */
export const calendarAlarmDays: Parameter<number> = {
  description: {
    zh: '最后一个已公布放假安排的年度结束前多少天开始提醒导入下一年度放假安排',
    en: 'Days before the end of the last officially published year at which the next holiday table is asked for',
  },
  unit: 'natural-day',
  values: [{ from: '2000-01-01', value: 60, basis: 'design' }],
}

/**
 * The notice for a year has moved days at the end of the year before it (29 Dec 2007, 31 Dec 2011, 29 Dec 2018,
 * 31 Dec 2022). From this day on, a year whose successor has no notice yet is therefore not settled.
 */
export const unsettledTail: Parameter<{ month: number; day: number }> = {
  description: {
    zh: '年末可能被下一年度元旦安排调整的起始日',
    en: 'First day of the year end that the next year’s notice may still move',
  },
  unit: 'month-day',
  values: [{ from: '2000-01-01', value: { month: 12, day: 29 }, basis: 'design' }],
}
