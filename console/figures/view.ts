import type { CallbackFunnel } from '#modules/callback/index.ts'
import { callbackFunnel } from '#modules/callback/index.ts'
import type { Unit } from '#modules/directory/index.ts'
import {
  type FigureScope,
  figureScope,
  type LeadIndicators,
  leadIndicators,
  monthlyTrend,
  type TrendMonth,
  type WindowFigures,
  windowFigures,
} from '#modules/figures/index.ts'
import { type OrderFigures, orderFigures } from '#modules/supervision/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import type { Lang } from '#platform/i18n.ts'
import { address, type FigureQuery, idOrNone, periodValues, type ReadPeriod, readPeriod } from './request.ts'

/** Everything that page and workbook show, read once. */
export type FigureView = {
  read: ReadPeriod
  scope: FigureScope
  counter: { units: Map<string, WindowFigures>; total: WindowFigures }
  callback: CallbackFunnel
  /** Null for whoever may not see the whole bureau (b-24). */
  orders: OrderFigures | null
}

export async function readFigures(ctx: Context, query: FigureQuery): Promise<FigureView> {
  const read = readPeriod(query, dayOf(ctx.now))
  const scope = await figureScope(ctx, idOrNone(query.under))
  const about = { ...read.period, unitIds: scope.unitIds }
  return {
    read,
    scope,
    counter: await windowFigures(ctx, about),
    callback: await callbackFunnel(ctx, about),
    orders: scope.bureau && !scope.chosen ? await orderFigures(ctx, read.period) : null,
  }
}

export type Trends = { months: TrendMonth[]; warnings: LeadIndicators[] | null }

export async function readTrends(ctx: Context, scope: FigureScope): Promise<Trends> {
  return {
    months: await monthlyTrend(ctx, scope.unitIds),
    warnings: scope.bureau ? await leadIndicators(ctx, scope.unitIds) : null,
  }
}

/** Units with something to show: window units, and others where something was counted. */
export function unitsShown({ scope, counter, callback }: FigureView): Unit[] {
  return scope.units.filter((unit) => {
    const own = counter.units.get(unit.id)
    const asked = callback.units.some((row) => row.unitId === unit.id)
    return (
      unit.isWindowUnit || asked || (own && Object.values(own).some((value) => typeof value === 'number' && value > 0))
    )
  })
}

export function unitName(unit: Pick<Unit, 'nameZh' | 'nameEn'>, lang: Lang): string {
  return lang === 'en' ? unit.nameEn : unit.nameZh
}

/** The address of what a figure counts, for one unit or for all that is shown. */
export function countedHref(view: Pick<FigureView, 'read' | 'scope'>, of: string, unitId?: string): string {
  const place = unitId ? { unit: unitId } : { under: view.scope.chosen?.id }
  return address(`/console/figures/of/${of}`, { ...periodValues(view.read.period), ...place })
}
