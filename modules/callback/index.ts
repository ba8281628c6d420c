export { auditRatings, type UnprovenRating } from './audit-ratings.ts'
export { type CallbackFunnel, callbackFunnel, type Funnel, smallestCell, type Withheld } from './callback-funnel.ts'
export {
  type CallbackForDesk,
  citizenBehind,
  citizenOfReply,
  listUnclear,
  readCallback,
  type UnclearAnswer,
} from './callback-view.ts'
export { followUp } from './follow-up.ts'
export type { CallbackPorts, NewOrder } from './ports.ts'
export { consentByToken, openRatingPage, type RatingPage, rateByToken } from './rate-by-link.ts'
export { readUnclear } from './read-unclear.ts'
export { callbackRetention } from './retention.ts'
export { askSecondOpinion, type NewCallback, scheduleCallback } from './schedule-callback.ts'
export { callbackTables } from './sealed.ts'
export { followCallback, sweepCallback } from './worker.ts'
