import { percentText } from '#policy/statistics/percent.ts'
import type { MonthlyReport, Rate, ReportedMeasure, TagTable } from '../data/official.ts'
import { cutOffText, dayText, inSentence, monthText, sentence } from '../written.ts'
import { type Block, headings, type OfficialDocument, points, type TableBlock, text } from './block.ts'
import { comparedCells, comparedColumns, comparedTable, comparison } from './compare.ts'
import { letterHead } from './head.ts'
import { trendCharts, unitChart } from './report-charts.ts'

type Part = { heading: string; blocks: Block[] }

/** R118: the month for the Party committee. A part without content is left out; a month without cases says so. */
export function monthlyReportDocument(report: MonthlyReport): OfficialDocument {
  const heading = headings()
  const parts: Part[] = [
    { heading: '总体情况', blocks: overview(report) },
    { heading: '反映的主要问题', blocks: problems(report) },
    { heading: '办理和责任认定情况', blocks: handling(report) },
    { heading: '提前预警的单位', blocks: warnings(report) },
    { heading: '典型案件', blocks: typical(report) },
    { heading: '原因分析和存在的不足', blocks: causes(report) },
    { heading: '上次例会措施落实情况', blocks: measures(report) },
    { heading: '下一步工作建议', blocks: points(report.proposals.map(sentence)) },
  ]
  return {
    ...letterHead(report.head),
    body: [
      opening(report),
      ...parts
        .filter(({ blocks }) => blocks.length > 0)
        .flatMap((part) => [heading(1, part.heading), ...numberedWithin(part.blocks, heading)]),
      text('特此报告。'),
    ],
    annexes: annexes(report),
  }
}

/** Headings inside a part are written without a number and counted here. */
function numberedWithin(blocks: Block[], heading: ReturnType<typeof headings>): Block[] {
  return blocks.map((block) => (block.kind === 'heading' ? heading(2, block.text) : block))
}

function inner(words: string): Block {
  return { kind: 'heading', level: 2, text: words }
}

function opening({ period, confirmations }: MonthlyReport): Block {
  const nil = confirmations.filter(({ result }) => result === 'nil').map(({ department }) => department)
  const all = confirmations.map(({ department }) => department)
  const nilWords = nil.length > 0 && nil.length < all.length ? `，其中${nil.join('、')}为零报告` : ''
  const confirmed = all.length > 0 ? `${all.join('、')}已分别确认${nilWords || '登记完整'}。` : ''
  return text(
    `现将${monthText(period.month)}群众信访投诉情况报告如下。本报告统计期为该自然月，数据截至${cutOffText(period.cutOff)}。${confirmed}`,
  )
}

function overview(report: MonthlyReport): Block[] {
  const { submissions, cases, claim, cautions, byClass, byChannel, byDepartment } = report
  const compared = comparison(cases, '件')
  const count =
    submissions.now === 0
      ? `本月各渠道均未收到群众信访投诉，实行零报告${compared && `；案件数${compared}`}。`
      : `本月共收到群众信访投诉${submissions.now}件次，同一事项合并后为${cases.now}件案件${compared && `，${compared}`}。`
  const groups = [
    { name: '信访类别', rows: byClass },
    { name: '来源渠道', rows: byChannel },
    { name: '登记部门', rows: byDepartment },
  ]
  return [
    text(count + sentence(claim.sentence)),
    text(sentence(`上述判断的依据：${claim.basis}`)),
    ...cautions.map((words) => text(sentence(words), '需要说明的是：')),
    ...(submissions.now > 0 ? [comparedTable('表1　案件来源和类别（件）', groups)] : []),
    ...trendCharts(report.trend),
  ]
}

function problems({ alleged, confirmed, cases }: MonthlyReport): Block[] {
  if (cases.now === 0 && confirmed.total === 0) return []
  return [
    text(
      `群众反映中涉及“冷硬横推托”的案件${alleged.total}件；本月经审查认定确有此类问题的案件${confirmed.total}件。反映与认定分别统计，认定的案件不一定是本月收到的。`,
    ),
    ...tagTable('表2　群众反映的问题（件）', alleged),
    ...tagTable('表3　经审查认定的问题（件）', confirmed),
  ]
}

function tagTable(caption: string, { styles, behaviours, cases, total }: TagTable): TableBlock[] {
  if (total === 0) return []
  return [
    {
      kind: 'table',
      caption,
      columns: ['作风问题', ...behaviours],
      rows: styles.map((style, i) => [style, ...cases[i]!.map(String)]),
      widths: [1.4, ...behaviours.map(() => 1)],
      centred: [0, ...behaviours.map((_, i) => i + 1)],
      note: `同一案件有多项问题的，在各项中分别计数；涉及案件共${total}件。`,
    },
  ]
}

function handling({ timeliness, findings, consequences, repeats }: MonthlyReport): Block[] {
  return [
    ...(timeliness.length > 0 ? [inner('法定期限'), timelinessTable(timeliness)] : []),
    ...(findings.length > 0 ? [inner('责任认定'), countTable('表5　本月作出的认定（件）', '认定结论', findings)] : []),
    ...(consequences.length > 0 ? [inner('责任追究'), countTable('表6　扣分及其后果', '项目', consequences)] : []),
    ...(repeats.length > 0 ? [inner('反复被投诉的人员'), repeatsTable(repeats)] : []),
  ]
}

function timelinessTable(rows: MonthlyReport['timeliness']): TableBlock {
  return {
    kind: 'table',
    caption: '表4　本月到期事项（件）',
    columns: ['期限', '到期', '按期', '逾期', '按期率'],
    rows: rows.map(({ limit, fellDue, onTime, overdue }) => [
      limit,
      ...[fellDue, onTime, overdue].map(String),
      fellDue === 0 ? '—' : `${percentText(onTime / fellDue, 1)}%`,
    ]),
    widths: [4, 1, 1, 1, 1.2],
    centred: [1, 2, 3, 4],
  }
}

function countTable(caption: string, first: string, rows: MonthlyReport['findings']): TableBlock {
  return {
    kind: 'table',
    caption,
    columns: [first, ...comparedColumns],
    rows: rows.map((row) => [row.name, ...comparedCells(row)]),
    widths: [40, 11, 11, 11, 13, 11],
    centred: [1, 2, 3, 4, 5],
  }
}

function repeatsTable(rows: MonthlyReport['repeats']): TableBlock {
  return {
    kind: 'table',
    caption: '表7　本年度两次以上被投诉的人员',
    columns: ['姓名', '单位', '案件数', '说明'],
    rows: rows.map(({ name, unit, cases, note }) => [name, unit, String(cases), note ?? '—']),
    widths: [1.2, 1.4, 0.7, 2],
    centred: [2],
  }
}

function warnings({ warnings: units }: MonthlyReport): Block[] {
  if (units.length === 0) return []
  return [
    text('以下单位虽不一定有投诉案件，但满意度回访、超期办件或者二次告知等指标连续走低，建议列入本次例会议题：'),
    ...points(units.map(({ unit, reasons }) => sentence(`${unit}：${reasons.map(inSentence).join('；')}`))),
  ]
}

function typical({ typical: cases }: MonthlyReport): Block[] {
  return cases.flatMap(({ heading, facts, outcome, lesson }) => [
    inner(heading),
    text(sentence(facts) + sentence(outcome)),
    ...(lesson ? [text(sentence(lesson))] : []),
  ])
}

function causes({ causes: counted, shortcomings }: MonthlyReport): Block[] {
  const list = counted.map(({ name, cases }) => `${name}${cases}件`).join('，')
  return [
    ...(list ? [text(`按成因分析：${list}。一件案件有多个成因的，分别计数。`)] : []),
    ...points(shortcomings.map(sentence)),
  ]
}

function measures({ lastMeasures }: MonthlyReport): Block[] {
  if (lastMeasures.length === 0) return []
  const open = lastMeasures.filter((measure) => measure.open).length
  const state = open === 0 ? '已全部完成' : `已完成${lastMeasures.length - open}项，尚有${open}项在推进`
  return [text(`上次例会确定和继续跟踪的措施共${lastMeasures.length}项，${state}，详见附件。`)]
}

function annexes({ byUnit, lastMeasures }: MonthlyReport): OfficialDocument['annexes'] {
  const units = byUnit.length > 0 ? [unitTable(byUnit), ...unitChart(byUnit)] : []
  const measured = lastMeasures.length > 0 ? [measuresTable(lastMeasures)] : []
  return [
    { title: '各单位信访投诉情况统计表', blocks: units },
    { title: '上次例会措施落实情况表', blocks: measured },
  ].filter(({ blocks }) => blocks.length > 0)
}

function unitTable(rows: MonthlyReport['byUnit']): TableBlock {
  return {
    kind: 'table',
    columns: ['单位', ...comparedColumns, '有责', '每千件'],
    rows: rows.map((row) => [row.name, ...comparedCells(row), String(row.responsible), rateText(row.rate)]),
    widths: [27, 9, 9, 9, 14, 9, 9, 14],
    centred: [1, 2, 3, 4, 5, 6, 7],
    note: '本月、上月、上年同月为反映的案件数；“有责”为本月认定有责任的案件数；“每千件”为每千件办件中反映的案件数及其95%区间。',
  }
}

function rateText(rate: Rate | undefined): string {
  return rate ? `${rate.value.toFixed(1)}\n${rate.low.toFixed(1)}–${rate.high.toFixed(1)}` : '—'
}

/** The same table in the report and in the minutes. */
export function measuresTable(rows: readonly ReportedMeasure[]): TableBlock {
  return {
    kind: 'table',
    columns: ['序号', '措施', '责任单位', '完成时限', '进展'],
    rows: rows.map(({ text: words, unit, due, state, progress }, i) => [
      String(i + 1),
      words,
      unit,
      dayText(due),
      progress ? `${state}：${progress}` : state,
    ]),
    widths: [8, 34, 19, 18, 30],
    centred: [0, 3],
  }
}
