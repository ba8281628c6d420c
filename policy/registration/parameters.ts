import type { Parameter } from '../parameter.ts'

/** Identity card: first application after this birthday, and within so many months of it. */
export const idCardDutyAge: Parameter<{ age: number; months: number }> = {
  description: {
    zh: '应当申领居民身份证的年龄，以及自该生日起的申领期限（月）',
    en: 'Age from which an identity card is due, and months from that birthday to apply for it',
  },
  unit: 'years-and-months',
  values: [{ from: '2004-01-01', value: { age: 16, months: 3 }, basis: 'id-card-law:2, id-card-law:7' }],
}

/** Validity by age at issue; `years: null` is long-term. Bands are in rising order, each up to and including `upTo`. */
export const idCardValidityBands: Parameter<{ upTo: number | null; years: number | null }[]> = {
  description: { zh: '居民身份证有效期（按申领时周岁）', en: 'Validity of the identity card by age' },
  unit: 'years',
  values: [
    {
      from: '2004-01-01',
      value: [
        { upTo: 15, years: 5 },
        { upTo: 25, years: 10 },
        { upTo: 45, years: 20 },
        { upTo: null, years: null },
      ],
      basis: 'id-card-law:5',
    },
  ],
}

export const idCardLimit: Parameter<{ days: number; remoteExtension: number }> = {
  description: {
    zh: '居民身份证法定发放期限，以及交通不便地区最多延长的天数',
    en: 'Statutory time to issue an identity card, and the most it may be extended in areas hard to reach',
  },
  unit: 'natural-day',
  values: [{ from: '2004-01-01', value: { days: 60, remoteExtension: 30 }, basis: 'id-card-law:12' }],
}

export type IdCardFees = {
  firstIssue: number
  renewal: number
  lossReplacement: number
  damageReplacement: number
  temporary: number
}

export const idCardFees: Parameter<IdCardFees> = {
  description: { zh: '居民身份证工本费', en: 'Fees for identity cards' },
  unit: 'fen',
  values: [
    {
      from: '2018-04-01',
      value: { firstIssue: 0, renewal: 2000, lossReplacement: 4000, damageReplacement: 4000, temporary: 1000 },
      basis: 'id-card-fees-2003, id-card-fees-2018',
    },
  ],
}

/** How early a card may be renewed (A18); the platform's default, a neighbour's practice is six. */
export const renewalWindow: Parameter<number> = {
  description: { zh: '有效期满前几个月可以换领', en: 'Months before expiry from which a card may be renewed' },
  unit: 'month',
  values: [{ from: '2014-03-10', value: 3, basis: 'A18, qingdao-renewal-window' }],
}

export const temporaryCard: Parameter<{ issueDays: number; validMonths: number }> = {
  description: {
    zh: '临时居民身份证发放期限（日）和有效期（月）',
    en: 'Temporary identity card: days to issue, months of validity',
  },
  unit: 'days-and-months',
  values: [{ from: '2005-10-01', value: { issueDays: 3, validMonths: 3 }, basis: 'temporary-card-rules' }],
}

/** Business types a station accepts for persons registered elsewhere in the city (R61). */
export const crossStationTypes: Parameter<string[]> = {
  description: { zh: '可以跨所办理的居民身份证业务', en: 'Identity card business open cross-station' },
  unit: 'item-codes',
  values: [{ from: '2014-03-10', value: ['id_card.loss_replacement', 'id_card.renewal'], basis: 'R61' }],
}

/** Provisional exclusions, opened by a new dated value rather than by a release (R67–R69). */
export const crossStationHomeService: Parameter<boolean> = {
  description: { zh: '跨所办证是否开通预约登门办证', en: 'Whether home service is open cross-station' },
  unit: 'yes-no',
  values: [{ from: '2014-03-10', value: false, basis: 'R67, R69' }],
}

export const crossStationTemporaryCard: Parameter<boolean> = {
  description: { zh: '跨所办证是否开通临时居民身份证', en: 'Whether the temporary card is open cross-station' },
  unit: 'yes-no',
  values: [{ from: '2014-03-10', value: false, basis: 'R68, R69' }],
}

export const homeServiceLimit: Parameter<{ urban: number; rural: number }> = {
  description: { zh: '预约登门办证期限', en: 'Working days from booking to the home visit' },
  unit: 'working-day',
  values: [{ from: '2014-03-10', value: { urban: 5, rural: 10 }, basis: 'R72, R73, A10' }],
}

/** Ages, both included, at which failed fingerprints may be left out without approval (R75, A2). */
export const fingerprintWaiverAges: Parameter<{ upTo: number; from: number; attemptsPerFinger: number }> = {
  description: {
    zh: '指纹采集不成功可以不予采集的年龄（含本数），以及每指采集次数',
    en: 'Ages at which fingerprints may be left out after failed attempts, and attempts per finger',
  },
  unit: 'years-and-attempts',
  values: [{ from: '2014-03-10', value: { upTo: 10, from: 80, attemptsPerFinger: 3 }, basis: 'R75, A2' }],
}

export const moveInDeclaration: Parameter<{ urban: number; rural: number }> = {
  description: { zh: '到达迁入地后申报迁入登记的期限', en: 'Days from arrival to declare a move-in' },
  unit: 'natural-day',
  values: [{ from: '1958-01-09', value: { urban: 3, rural: 10 }, basis: 'hukou-regulations:13' }],
}

/** How long a move-in waits for the remedy of a mismatch (R59). */
export const mismatchWait: Parameter<number> = {
  description: {
    zh: '网上核查不一致后保留办件的天数',
    en: 'Days a move-in stays open after an inconsistent verification',
  },
  unit: 'natural-day',
  values: [{ from: '2014-03-10', value: 90, basis: 'R59, design', example: true }],
}

/** Reminders to collect a finished card (R65). */
export const collectionReminders: Parameter<number[]> = {
  description: { zh: '证件未领取的提醒时间', en: 'Days after arrival at which an uncollected card is called to mind' },
  unit: 'natural-day',
  values: [{ from: '2014-03-10', value: [30, 60], basis: 'R65, design', example: true }],
}
