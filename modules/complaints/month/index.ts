export { confirmMonth, findMonth, type Month } from './confirm-month.ts'
export type { MonthFigures } from './count-month.ts'
export { draftReport, nameCauses, type ReportWords } from './draft-report.ts'
export { freezeMonths } from './freeze-months.ts'
export { beginInstitution, institutionSince } from './institution.ts'
export { decideMeasure, evaluateMeasure, listMeasures, type MeasureRow, reportProgress } from './measures.ts'
export { callMeeting, noteAttendance, signMinutes, type Topic, writeMinutes } from './meeting.ts'
export { type AttendanceRow, agendaTopics, minutesContent } from './minutes-content.ts'
export {
  type DepartmentState,
  listMonths,
  type MonthDetails,
  type MonthRow,
  meetingPeople,
  signedMinutes,
  viewMonth,
} from './month-view.ts'
export { claimOf, frozenMonths, monthsBefore, trendUpTo } from './months-read.ts'
export { closeLedgers, openMonths, settleMonths } from './open-months.ts'
export { listOutages, noteOutage, type OutageRow } from './outages.ts'
export { perThousand } from './per-thousand.ts'
export { type PublishedMonth, type PublishedNumbers, publishedMonths, publishMonth } from './publish-month.ts'
export { findReport, momentOf, type ReportRow, receiveReport, signedReport, signReport } from './sign-report.ts'
