export { acceptCase } from './accept-case.ts'
export type { Asked, Party } from './accused-parties.ts'
export { addEvidence, readFile, type SentFile } from './add-evidence.ts'
export { type AnswerInput, answerCase } from './answer-case.ts'
export { answerStatement, markStatementRead } from './answer-statement.ts'
export { assignCase } from './assign-case.ts'
export {
  addByCode,
  askByCode,
  type ByCode,
  type CaseProgress,
  type CitizenRights,
  changeContactByCode,
  citizenRights,
  openByCode,
  ownNameByCode,
  progressOf,
  rateByCode,
} from './by-code.ts'
export type { Case } from './case-store.ts'
export type { CaseStep } from './case-timeline.ts'
export { type CaseDetails, type CodingRow, type FileRow, type SubmissionRow, viewCase } from './case-view.ts'
export { issueNotices, type NoticeKind } from './citizen-notice.ts'
export type { NoticeContent, Said, ToldDay } from './citizen-notice-content.ts'
export { hasPaper, type NoticePaper, noticePaper } from './citizen-notice-document.ts'
export { findNotice, markTold, type NoticeRow } from './citizen-notice-view.ts'
export { type ClarificationContent, clarify } from './clarify.ts'
export { type Classification, classifyCase } from './classify.ts'
export { closeCase } from './close-case.ts'
export {
  type CoderAgreement,
  codeCase,
  coderAgreement,
  codingsOf,
  proposalFor,
  type TagWords,
} from './code-case.ts'
export { type AppealDecision, type AppealInput, appealDecisions, decideAppeal } from './decide-appeal.ts'
export { type Decision, decideFinding } from './decide-finding.ts'
export { annulByReview, decideReview, type ReviewInput, reviewOutcomes } from './decide-review.ts'
export { allRelations, declareRelation, endRelation, ownRelations, type Relation } from './declare-relation.ts'
export { type Desk, deskOf, listDesks, myDepartments, saveDesk } from './desks.ts'
export { decideExtension, requestExtension } from './extend-case.ts'
export { fileAppeal, markFindingRead } from './file-appeal.ts'
export type { EvidenceLine } from './finding-store.ts'
export { type AppealRow, type FindingRow, ownFindings, ownStatements, type StatementRow } from './finding-view.ts'
export { type Barred, type Handler, handlersFor } from './handlers.ts'
export { type Identity, identityContext, openIdentity } from './identity.ts'
export { type LikelyDuplicate, likelyDuplicates } from './likely-duplicates.ts'
export { mergeCases, takenInto, unmergeCase } from './merge-cases.ts'
export * from './month/index.ts'
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
export { article, toldDay } from './notice-texts.ts'
export {
  addDraftFiles,
  type Draft,
  dropDraftFile,
  newDraftToken,
  nothingTyped,
  type OnlineFields,
  openDraft,
  receiptOfDraft,
  type SentReceipt,
  saveDraft,
  sendDraft,
  submissionOf,
} from './online-form.ts'
export { type CitizenOf, openFromOrder, sweepStyleProblems } from './open-from-order.ts'
export {
  type ClarificationRow,
  caseNumberFor,
  clarificationsFor,
  findClarification,
  ownFinding,
  ownStatement,
  statementFiles,
} from './own-papers.ts'
export { decidePause, requestPause, resumeCase } from './pause-case.ts'
export { type Proposal, proposeFinding } from './propose-finding.ts'
export { recuse } from './recuse.ts'
export { redirectCase } from './redirect-case.ts'
export {
  countForMenu,
  countQueues,
  countRegister,
  listRegister,
  listTriage,
  type RegisterCounts,
  type RegisterCursor,
  type RegisterFilter,
  type RegisterRow,
  type RegisterView,
  registerViews,
  seesCase,
} from './register-list.ts'
export { reopenCase } from './reopen-case.ts'
export { requestStatement, type StatementAsk } from './request-statement.ts'
export { examineFlag, listFlags, type RetaliationFlag, sweepRetaliation } from './retaliation.ts'
export { revealComplainant } from './reveal-complainant.ts'
export { reviewFinding, type SecondReview } from './review-finding.ts'
export { groupedCode, hashReceiptCode, normaliseReceiptCode, openReceiptCode } from './submission-code.ts'
export { type CheckedSubmission, checkSubmission, longest, type SubmissionInput } from './submission-input.ts'
export { type OpenedSubmission, openSubmission } from './submission-open.ts'
export { openReceipt, type Receipt } from './submission-receipt.ts'
export { sweepComplaints } from './sweep.ts'
export { settleProvisionalCases } from './sweep-cases.ts'
export { type TakeDownInput, takeDown } from './take-down.ts'
export { forgetDrafts, takeUpOnline } from './take-up-online.ts'
export { takeUpWish } from './take-up-wishes.ts'
export { returnTransfer, type Transfer, transferCase } from './transfer-case.ts'
export { recordWithdrawal, withdrawCase } from './withdraw-case.ts'
