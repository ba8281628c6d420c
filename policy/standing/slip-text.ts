/** The draft of a notice slip (R128, domain 4.11): a reminder in plain words. The political department edits it, a leader signs. */
export function draftSlipText(about: {
  year: number
  nth: number
  cases: readonly { no: string; factLine: string }[]
}): string {
  const list = about.cases.map(({ no, factLine }, index) => `${index + 1}．${no}：${factLine}`).join('\n')
  return [
    `${about.year}年度，你因信访投诉问题已被扣分${about.nth}次：`,
    list,
    '按照规定，你本年度的立功授奖和评优资格已经取消。本单不是处分，是对你的提醒和帮助。',
    '请你对照上述问题查找原因，改进工作态度和方法，写出改进打算；30日内单位将与你谈话，了解改进情况。',
    '需要业务培训或者安排老民警带教的，可以随时提出。对认定有异议的，可以按规定申诉，申诉期间不影响你的工作安排。',
  ].join('\n')
}
