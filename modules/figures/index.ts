export { type CountedCursor, type CountedMatter, type Listable, listable, listCounted } from './counted-list.ts'
export { type LeadIndicators, leadIndicators } from './lead-indicators.ts'
export { recountNightly } from './nightly-recount.ts'
export { monthsUpTo, type Period, type PeriodName, periodNamed, periodNames } from './period.ts'
export { type Rate, rate } from './rate.ts'
export { type Difference, recountFigures } from './recount.ts'
export { type FigureScope, figureScope, readsBureau } from './scope.ts'
export { monthlyTrend, type RatedMonth, type TrendMonth } from './trend.ts'
export {
  type CountedMeasure,
  countedMeasures,
  type WindowFigures,
  windowFigures,
} from './window-figures.ts'
