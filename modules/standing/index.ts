export { type Amendment, type Annulment, amendResponsibility, annulResponsibility } from './annul-responsibility.ts'
export { type EligibilityQuestion, eligibility, eligibilityOfMany } from './check-eligibility.ts'
export { closeMonth, type MonthText, type Period, renderMonth } from './close-month.ts'
export { decideDeduction } from './decide-deduction.ts'
export { deriveConsequences } from './derive-consequences.ts'
export { type LedgerEntry, type LedgerFilter, listLedger } from './ledger-view.ts'
export { listNominations, type NominationRow, viewNomination } from './nomination-view.ts'
export { grant, nominate, withdrawNomination } from './nominations.ts'
export {
  countProposed,
  type DeductionLine,
  listRestrictions,
  type OwnStanding,
  ownStanding,
  type RestrictionRow,
  viewRestriction,
} from './person-standing.ts'
export { type Recorded, type ResponsibilityInput, recordResponsibility } from './record-responsibility.ts'
export { type Fact, type FactKind, factKinds, reportFact } from './report-fact.ts'
export {
  confirmRestriction,
  type MeritCause,
  proposeMeritRestriction,
  withdrawMeritRestriction,
} from './restrictions.ts'
export type { Slip } from './slip-store.ts'
export {
  countOpenSlips,
  type Information,
  listInformation,
  listSlips,
  noteInformation,
  type SlipDetails,
  type SlipLine,
  type SlipRow,
  type SlipStep,
  viewSlip,
} from './slip-view.ts'
export { type SweptStanding, sweepStanding } from './sweep-standing.ts'
export { countTasksForMenu, listTasks, overdueDeductions, type TaskRow, type TaskView, viewTask } from './task-view.ts'
export { answerSlip, editSlip, holdTalk, noteRefusal, receiveSlip, signSlip, witnessRefusal } from './work-slip.ts'
