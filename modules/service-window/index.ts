export { acceptMatter } from './accept-matter.ts'
export { readCursor, serviceWindowApi, writeCursor } from './api.ts'
export { type Assessment, assess, type JudgedContent } from './assessment.ts'
export { causesByRecord, type GapByRecord } from './causes-by-record.ts'
export { assessMatter, type CheckInput, checkMaterials, checksAt, chooseItem, versionOf } from './check-materials.ts'
export { type ContactInput, openPhone } from './contact.ts'
export { type Decisions, type ExtensionToDecide, type NoticeToDecide, waitingDecisions } from './decision-list.ts'
export { decideExtension, requestExtension } from './extend-limit.ts'
export { completeMatter, refuseMatter, transferOut, withdrawMatter } from './finish-matter.ts'
export { answerOffer, handOver, possibleReceivers, takeOver } from './hand-over.ts'
export { findNotice, issueNotice } from './issue-notice.ts'
export {
  type Cursor,
  countMine,
  countViews,
  type ListFilter,
  listMatters,
  type MatterRow,
  type View,
  type ViewCounts,
  views,
} from './matter-list.ts'
export { findMatter, type Matter } from './matter-store.ts'
export { type BatonRow, holdsOf, type MatterView, type NoticeRow, viewMatter } from './matter-view.ts'
export {
  basisInWords,
  type NoticeContent,
  queryLink,
  sealOf,
  shortNotices,
  supervisionPhones,
} from './notice-content.ts'
export { noticeDocument } from './notice-document.ts'
export { hashQueryCode, normaliseCode, openCode } from './query-code.ts'
export { lastCounter, type ReceptionInput, receiveCitizen, servingUnit } from './receive-citizen.ts'
export { matterRetention } from './retention.ts'
export { openByNumber, readNumber, startReturnVisit, type VisitCause, visitCauses } from './return-visit.ts'
export { revealContact, revealReasons } from './reveal-contact.ts'
export { type OpenMatter, otherMattersOf } from './same-citizen.ts'
export { matterTables } from './sealed.ts'
export { decideSecondNotice, requestSecondNotice, type SupplementCause, supplementCauses } from './second-notice.ts'
export { type SignatureInput, type Stroke, signNotice } from './sign-notice.ts'
export { lapseUnreturned, markOverdue, recomputeProvisional } from './sweep-matters.ts'
export { listThirdVisits, type ThirdVisit } from './third-visits.ts'
