import type { MonthlyReport, ReportedMeasure, TagTable, Trend, TypicalCase } from '#platform/documents/data/official.ts'
import {
  behaviours,
  type CauseCode,
  caseClasses,
  causeCodes,
  channels,
  departments,
  outcomes,
  styleTags,
} from '#policy/complaints/lists.ts'
import type { MonthFigures, TagCounts } from './count-month.ts'
import { perThousand } from './per-thousand.ts'
import {
  behaviourZh,
  causeZh,
  channelZh,
  classZh,
  departmentZh,
  limitZh,
  outcomeZh,
  styleZh,
  warningZh,
} from './report-words.ts'

/** Everything the report says, gathered; what follows only arranges it, so that the same facts give the same document. */
export type ReportFacts = {
  head: MonthlyReport['head']
  cutOff: Temporal.Instant
  now: MonthFigures
  lastMonth: MonthFigures | null
  lastYear: MonthFigures | null
  confirmations: MonthlyReport['confirmations']
  consequences: MonthlyReport['consequences']
  unitNames: ReadonlyMap<string, string>
  personNames: ReadonlyMap<string, string>
  claim: MonthlyReport['claim']
  cautions: string[]
  trend: Trend | undefined
  warnings: { unitId: string; indicators: (keyof typeof warningZh)[] }[]
  typical: TypicalCase[]
  causes: Partial<Record<CauseCode, number>>
  shortcomings: string[]
  lastMeasures: ReportedMeasure[]
  proposals: string[]
}

/** The data of the monthly report (R118, domain.md 4.15) from frozen figures. */
export function reportContent(facts: ReportFacts): MonthlyReport {
  const { now, lastMonth, lastYear } = facts
  const compared = (of: (figures: MonthFigures) => number) => ({
    now: of(now),
    ...(lastMonth && { lastMonth: of(lastMonth) }),
    ...(lastYear && { lastYear: of(lastYear) }),
  })
  const rows = <K extends string>(
    keys: readonly K[],
    words: Record<K, string>,
    of: (f: MonthFigures) => Record<string, number>,
  ) => keys.map((key) => ({ name: words[key], ...compared((figures) => of(figures)[key] ?? 0) }))
  return {
    head: facts.head,
    period: { month: Temporal.PlainYearMonth.from(now.period), cutOff: facts.cutOff },
    confirmations: facts.confirmations,
    submissions: compared((figures) => figures.submissions),
    cases: compared((figures) => figures.cases),
    byClass: rows([...caseClasses, 'unclassified'] as const, classZh, (figures) => figures.byClass),
    byChannel: rows(channels, channelZh, (figures) => figures.byChannel),
    byDepartment: rows(departments, departmentZh, (figures) => figures.byDepartment),
    byUnit: unitRows(facts, compared),
    alleged: tagTable(now.alleged),
    confirmed: tagTable(now.confirmed),
    findings: rows(outcomes, outcomeZh, (figures) => figures.findings),
    consequences: facts.consequences,
    timeliness: now.timeliness.map(({ limit, fellDue, onTime }) => ({
      limit: limitZh[limit],
      fellDue,
      onTime,
      overdue: fellDue - onTime,
    })),
    repeats: now.repeats.map(({ personId, unitId, cases }) => ({
      name: facts.personNames.get(personId) ?? '',
      unit: facts.unitNames.get(unitId) ?? '',
      cases,
    })),
    claim: facts.claim,
    cautions: facts.cautions,
    ...(facts.trend && { trend: facts.trend }),
    warnings: facts.warnings.map(({ unitId, indicators }) => ({
      unit: facts.unitNames.get(unitId) ?? '',
      reasons: indicators.map((indicator) => warningZh[indicator]),
    })),
    typical: facts.typical,
    causes: causeCodes
      .map((code) => ({ name: causeZh[code], cases: facts.causes[code] ?? 0 }))
      .filter(({ cases }) => cases > 0),
    shortcomings: facts.shortcomings,
    lastMeasures: facts.lastMeasures,
    proposals: facts.proposals,
  }
}

function unitRows(
  facts: ReportFacts,
  compared: (of: (figures: MonthFigures) => number) => { now: number; lastMonth?: number; lastYear?: number },
): MonthlyReport['byUnit'] {
  const all = [facts.now, facts.lastMonth, facts.lastYear].flatMap((figures) => figures?.byUnit ?? [])
  const ids = [...new Set(all.filter((unit) => unit.cases + unit.responsible > 0).map((unit) => unit.unitId))]
  const in_ = (figures: MonthFigures, id: string) => figures.byUnit.find((unit) => unit.unitId === id)
  return ids
    .map((id) => ({
      name: facts.unitNames.get(id) ?? '',
      ...compared((figures) => in_(figures, id)?.cases ?? 0),
      responsible: in_(facts.now, id)?.responsible ?? 0,
      ...rateOf(in_(facts.now, id)),
    }))
    .sort((a, b) => b.now - a.now || (a.name < b.name ? -1 : 1))
}

function tagTable({ cells, total }: TagCounts): TagTable {
  return {
    styles: styleTags.map((tag) => styleZh[tag]),
    behaviours: behaviours.map((behaviour) => behaviourZh[behaviour]),
    cases: styleTags.map((tag) => behaviours.map((behaviour) => cells[tag]?.[behaviour] ?? 0)),
    total,
  }
}

/** Cases per 1,000 matters with their interval; left out where nothing was served. */
function rateOf(unit: { cases: number; served: number } | undefined) {
  const rate = unit && perThousand(unit.cases, unit.served)
  return rate ? { rate } : {}
}
