import type { Parameter } from '../parameter.ts'

/** Network logs are kept at least so long; nothing that is one is removed earlier. */
export const networkLogFloor: Parameter<number> = {
  description: {
    zh: '网络日志至少留存的月数',
    en: 'Months for which network logs are kept at least',
  },
  unit: 'month',
  values: [{ from: '2017-06-01', value: 6, basis: 'cybersecurity-law:23' }],
}

/** Records of impact assessments and of handing personal data on are kept at least so long. */
export const assessmentRecordFloor: Parameter<number> = {
  description: {
    zh: '个人信息保护影响评估记录和对外提供、委托处理记录至少保存的月数',
    en: 'Months for which records of impact assessments, of transfers and of entrusted processing are kept at least',
  },
  unit: 'month',
  values: [{ from: '2021-11-01', value: 36, basis: 'pipl:56, network-data:12' }],
}

/**
 * After a matter's end its phone, citizen number and query code serve one purpose: to reach the citizen when the matter is
 * disputed. A claim for state compensation can be made for two years; after that nobody needs them.
 */
export const matterContact: Parameter<number> = {
  description: {
    zh: '办件结束后保存群众电话、公民身份号码和查询码的月数（申请材料本身属于长期保存的档案）',
    en: 'Months after a matter’s end for which phone, citizen number and query code are kept (the application itself is a record for long keeping)',
  },
  unit: 'month',
  values: [
    { from: '2021-11-01', value: 24, basis: 'pipl:6, pipl:19, state-compensation-law:39, design', example: true },
  ],
}

/** A rating counts in the evaluation of its year and may be questioned in the next; until then its proof is needed (b-6). */
export const callbackWords: Parameter<number> = {
  description: {
    zh: '办件结束后保存回访电话、评价链接和群众回复原文的月数（评价等级作为统计事实保留）',
    en: 'Months after a matter’s end for which the call-back’s phone, its link and the citizen’s own words are kept (the level stays as a fact)',
  },
  unit: 'month',
  values: [{ from: '2021-11-01', value: 24, basis: 'R52, pipl:6, pipl:19, design', example: true }],
}

/** Texts that were sent say nothing that the matter does not say. They are a log of the network until then. */
export const sentMessages: Parameter<number> = {
  description: { zh: '已发短信的内容和号码保存的月数', en: 'Months for which sent messages are kept, text and number' },
  unit: 'month',
  values: [{ from: '2021-11-01', value: 12, basis: 'pipl:19, cybersecurity-law:23, design', example: true }],
}

/** What citizens wrote proves ratings and opt-outs, so it lives as long as they can be questioned. */
export const receivedMessages: Parameter<number> = {
  description: {
    zh: '群众来信短信的内容、号码和网关签名保存的月数',
    en: 'Months for which messages of citizens are kept: text, number, the gateway’s signature',
  },
  unit: 'month',
  values: [{ from: '2021-11-01', value: 24, basis: 'R52, pipl:19, cybersecurity-law:23, design', example: true }],
}

/** A repeated request comes within minutes; a browser that was suspended, within days. */
export const requestAttempts: Parameter<number> = {
  description: {
    zh: '重复提交识别记录保存的天数',
    en: 'Days for which a form’s id is remembered, so that a repeated request has one effect',
  },
  unit: 'natural-day',
  values: [{ from: '2021-11-01', value: 7, basis: 'design' }],
}

/** The simulated telephone of the demonstration. */
export const demoTelephone: Parameter<number> = {
  description: {
    zh: '演示电话上的短信保存的月数',
    en: 'Months for which the demonstration’s telephone keeps messages',
  },
  unit: 'month',
  values: [{ from: '2021-11-01', value: 12, basis: 'design' }],
}
