import { messages } from '#platform/i18n.ts'

/** Words of supervision, trend and early warning. */
export const otherWords = messages(
  {
    orders: {
      title: '督办',
      opened: '新立督办单',
      onTime: '按时办结',
      onTimeNote: (n: string) => `占已办结 ${n} 件`,
      overdue: '曾经超期',
      reopened: '群众再次不满意、重新督办',
      open: '正在督办',
      finding: {
        none: '本期没有新立督办单。',
        some: (opened: string, closed: string, onTime: string, overdue: string, reopened: string) =>
          `本期新立 ${opened} 件，已办结 ${closed} 件，其中 ${onTime} 件始终按时；${overdue} 件曾经超期，${reopened} 件因群众再次不满意重新督办。`,
      },
      escalated: '查看报送领导的督办单',
      note: '只对全局显示：单位看到一件督办，就会知道那几天有群众不满意（回访保密）。',
    },
    trend: {
      title: '近 12 个月',
      interval: '（细线为 95% 置信区间）',
      table: '每月情况',
      note: '最后一个月尚未结束。',
      finding: {
        none: '近 12 个月没有足够的办结件可作比较。',
        same: (a: string, b: string, pa: string, pb: string) =>
          `${b}按时办结率 ${pb}%，${a} ${pa}%；两个月的置信区间重叠，差别可能只是偶然。`,
        up: (a: string, b: string, pa: string, pb: string) =>
          `${b}按时办结率 ${pb}%，比${a}的 ${pa}% 高，差别超出偶然。`,
        down: (a: string, b: string, pa: string, pb: string) =>
          `${b}按时办结率 ${pb}%，比${a}的 ${pa}% 低，差别超出偶然。`,
      },
    },
    warning: {
      title: '预警名单',
      why: (months: string) =>
        `不满意评价、超期办件或再次告知连续 ${months} 个月上升的单位，在投诉发生之前列出（R135）。`,
      empty: '没有单位的预警指标连续上升',
      emptyBody: (months: string) => `看的是已经结束的最近 ${months} 个月。`,
      columns: {
        unit: '单位',
        count: '上升指标',
        bad_ratings: '不满意评价',
        overdue: '超期办件',
        second_notices: '再次告知',
      },
      rising: '连续上升',
    },
  },
  {
    orders: {
      title: 'Supervision',
      opened: 'Orders opened',
      onTime: 'Closed on time',
      onTimeNote: (n) => `of ${n} closed`,
      overdue: 'Ever overdue',
      reopened: 'Reopened by a second dissatisfied reply',
      open: 'In progress',
      finding: {
        none: 'No order was opened in this period.',
        some: (opened, closed, onTime, overdue, reopened) =>
          `${opened} opened, ${closed} closed, ${onTime} of them never late; ${overdue} were overdue at some time, ${reopened} reopened because the citizen was dissatisfied again.`,
      },
      escalated: 'Orders put before the leader',
      note: 'Shown for the whole bureau only: a unit that sees one order knows that a citizen of those days was dissatisfied.',
    },
    trend: {
      title: 'The last 12 months',
      interval: ' (thin line: 95% interval)',
      table: 'Month by month',
      note: 'The last month is not over yet.',
      finding: {
        none: 'The last 12 months hold too few completed matters to compare.',
        same: (a, b, pa, pb) =>
          `${b}: ${pb}% on time, ${a}: ${pa}%. The intervals overlap; the difference may be chance.`,
        up: (a, b, pa, pb) => `${b}: ${pb}% on time, more than the ${pa}% of ${a}; more than chance.`,
        down: (a, b, pa, pb) => `${b}: ${pb}% on time, less than the ${pa}% of ${a}; more than chance.`,
      },
    },
    warning: {
      title: 'Early warning',
      why: (months) =>
        `Units in which bad ratings, overdue matters or later notices rose ${months} months running, before complaints come (R135).`,
      empty: 'No unit has an indicator that keeps rising',
      emptyBody: (months) => `This looks at the last ${months} months that are over.`,
      columns: {
        unit: 'Unit',
        count: 'Rising',
        bad_ratings: 'Bad ratings',
        overdue: 'Overdue',
        second_notices: 'Later notices',
      },
      rising: 'keeps rising',
    },
  },
)
