export { type Desk, deskOf, listDesks, myDepartments, saveDesk } from './desks.ts'
export {
  type Accused,
  type AccusedTyped,
  type Ambiguous,
  keepAccused,
  nameAccused,
  type OfficerFound,
  officersCalled,
  readAccused,
} from './name-accused.ts'
export { groupedCode, hashReceiptCode, normaliseReceiptCode, openReceiptCode } from './submission-code.ts'
export { type CheckedSubmission, checkSubmission, longest, type SubmissionInput } from './submission-input.ts'
export { type OpenedSubmission, openSubmission } from './submission-open.ts'
export { type TakeDownInput, takeDown } from './take-down.ts'
