export { type Colleague, type Counter, findPerson, findUnit, listByRole, listCounters, listUnits, type Unit, unitsOf } from './directory-view.ts'
export { grantsFrom, loadActor, type SignedIn } from './load-actor.ts'
