import type { Parameter } from '../parameter.ts'

/** A dissatisfied reply is supervised and solved within this time; the day of the reply is not counted (R53, A8, A9). */
export const solveWithin: Parameter<number> = {
  description: {
    zh: '对回复不满意的问题督办解决的工作日数',
    en: 'Working days in which a dissatisfied reply is supervised and solved',
  },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: 3, basis: 'R53, A8, A9' }],
}

/** Working days left at which the owner of an open order is reminded, once each; 0 is the due day itself. */
export const reminderPoints: Parameter<readonly number[]> = {
  description: { zh: '剩余多少个工作日时催办', en: 'Working days left at which an open order is called to mind' },
  unit: 'working-day',
  values: [{ from: '2013-01-01', value: [1, 0], basis: 'R53, design' }],
}

/**
 * How long an answered order waits for the second opinion. The question goes out within a day and counts for seven
 * days (R52); the rest is room for a slow network, so that no opinion in time meets a closed order.
 */
export const secondOpinionWait: Parameter<number> = {
  description: {
    zh: '答复后等待群众再次评价的自然日数，期满未回复的按“未回复”办结',
    en: 'Natural days for which an answered order waits for the second opinion; then it is closed as not answered',
  },
  unit: 'natural-day',
  values: [{ from: '2013-01-01', value: 10, basis: 'R52, R53, design' }],
}
