export { type LedgerEntry, type LedgerFilter, listLedger } from './ledger-view.ts'
export { type Fact, type FactKind, factKinds, reportFact } from './report-fact.ts'
