import type { Funnel } from '#modules/callback/index.ts'
import { rate, type WindowFigures } from '#modules/figures/index.ts'
import type { Context } from '#platform/context.ts'
import { formatMoment, type Lang, messages } from '#platform/i18n.ts'
import type { CellInput, Column, Workbook } from '#platform/spreadsheet/workbook.ts'
import { scopeText, spanText } from './page.ts'
import { type FigureView, unitName, unitsShown } from './view.ts'
import { figureWords } from './words.ts'

const words = messages(
  {
    note: (span: string, scope: string, who: string, at: string) =>
      `${span}，${scope}。${who} 于 ${at} 导出。每个比例旁都有 n 和 95% 置信区间（Wilson 法）；满意率只说明答复者，上下限是未答复者全不满意和全满意时的满意率；微笑与高效两项不合并计分（R93）。`,
    of: (name: string) => `${name}的 n`,
    low: (name: string) => `${name}下限`,
    high: (name: string) => `${name}上限`,
    silentLow: '满意率（未答复者全不满意）',
    silentHigh: '满意率（未答复者全满意）',
    asked: '询问人数',
    satisfied: '满意人数',
    remark: '说明',
  },
  {
    note: (span, scope, who, at) =>
      `${span}, ${scope}. Taken out by ${who} at ${at}. Each share stands with its n and 95% interval (Wilson); satisfied is a share of those who answered, the bounds are for all silent dissatisfied and all silent satisfied; courtesy and efficiency are never merged (R93).`,
    of: (name) => `n of ${name}`,
    low: (name) => `${name}, low`,
    high: (name) => `${name}, high`,
    silentLow: 'Satisfied if all silent are not',
    silentHigh: 'Satisfied if all silent are',
    asked: 'Asked',
    satisfied: 'Satisfied, people',
    remark: 'Remark',
  },
)

type Key = string
type Line = Record<Key, CellInput>

/** The numbers of the page, one line a unit, each share with its n and interval. */
export function figuresWorkbook(ctx: Context, view: FigureView, lang: Lang): Workbook<Key> {
  const w = words(lang)
  const who = `${ctx.actor.name} ${ctx.actor.policeNo}`
  return {
    sheetName: figureWords(lang).title,
    note: String(w.note(spanText(view, lang), scopeText(view, lang), who, formatMoment(ctx.now, lang))),
    columns: columns(lang),
    rows: [
      ...unitsShown(view).map((unit) =>
        line(
          unitName(unit, lang),
          view.counter.units.get(unit.id) as WindowFigures,
          view.callback.units.find((row) => row.unitId === unit.id),
          lang,
        ),
      ),
      line(figureWords(lang).total, view.counter.total, view.callback.total, lang),
    ],
  }
}

function columns(lang: Lang): Column<Key>[] {
  const c = figureWords(lang).columns
  const steps = figureWords(lang).callback.steps
  const w = words(lang)
  const number = (key: string, title: string): Column<Key> => ({ key, title, kind: 'number', width: 12 })
  const share = (key: string, title: string): Column<Key>[] => [
    { key, title, kind: 'percent', width: 12 },
    number(`${key}N`, String(w.of(title))),
    { key: `${key}Low`, title: String(w.low(title)), kind: 'percent', width: 12 },
    { key: `${key}High`, title: String(w.high(title)), kind: 'percent', width: 12 },
  ]
  return [
    { key: 'unit', title: c.unit, kind: 'text', width: 28 },
    number('received', c.received),
    number('accepted', c.accepted),
    number('completed', c.completed),
    number('refused', c.refused),
    ...share('onTime', c.onTime),
    ...share('secondVisit', c.secondVisit),
    number('noticeFirst', c.noticeFirst),
    number('noticeLater', c.noticeLater),
    number('thirdVisits', c.thirdVisits),
    number('overdueNow', c.overdueNow),
    number('due', steps.due),
    number('sent', steps.sent),
    number('delivered', steps.delivered),
    number('asked', w.asked),
    number('answered', steps.answered),
    ...share('response', c.response),
    number('satisfiedX', w.satisfied),
    ...share('satisfied', c.satisfied),
    { key: 'silentLow', title: w.silentLow, kind: 'percent', width: 14 },
    { key: 'silentHigh', title: w.silentHigh, kind: 'percent', width: 14 },
    { key: 'remark', title: w.remark, kind: 'text', width: 60 },
  ]
}

function line(unit: string, counted: WindowFigures, asked: Funnel | undefined, lang: Lang): Line {
  return {
    unit,
    received: counted.received,
    accepted: counted.accepted,
    completed: counted.completed,
    refused: counted.refused,
    ...shareCells('onTime', counted.onTime.x, counted.onTime.n),
    ...shareCells('secondVisit', counted.secondVisit.x, counted.secondVisit.n),
    noticeFirst: counted.notice_first,
    noticeLater: counted.notice_later,
    thirdVisits: counted.thirdVisits,
    overdueNow: counted.overdueNow,
    ...(asked ? callbackCells(asked, lang) : {}),
  }
}

function callbackCells(asked: Funnel, lang: Lang): Line {
  const { due, sent, delivered, answered, satisfaction, withheld } = asked
  const counted = {
    due,
    sent,
    delivered,
    asked: asked.asked,
    answered,
    ...shareCells('response', answered, asked.asked),
  }
  if (!satisfaction) return { ...counted, remark: withheld ? figureWords(lang).callback.withheld[withheld] : '' }
  return {
    ...counted,
    satisfiedX: satisfaction.satisfied,
    ...shareCells('satisfied', satisfaction.satisfied, answered),
    silentLow: satisfaction.nonResponse.bounds?.low,
    silentHigh: satisfaction.nonResponse.bounds?.high,
  }
}

/** The n stands even where there is no share, so that an empty cell explains itself. */
function shareCells(key: string, x: number, n: number): Line {
  const { share, interval } = rate(x, n)
  return { [key]: share, [`${key}N`]: n, [`${key}Low`]: interval?.low, [`${key}High`]: interval?.high }
}
