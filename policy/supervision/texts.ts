import { valueOn } from '../parameter.ts'
import { solveWithin } from './parameters.ts'

/** What is asked of the owner of an order that a reply opened (R53, A8). Goes onto the printed order, in Chinese. */
export function standardRequirement(day: Temporal.PlainDate): string {
  const { value } = valueOn(solveWithin, day)
  return `自收到评价的次日起${value}个工作日内核实情况、解决问题并答复群众；诉求没有法律、政策依据的，作出有理有据的解释。不得打听、核对或向被评价单位透露评价人。`
}

/** The problem of an order whose citizen left no words. */
export const problemWithoutWords = '群众对办理情况不满意，未留下具体意见。'
