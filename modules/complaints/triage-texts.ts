import type { Said, ToldDay } from './citizen-notice-content.ts'
import { article } from './notice-texts.ts'

const ask = '对办理情况有疑问的，可以与承办部门联系。'

/** What whoever complained is told at triage (《信访工作条例》第22条、第23条、第31条). */
export const triageTexts = {
  accepted: (due: ToldDay): Said => ({
    decision: '您反映的事项已经受理，由本局依法处理。',
    basis: article(23, 34),
    dates: [due],
    next: ['我们将在期限内书面答复您。', '您可以凭查询码查看进展、补充材料。'],
    remedies: [ask],
  }),
  redirected: (told: string): Said => ({
    decision: '您反映的事项依法应当通过其他法定途径解决。',
    reasons: [told],
    basis: article(31),
    next: ['请按上述途径提出；有新的情况可以凭查询码补充。'],
    remedies: [ask],
  }),
  transferred: (to: string, objection: ToldDay): Said => ({
    decision: `您反映的事项已转送${to}处理。`,
    basis: article(22, 23),
    dates: [objection],
    places: [{ name: to, what: '受理并答复您反映的事项' }],
    next: ['受转单位认为不属于其职责的，将退回本局另行处理并告知您。'],
    remedies: [ask],
  }),
  merged: (no: string, due: ToldDay | null): Said => ({
    decision: `您反映的事项与编号 ${no} 的事项属同一事件，合并办理，结果将分别答复您。`,
    basis: article(23),
    dates: due ? [due] : [],
    next: ['您原来的查询码继续有效。'],
    remedies: [ask],
  }),
} as const
