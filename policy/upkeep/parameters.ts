import type { Parameter } from '../parameter.ts'

/** A backup a night, and two hours for a slow one. */
export const backupAge: Parameter<number> = {
  description: {
    zh: '最近一次备份超过多少小时报警',
    en: 'Hours after which the last backup is too old',
  },
  unit: 'hour',
  values: [{ from: '2013-01-01', value: 26, basis: 'gb-22239, design', example: true }],
}

/** Longer without a witnessed head, and an insider has had time. */
export const unwitnessedTime: Parameter<number> = {
  description: {
    zh: '审计记录未经见证超过多少分钟报警',
    en: 'Minutes for which audit entries may stand without a witnessed head',
  },
  unit: 'minute',
  values: [{ from: '2013-01-01', value: 5, basis: 'gb-22239, design', example: true }],
}

export const queueAge: Parameter<number> = {
  description: {
    zh: '后台任务到时未执行超过多少秒报警',
    en: 'Seconds for which a background job that is due may wait',
  },
  unit: 'second',
  values: [{ from: '2013-01-01', value: 60, basis: 'design', example: true }],
}

/** Every rule is looked at once a year (R133). */
export const reviewEvery: Parameter<number> = {
  description: {
    zh: '每项规则至少多少个月复核一次',
    en: 'Months within which every rule is reviewed',
  },
  unit: 'month',
  values: [{ from: '2013-01-01', value: 12, basis: 'R133, design' }],
}
