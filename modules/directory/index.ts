export {
  type Colleague,
  type Counter,
  findPerson,
  findUnit,
  listByRole,
  listCounters,
  listUnits,
  personByNumber,
  type Unit,
  unitsOf,
} from './directory-view.ts'
export {
  addDuty,
  addPerson,
  type DutyInput,
  endDuty,
  needKeeper,
  type PersonInput,
  savePerson,
  setActive,
} from './keep-people.ts'
export {
  type CounterForm,
  type CounterRecord,
  saveCounter,
  saveUnit,
  type UnitForm,
  type UnitRecord,
  unitRecord,
} from './keep-units.ts'
export { actorFrom, grantsFrom, loadActor, type SignedIn } from './load-actor.ts'
export {
  type Account,
  type Duty,
  dutiesOf,
  endOwnSession,
  findPersonFully,
  type Holding,
  type Listed,
  listHoldings,
  listOwnSessions,
  listPeople,
  type OwnSession,
  type PeopleSearch,
  type Person,
  type PersonLine,
  searchPeople,
} from './person-view.ts'
