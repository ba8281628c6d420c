import { Command } from 'commander'
import type { WorkCalendar } from '#policy/calendar/work-calendar.ts'

type Out = { print(line: string): void; exit(code: number): void; calendar: WorkCalendar }

/** `jingmin workdays add 2026-09-30 3`, `between A B`, `year 2026 [--json]`. Days are YYYY-MM-DD; the start day is not counted (A9). */
export function workdaysCommand(out: Out): Command {
  const command = new Command('workdays').description(
    '工作日计算（国务院放假安排，含调休）/ working days with make-up days',
  )
  command
    .command('add')
    .description('某日之后第 N 个工作日 / the N-th working day after a day')
    .argument('<day>', 'YYYY-MM-DD')
    .argument('<n>', '工作日数 / working days')
    .action((day: string, n: string) => guarded(out, () => add(out, readDay(day), readCount(n))))
  command
    .command('between')
    .description('A 之后至 B（含）的工作日数 / working days after A up to and including B')
    .argument('<a>', 'YYYY-MM-DD')
    .argument('<b>', 'YYYY-MM-DD')
    .action((a: string, b: string) => guarded(out, () => between(out, readDay(a), readDay(b))))
  command
    .command('year')
    .description('全年逐日 / every day of a year')
    .argument('<year>')
    .option('--json', '每日一行 JSON / one JSON object a line')
    .action((year: string, flags: { json?: boolean }) =>
      guarded(out, () => wholeYear(out, readCount(year), flags.json ?? false)),
    )
  return command
}

class Refused extends Error {}

function guarded(out: Out, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    out.print(error.message)
    out.exit(2)
  }
}

function readDay(text: string): Temporal.PlainDate {
  try {
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new RangeError()
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    throw new Refused(`${text}：不是日期，应为 YYYY-MM-DD / not a day, write YYYY-MM-DD`)
  }
}

function readCount(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new Refused(`${text}：不是 0–9999 的整数 / not a whole number from 0 to 9999`)
  return Number(text)
}

function known<T extends object>(answer: T | { refused: 'calendar-missing'; year: number }): T {
  if ('refused' in answer)
    throw new Refused(
      `缺少 ${answer.year} 年放假安排，不能计算 / no holiday table for ${answer.year}, so nothing is said`,
    )
  return answer
}

/** The warning goes to the error output, so that the first line stays the bare answer. */
function provisional(yes: boolean): void {
  if (yes) console.error('暂定：放假通知尚未公布，届时重算 / provisional: the holiday notice is not out yet')
}

function add(out: Out, day: Temporal.PlainDate, n: number): void {
  const due = known(out.calendar.addWorkingDays(day, n))
  out.print(due.day.toString())
  provisional(due.provisional)
}

function between(out: Out, a: Temporal.PlainDate, b: Temporal.PlainDate): void {
  const found = known(out.calendar.workingDaysBetween(a, b))
  out.print(String(found.days))
  provisional(found.provisional)
}

function wholeYear(out: Out, year: number, json: boolean): void {
  const days = known(out.calendar.yearDays(year))
  for (const { day, kind, status } of days) {
    out.print(
      json ? JSON.stringify({ date: day.toString(), kind, status }) : `${day.toString()}  ${kind.padEnd(8)} ${status}`,
    )
  }
}
