import { messages } from '#platform/i18n.ts'

/** Words of the figures: titles, columns, sentences that state a finding. */
export const figureWords = messages(
  {
    title: '统计',
    span: (from: string, until: string) => `${from}至${until}`,
    scopeAll: '本人有权查看的全部单位',
    scopeBureau: '全局',
    asOf: (at: string) => `截至 ${at}`,
    periods: { month: '本月', last_month: '上月', quarter: '本季度', year: '本年' },
    periodLabel: '统计期',
    from: '从',
    until: '到',
    unit: '单位',
    show: '查看',
    malformed: '日期写法不对，例如 2026-11-23',
    order: '结束日期早于开始日期',
    export: '导出表格',
    columns: {
      unit: '单位',
      received: '接待',
      accepted: '受理',
      completed: '办结',
      onTime: '按时办结率',
      secondVisit: '二次办结率',
      noticeFirst: '首次告知',
      noticeLater: '再次告知',
      thirdVisits: '三次及以上到场',
      overdueNow: '现有逾期',
      refused: '不予办理',
      month: '月份',
      satisfied: '满意率',
      response: '答复率',
    },
    total: '合计',
    none: '无',
    smile: '微笑 · 满意率',
    smileResponse: '微笑 · 回访答复率',
    efficient: '高效 · 按时办结率',
    efficientSecond: '高效 · 二次办结率',
    overdueNow: '现有逾期办件',
    apart: '“微笑”来自群众评价，“高效”来自办理记录；两项并列，不合并计分（R93）。',
    counter: {
      title: '窗口办理',
      table: '各单位窗口办理情况',
      bars: {
        one: '按时办结率（细线为 95% 置信区间）',
        same: (low: string, high: string) =>
          `各单位按时办结率在 ${low}% 与 ${high}% 之间，最高与最低的置信区间重叠，不足以排出先后（细线为 95% 置信区间）`,
        apart: (best: string, high: string, worst: string, low: string) =>
          `按时办结率${best}最高（${high}%），${worst}最低（${low}%），差别超出偶然（细线为 95% 置信区间）`,
      },
      empty: '本期没有办件',
      note: '办件各项按当天发生的事计入首次接待单位；现有逾期按目前在办单位、截至现在计，与统计期无关。',
      onTime: {
        none: '本期没有办结的办件，没有按时办结率。',
        few: (n: string, x: string) => `本期仅办结 ${n} 件，其中 ${x} 件按时；样本小，比例仅供参考。`,
        many: (n: string, x: string, p: string, interval: string) =>
          `本期办结 ${n} 件，${x} 件按时，按时办结率 ${p}%（95% 置信区间 ${interval}%）。`,
      },
      secondVisit: {
        none: '本期没有经告知后再次到场而受理的办件，没有二次办结率。',
        few: (n: string, x: string) =>
          `经告知后再次到场而受理的仅 ${n} 件，其中 ${x} 件第二次到场即材料齐全；样本小，比例仅供参考。`,
        many: (n: string, x: string, p: string, interval: string) =>
          `经告知后再次到场而受理 ${n} 件，${x} 件第二次到场即材料齐全，二次办结率 ${p}%（95% 置信区间 ${interval}%）；尚未再来的不在其内。`,
      },
    },
    callback: {
      title: '满意度回访',
      funnel: '回访过程',
      byUnit: '各单位回访情况',
      levels: (answered: string, satisfied: string, bad: string) =>
        `答复的 ${answered} 人中，${satisfied} 人满意（含基本满意），${bad} 人不满意`,
      steps: {
        due: '应回访',
        sent: '已发出',
        delivered: '已送达',
        answered: '已答复',
        noAnswer: '未答复',
        failed: '发送失败',
        noPhone: '无手机号码',
        optedOut: '已退订',
        unclear: '答复不明',
        open: '尚未截止',
      },
      satisfied: '满意（含基本满意）',
      satisfiedShort: '满意率',
      bounds: '未答复者态度不明时的上下限',
      boundsShort: '上下限',
      bad: '不满意',
      notShown: '不显示',
      none: '本期没有向群众发出回访，没有满意率。',
      nobody: (asked: string) => `向 ${asked} 人发出回访，无人答复；没有答复不等于满意，没有满意率。`,
      finding: (asked: string, answered: string, response: string, satisfied: string, interval: string) =>
        `询问 ${asked} 人，${answered} 人答复，答复率 ${response}%；答复者中 ${satisfied}% 满意（95% 置信区间 ${interval}%）。`,
      findingWithheld: (asked: string, answered: string, response: string) =>
        `询问 ${asked} 人，${answered} 人答复，答复率 ${response}%；评价分布不显示。`,
      silence: (silent: string, low: string, high: string) =>
        `另有 ${silent} 人没有答复，态度不明：如果他们都不满意，全体的满意率是 ${low}%；如果都满意，是 ${high}%。真实的满意率在这两者之间，单凭答复者的满意率不能断言。`,
      openStill: (open: string) => `还有 ${open} 份回访没有截止，数字还会变动。`,
      served: '回访计入为群众办结的单位和办结当天所在的统计期。',
      withheld: {
        'few-answers':
          '统计期内有月份答复不足 5 份，评价分布不向被评价单位显示，合计也不显示，以免推知是谁作出的评价。',
        'whole-months-only': '评价分布只按整月显示，以免用两个相近的统计期相减推知是谁作出的评价。请选择整月。',
        'answers-still-open': '本期还有回访没有截止，评价分布待全部截止、整月结束后显示。',
      },
    },
  },
  {
    title: 'Figures',
    span: (from, until) => `${from} to ${until}`,
    scopeAll: 'All units you may see',
    scopeBureau: 'The whole bureau',
    asOf: (at) => `as of ${at}`,
    periods: { month: 'This month', last_month: 'Last month', quarter: 'This quarter', year: 'This year' },
    periodLabel: 'Period',
    from: 'From',
    until: 'To',
    unit: 'Unit',
    show: 'Show',
    malformed: 'Not a date; for example 2026-11-23',
    order: 'The end is before the beginning',
    export: 'Export',
    columns: {
      unit: 'Unit',
      received: 'Received',
      accepted: 'Accepted',
      completed: 'Completed',
      onTime: 'On time',
      secondVisit: 'Done at visit 2',
      noticeFirst: 'First notices',
      noticeLater: 'Later notices',
      thirdVisits: 'Third visits and more',
      overdueNow: 'Overdue now',
      refused: 'Refused',
      month: 'Month',
      satisfied: 'Satisfied',
      response: 'Response',
    },
    total: 'Total',
    none: 'none',
    smile: 'Courtesy · satisfied',
    smileResponse: 'Courtesy · response',
    efficient: 'Efficiency · on time',
    efficientSecond: 'Efficiency · done at visit 2',
    overdueNow: 'Overdue now',
    apart:
      'Courtesy is what citizens say, efficiency what the records say; they stand side by side and are never merged (R93).',
    counter: {
      title: 'The counter',
      table: 'The counter by unit',
      bars: {
        one: 'Completed on time (thin line: 95% interval)',
        same: (low, high) =>
          `Between ${low}% and ${high}% on time; the intervals of the highest and the lowest overlap, so this is no ranking (thin line: 95% interval)`,
        apart: (best, high, worst, low) =>
          `On time: ${best} most (${high}%), ${worst} least (${low}%), more than chance (thin line: 95% interval)`,
      },
      empty: 'Nothing happened in this period',
      note: 'Each act counts on its day, for the unit that received the citizen first. Overdue now counts this moment, whatever the period, for the unit at work on it.',
      onTime: {
        none: 'Nothing was completed in this period, so there is no on-time rate.',
        few: (n, x) => `Only ${n} completed, ${x} of them on time; too few for the share to say much.`,
        many: (n, x, p, interval) => `${n} completed, ${x} on time: ${p}% (95% interval ${interval}%).`,
      },
      secondVisit: {
        none: 'Nobody came back after a notice and was accepted in this period, so there is no second-visit rate.',
        few: (n, x) =>
          `Only ${n} accepted after a return, ${x} of them at visit two; too few for the share to say much.`,
        many: (n, x, p, interval) =>
          `${n} accepted after a return, ${x} with complete papers at visit two: ${p}% (95% interval ${interval}%); whoever has not come back is not among them.`,
      },
    },
    callback: {
      title: 'Satisfaction call-back',
      funnel: 'The way of the question',
      byUnit: 'Call-back by unit',
      levels: (answered, satisfied, bad) =>
        `Of ${answered} who answered, ${satisfied} are satisfied and ${bad} dissatisfied`,
      steps: {
        due: 'Due',
        sent: 'Sent',
        delivered: 'Delivered',
        answered: 'Answered',
        noAnswer: 'No answer',
        failed: 'Failed',
        noPhone: 'No mobile number',
        optedOut: 'Opted out',
        unclear: 'Unclear answer',
        open: 'Still open',
      },
      satisfied: 'Satisfied (three good levels)',
      satisfiedShort: 'Satisfied',
      bounds: 'Bounds if the silent are counted',
      boundsShort: 'Bounds',
      bad: 'Dissatisfied',
      notShown: 'not shown',
      none: 'Nobody was asked in this period, so there is no satisfaction figure.',
      nobody: (asked) => `${asked} were asked and nobody answered; silence is not satisfaction, so there is no figure.`,
      finding: (asked, answered, response, satisfied, interval) =>
        `${asked} were asked, ${answered} answered: ${response}% response. Of those who answered ${satisfied}% are satisfied (95% interval ${interval}%).`,
      findingWithheld: (asked, answered, response) =>
        `${asked} were asked, ${answered} answered: ${response}% response. The ratings are not shown.`,
      silence: (silent, low, high) =>
        `${silent} did not answer and nobody knows what they think: if all of them are dissatisfied, ${low}% of everybody is satisfied; if all are satisfied, ${high}%. The truth lies between; the share among those who answered cannot settle it.`,
      openStill: (open) => `${open} questions are still open; the figures will move.`,
      served: 'A question counts for the unit that completed the matter, in the period of the day of completion.',
      withheld: {
        'few-answers':
          'Some month of this period has fewer than five answers. The ratings are kept from the rated unit, and sums with them, so that nobody can work out who gave them.',
        'whole-months-only':
          'Ratings are shown for whole months only, so that nobody can subtract two periods that differ by a few people. Choose whole months.',
        'answers-still-open':
          'Some questions of this period are still open. Ratings are shown when the month is over and all of them are closed.',
      },
    },
  },
)

export type FigureWords = ReturnType<typeof figureWords>
