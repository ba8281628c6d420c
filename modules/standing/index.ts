export { type LedgerEntry, type LedgerFilter, listLedger } from './ledger-view.ts'
export { type Fact, reportFact } from './report-fact.ts'
