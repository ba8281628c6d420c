export { addEvidence, readEvidence } from './add-evidence.ts'
export { addNote } from './add-note.ts'
export { type AnswerInput, type AnswerResult, answerCitizen, answerResults } from './answer-citizen.ts'
export { assignOrder } from './assign-order.ts'
export { noteConsent, type Revealed, revealCitizen } from './contact.ts'
export { decideAnswer } from './decide-answer.ts'
export { type DeskOfficer, eligibleOfficers } from './desk-officers.ts'
export { handIssuedKinds, type IssueInput, issueOrder } from './issue-order.ts'
export { type OpenedOrder, type OpenOrder, openOrder } from './open-order.ts'
export { type OrderFigures, orderFigures } from './order-figures.ts'
export {
  countOrders,
  countOrdersForMenu,
  listOrders,
  type OrderCounts,
  type OrderCursor,
  type OrderFilter,
  type OrderRow,
  type OrderView,
  orderViews,
} from './order-list.ts'
export type { Order } from './order-store.ts'
export { type EvidenceRow, type NamedPerson, type OrderDetails, type OrderStep, viewOrder } from './order-view.ts'
export type { AskSecondOpinion, RevealCitizen } from './ports.ts'
export { recordSecondOpinion, type SecondOpinion } from './second-opinion.ts'
export { markComplaintOpened, noteStyleProblem, type StyleProblem, styleProblemsWithoutCase } from './style-problem.ts'
export { closeUnanswered, type Swept, settleProvisional, sweepOrders } from './sweep-orders.ts'
export { addMeasure } from './work-order.ts'
