import { idOf, type PersonKey } from '#test/fixtures/bureau.ts'
import { caseReaders } from './subjects.ts'

type Who = readonly PersonKey[]
const all: Who = [
  'officer',
  'officer2',
  'chief',
  'head',
  'westOfficer',
  'westOfficer2',
  'westChief',
  'westHead',
  'desk',
  'desk2',
  'leader',
  'editor',
  'publisher',
  'systemAdmin',
  'securityAdmin',
  'auditor',
  'plain',
  'leader2',
  'disciplineLeader',
  'commandClerk',
  'petitionClerk',
  'caseOfficer',
  'caseOfficer2',
  'brigadeOfficer',
  'inspector',
  'inspector2',
  'political',
]
export const everybody = all

/** Who sees a station's matters: its counters, its head. The desk, the leader and the administrators see none. */
const eastSide: Who = ['officer', 'officer2', 'chief', 'head']
const westSide: Who = ['westOfficer', 'westOfficer2', 'westChief', 'westHead']
const desk: Who = ['desk', 'desk2']
/** Leaders, discipline inspection and the political department read the whole bureau's ledger (R123). */
const ledgerReaders: Who = ['leader', 'leader2', 'disciplineLeader', 'inspector', 'inspector2', 'political']

const deducted: { east: Who; west: Who } = {
  east: ['officer', 'head', ...ledgerReaders],
  west: ['westOfficer', 'westHead', ...ledgerReaders],
}
const leaders: Who = ['leader', 'leader2', 'disciplineLeader']
const discipline: Who = ['inspector', 'inspector2', 'disciplineLeader']
const monthReaders: Who = [
  'head',
  'westHead',
  ...leaders,
  'commandClerk',
  'petitionClerk',
  'caseOfficer',
  'caseOfficer2',
  'brigadeOfficer',
  'inspector',
  'inspector2',
  'political',
]

export type Probe = { table: string; marks: string; east: Who; west: Who }

/** Rows of a child are told apart by ids known beforehand, never by reading a parent that may be hidden. */
function child(table: string, column: string, names: { east: string[]; west: string[] }, east: Who, west: Who): Probe {
  const list = (side: string[]) => side.map((name) => `'${idOf(name)}'`).join(', ')
  return {
    table,
    marks: `case when ${column} in (${list(names.east)}) then 'east' when ${column} in (${list(names.west)}) then 'west' end`,
    east,
    west,
  }
}

/**
 * The oracle: for each table, which actor must see the east row and which the west row. `marks` is SQL that gives
 * 'east' or 'west' for a row. Written by hand from domain.md 6.4, not derived from the policies under test.
 */
export const probes: readonly Probe[] = [
  {
    table: 'service_window.matter',
    marks: `split_part(no, '-', 2) || case when no like '%offered' then '-offered' else '' end`,
    east: eastSide,
    west: westSide,
  },
  ...(['visit', 'material_check', 'notice', 'extension', 'baton'] as const).map((name) =>
    child(
      `service_window.${name}`,
      'matter_id',
      { east: [name === 'baton' ? 'east-offered' : 'east-main'], west: ['west-main'] },
      name === 'baton' ? [...eastSide, 'westOfficer2'] : eastSide,
      name === 'baton' ? [] : westSide,
    ),
  ),
  child('service_window.notice_gap', 'notice_id', { east: ['east notice'], west: ['west notice'] }, eastSide, westSide),
  // The independent desk sees every call-back and order but those of its own unit; nobody of the rated unit sees one.
  { table: 'callback.callback', marks: `substr(phone_index, 7)`, east: desk, west: desk },
  ...(['answer', 'rating'] as const).map((name) =>
    child(`callback.${name}`, 'callback_id', { east: ['east callback'], west: ['west callback'] }, desk, desk),
  ),
  { table: 'supervision.order', marks: `substr(no, 4)`, east: desk, west: desk },
  ...(['step', 'evidence'] as const).map((name) =>
    child(`supervision.${name}`, 'order_id', { east: ['east order'], west: ['west order'] }, desk, desk),
  ),
  // One's own entries (both are about the chiefs), the head's unit, the leader's bureau.
  {
    table: 'standing.entry',
    marks: `case when kind::text = 'officer_deduction' then null when unit_id::text like :eastWindow then 'east' else 'west' end`,
    east: ['chief', 'head', ...ledgerReaders],
    west: ['westChief', 'westHead', ...ledgerReaders],
  },
  // What follows from a finding: the officer himself, the head who deducts, and who reads the bureau's ledger; not his chief.
  {
    table: 'standing.entry',
    marks: `case when kind::text = 'officer_deduction' then (case when unit_id::text like :eastWindow then 'east' else 'west' end) end`,
    ...deducted,
  },
  ...(
    [
      ['responsibility', 'finding_id', 'finding'],
      ['deduction_task', 'finding_id', 'finding'],
      ['posting', 'id', 'posting'],
      ['restriction', 'id', 'restriction'],
      ['restriction_evidence', 'restriction_id', 'restriction'],
      ['slip', 'id', 'slip'],
      ['slip_step', 'slip_id', 'slip'],
    ] as const
  ).map(([table, column, name]) =>
    child(
      `standing.${table}`,
      column,
      { east: [`east ${name}`], west: [`west ${name}`] },
      deducted.east,
      deducted.west,
    ),
  ),
  child(
    'standing.posting',
    'id',
    { east: ['east unit posting'], west: ['west unit posting'] },
    ['head', ...ledgerReaders],
    ['westHead', ...ledgerReaders],
  ),
  ...(
    [
      ['case', 'id', 'case', [], []],
      ['submission', 'case_id', 'case', [], []],
      ['accused', 'case_id', 'case', [], []],
      ['coding', 'case_id', 'case', [], []],
      ['step', 'case_id', 'case', [], []],
      ['extension', 'case_id', 'case', [], []],
      ['pause', 'case_id', 'case', [], []],
      ['citizen_notice', 'case_id', 'case', [], []],
      ['review', 'case_id', 'case', [], []],
      ['identity_view', 'case_id', 'case', [], []],
      ['rating', 'submission_id', 'submission', [], []],
      ['wish', 'submission_id', 'submission', [], []],
      ['file', 'id', 'case file', [], []],
      // The officer sees what he is asked, what was found about him and what he handed in himself; nothing else.
      ['file', 'id', 'statement file', ['officer'], ['westOfficer']],
      ['statement', 'id', 'statement', ['officer'], ['westOfficer']],
      ['finding', 'id', 'finding', ['officer'], ['westOfficer']],
      ['appeal', 'id', 'appeal', ['officer'], ['westOfficer']],
      ['clarification', 'finding_id', 'finding', ['officer', 'head'], ['westOfficer']],
    ] as const
  ).map(([table, column, name, east, west]) =>
    child(
      `complaints.${table}`,
      column,
      { east: [`east ${name}`], west: [`west ${name}`] },
      [...caseReaders.east, ...east],
      [...caseReaders.west, ...west],
    ),
  ),
  child('complaints.retaliation_flag', 'case_id', { east: ['east case'], west: ['west case'] }, discipline, discipline),
]

/** Tables of which a row is seen by some duties in the whole bureau or by nobody at all. */
export const wholeProbes: readonly { sql: string; seenBy: Who }[] = [
  { sql: `select 1 from platform.outbound_message`, seenBy: [] },
  { sql: `select 1 from complaints.merge`, seenBy: caseReaders.east },
  { sql: `select 1 from complaints.recusal`, seenBy: [...caseReaders.east, 'brigadeOfficer'] },
  { sql: `select 1 from complaints.relation`, seenBy: ['westChief', ...discipline] },
  { sql: `select 1 from complaints.desk`, seenBy: all },
  { sql: `select 1 from complaints.case_move`, seenBy: all },
  { sql: `select 1 from complaints.finding_move`, seenBy: all },
  // What is on its way from the site is nobody's before the system has opened a case with it.
  { sql: `select 1 from complaints.online`, seenBy: [] },
  { sql: `select 1 from complaints.online_file`, seenBy: [] },
  { sql: `select 1 from complaints.published_month`, seenBy: all },
  { sql: `select 1 from platform.inbound_message`, seenBy: [] },
  { sql: `select 1 from callback.follow_up`, seenBy: [] },
  { sql: `select 1 from registration.version_edit`, seenBy: all },
  { sql: `select 1 from directory.unit`, seenBy: all },
  { sql: `select 1 from directory.counter`, seenBy: all },
  { sql: `select 1 from directory.duty`, seenBy: all },
  { sql: `select 1 from callback.opt_out`, seenBy: desk },
  { sql: `select 1 from registration.item_version where status = 'draft'`, seenBy: ['editor', 'publisher'] },
  { sql: `select 1 from platform.audit_entry where event = 'canary'`, seenBy: ['auditor'] },
  { sql: `select 1 from standing.slip where status = 'draft'`, seenBy: ledgerReaders },
  { sql: `select 1 from standing.information`, seenBy: discipline },
  { sql: `select 1 from standing.nomination`, seenBy: ['political', ...leaders] },
  { sql: `select 1 from standing.closed_month`, seenBy: monthReaders },
  { sql: `select 1 from directory.person`, seenBy: all },
  { sql: `select 1 from registration.item_version where status = 'published'`, seenBy: all },
]

/** Writes that must be refused (or touch nothing) to everybody but those named. */
export const writeProbes: readonly { name: string; sql: string; allowed: Who }[] = [
  {
    name: 'say who complained',
    sql: `insert into complaints.complainant (submission_id) values ('${idOf('nameless submission')}')`,
    allowed: caseReaders.east,
  },
  { name: 'throw away what comes from the site', sql: `delete from complaints.online`, allowed: [] },
  {
    name: 'publish a month that was not met about',
    sql: `insert into complaints.published_month (period, published_at, content) values ('2026-08', now(), '{}')`,
    allowed: [],
  },
  {
    name: 'propose a finding in his own name',
    sql: `insert into complaints.finding (id, case_id, round, unit_id, outcome, facts, fact_line, proposed_by, proposed_at) select gen_random_uuid(), '${idOf('east case')}', 9, id, 'unfounded', 'x', 'x', platform.actor_person(), now() from directory.unit where code = '990101101000'`,
    allowed: ['caseOfficer', 'caseOfficer2', 'inspector', 'inspector2', 'disciplineLeader'],
  },
  {
    name: 'propose a finding in another’s name',
    sql: `insert into complaints.finding (id, case_id, round, unit_id, outcome, facts, fact_line, proposed_by, proposed_at) select gen_random_uuid(), '${idOf('east case')}', 9, u.id, 'unfounded', 'x', 'x', p.id, now() from directory.unit u, directory.person p where u.code = '990101101000' and p.police_no = 'J100021'`,
    allowed: [],
  },
  {
    name: 'raise a flag',
    sql: `insert into complaints.retaliation_flag (case_id, submission_id, act, subject_id, happened_at, raised_at) values ('${idOf('east case')}', '${idOf('east submission')}', 'home_visit', gen_random_uuid(), now(), now())`,
    allowed: [],
  },
  { name: 'read who complained', sql: `select 1 from complaints.complainant`, allowed: [] },
  { name: 'forget who looked', sql: `delete from complaints.identity_view`, allowed: [] },
  { name: 'take an accused off a case', sql: `delete from complaints.accused`, allowed: [] },
  {
    name: 'change an east matter',
    sql: `update service_window.matter set visits = visits where no = '20261120-east-main'`,
    allowed: ['officer', 'officer2', 'chief', 'head'],
  },
  {
    name: 'change a west matter',
    sql: `update service_window.matter set visits = visits where no = '20261120-west-main'`,
    allowed: ['westOfficer', 'westOfficer2', 'westChief', 'westHead'],
  },
  {
    name: 'change an order',
    sql: `update supervision.order set version = version where no = 'DD-east'`,
    allowed: ['desk', 'desk2'],
  },
  {
    name: 'change a call-back',
    sql: `update callback.callback set contact_consent = contact_consent where phone_index = 'phone-east'`,
    allowed: [],
  },
  {
    name: 'change a draft',
    sql: `update registration.item_version set change_note = change_note where status = 'draft'`,
    allowed: ['editor', 'publisher'],
  },
  {
    name: 'give somebody a duty',
    sql: `insert into directory.duty (person_id, role, unit_id, valid) select id, 'auditor', unit_id, '[2020-01-01,)' from directory.person where police_no = 'J100061'`,
    allowed: ['securityAdmin'],
  },
  {
    name: 'rename a unit',
    sql: `update directory.unit set phone = phone where code = '990101101000'`,
    allowed: ['systemAdmin'],
  },
  {
    name: 'rename a counter',
    sql: `update directory.counter set name_zh = name_zh`,
    allowed: ['systemAdmin'],
  },
  {
    name: 'change a person',
    sql: `update directory.person set office_phone = office_phone where police_no = 'J100061'`,
    allowed: ['securityAdmin'],
  },
  {
    name: 'write a rating',
    sql: `insert into callback.rating (callback_id, answer_id, level, purpose, officer_id, unit_id, rated_at) select '${idOf('silent callback')}', '${idOf('east answer')}', 5, 'satisfaction', id, unit_id, now() from directory.person where police_no = 'J100001'`,
    allowed: [],
  },
  {
    name: 'end a finding',
    sql: `update standing.responsibility set ended_at = now(), ended_on = '2026-12-01', end_reason = 'x', ended_by = platform.actor_person() where finding_id = '${idOf('east finding')}'`,
    allowed: leaders,
  },
  {
    name: 'change a deduction task',
    sql: `update standing.deduction_task set overdue_at = now() where finding_id = '${idOf('east finding')}'`,
    allowed: ['head', ...leaders],
  },
  {
    name: 'decide a deduction',
    sql: `update standing.deduction_task set status = 'decided', points = 1, reason = 'x', decided_at = now(), decided_by = platform.actor_person() where finding_id = '${idOf('east finding')}'`,
    allowed: ['head'],
  },
  {
    name: 'confirm a restriction',
    sql: `update standing.restriction set status = 'confirmed', confirmed_at = now(), confirmed_by = platform.actor_person() where id = '${idOf('east restriction')}'`,
    allowed: ['political'],
  },
  {
    name: 'work a slip',
    sql: `update standing.slip set remark = remark where id = '${idOf('east slip')}'`,
    allowed: ['officer', 'head', 'political', ...leaders],
  },
  {
    name: 'take note of an information',
    sql: `update standing.information set seen_at = now(), seen_by = platform.actor_person() where id = '${idOf('information')}'`,
    allowed: discipline,
  },
  {
    name: 'close a month',
    sql: `insert into standing.closed_month (period, closed_at, closed_by, postings, digest) values ('2026-09-01', now(), platform.actor_person(), 0, repeat('0', 64))`,
    allowed: ['caseOfficer', 'caseOfficer2', 'brigadeOfficer'],
  },
  {
    name: 'type in a restriction',
    sql: `insert into standing.restriction (person_id, unit_id, year, merit, decoration, source_kind, basis, rule_on, proposed_at) select id, unit_id, 2025, true, true, 'deductions', 'R127', '2025-03-01', now() from directory.person where police_no = 'J100061'`,
    allowed: [],
  },
  {
    name: 'derive a restriction from nothing',
    sql: `select standing.propose_restriction(id, 2025, '2025-03-01', 'R127', '{}', now()) from directory.person where police_no = 'J100061'`,
    allowed: [],
  },
  {
    name: 'withdraw a restriction',
    sql: `update standing.restriction set status = 'withdrawn' where id = '${idOf('east restriction')}'`,
    allowed: [],
  },
  { name: 'delete a posting', sql: `delete from standing.posting`, allowed: [] },
  { name: 'reopen a closed month', sql: `delete from standing.closed_month`, allowed: [] },
  { name: 'delete a ledger entry', sql: `delete from standing.entry`, allowed: [] },
  { name: 'change the audit', sql: `update platform.audit_entry set event = 'x'`, allowed: [] },
  { name: 'delete from the audit', sql: `delete from platform.audit_entry`, allowed: [] },
  { name: 'read the actor key', sql: `select value from platform.secret`, allowed: [] },
  { name: 'turn row security off', sql: `alter table service_window.matter disable row level security`, allowed: [] },
  { name: 'become the owner', sql: `set role postgres`, allowed: [] },
]

/** Blind writes: a statement that reads no column is held by the write policy alone. Rows it may touch, by actor. */
export const blindWrites: readonly { sql: string; rows: (key: PersonKey) => number }[] = [
  {
    sql: `update service_window.matter set overdue_at = null`,
    rows: (key) => (eastSide.includes(key) || key === 'westOfficer2' ? 2 : westSide.includes(key) ? 1 : 0),
  },
  { sql: `update supervision.order set escalated_to = null`, rows: (key) => (desk.includes(key) ? 2 : 0) },
  { sql: `update callback.callback set contact_consent = null`, rows: () => 0 },
  {
    sql: `update standing.information set seen_at = now(), seen_by = platform.actor_person()`,
    rows: (key) => (discipline.includes(key) ? 1 : 0),
  },
  {
    sql: `update standing.nomination set status = 'withdrawn', withdrawn_at = now(), withdrawn_by = platform.actor_person(), withdraw_reason = 'x'`,
    rows: (key) => (['political', ...leaders].includes(key) ? 1 : 0),
  },
  { sql: `update platform.outbound_message set try = 0`, rows: () => 0 },
  { sql: `delete from callback.follow_up`, rows: () => 0 },
  { sql: `delete from registration.version_edit`, rows: (key) => (['editor', 'publisher'].includes(key) ? 1 : 0) },
  ...(
    [
      ['case', 'overdue_at = null', 1],
      ['submission', 'withdrawn_at = null', 2],
      ['accused', 'named_by = null', 1],
      ['extension', 'new_due_on = null', 1],
      ['pause', 'resumed_on = null', 1],
      ['citizen_notice', 'told_at = null', 1],
      ['review', `due_on = '2026-12-24'`, 1],
    ] as const
  ).map(([table, change, east]) => ({
    sql: `update complaints.${table} set ${change}`,
    rows: (key: PersonKey) => caseRows(key, east),
  })),
  ...(['statement', 'finding', 'clarification'] as const).map((table) => ({
    sql: `update complaints.${table} set read_at = null`,
    rows: (key: PersonKey) => caseRows(key) + (key === 'officer' || key === 'westOfficer' ? 1 : 0),
  })),
  {
    sql: `update complaints.appeal set decided_by = null`,
    rows: (key) => (leaders.includes(key) ? caseRows(key) : 0),
  },
  { sql: `update complaints.retaliation_flag set unit_id = null`, rows: (key) => (discipline.includes(key) ? 2 : 0) },
  { sql: `update complaints.coding set behaviour = '{}'`, rows: () => 0 },
  { sql: `update complaints.merge set undone_at = null`, rows: (key) => (caseReaders.east.includes(key) ? 1 : 0) },
  { sql: `update complaints.desk set lead = false`, rows: (key) => (key === 'systemAdmin' ? 4 : 0) },
  { sql: `update complaints.relation set ended_at = null`, rows: (key) => (key === 'westChief' ? 1 : 0) },
  { sql: `update complaints.wish set refused = null`, rows: () => 0 },
]

/** East and west cases whose readers are everybody who may touch them. */
function caseRows(key: PersonKey, east = 1): number {
  return (caseReaders.east.includes(key) ? east : 0) + (caseReaders.west.includes(key) ? 1 : 0)
}
