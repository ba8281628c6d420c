import { type BureauFixture, idOf, type PersonKey } from '#test/fixtures/bureau.ts'
import type { Rows } from './rows-fixture.ts'

export type Subject = {
  east: string
  west: string
  absent: string
  /** Who may reach the east or the west object by its id. */
  mayReach(key: PersonKey, side: 'east' | 'west'): boolean
  /** Further parts of the path. */
  others?: Record<string, string>
  /** The page shows something only after more has happened (a receipt after acceptance): opening it is tested elsewhere. */
  needsMore?: boolean
}

const sides: Record<'east' | 'west', readonly PersonKey[]> = {
  east: ['officer', 'officer2', 'chief', 'head'],
  west: ['westOfficer', 'westOfficer2', 'westChief', 'westHead'],
}
const desk: readonly PersonKey[] = ['desk', 'desk2']
const decides: Record<'east' | 'west', readonly PersonKey[]> = { east: ['head'], west: ['westHead'] }
const officerOf = { east: 'officer', west: 'westOfficer' } as const
const leaders: readonly PersonKey[] = ['leader', 'leader2', 'disciplineLeader']
const ledger: readonly PersonKey[] = [...leaders, 'inspector', 'inspector2', 'political']
const ofStanding = (name: string) => ({ east: idOf(`east ${name}`), west: idOf(`west ${name}`), absent })
/** The east case is an appeal, from which the brigade's officer has stepped aside; the west one an accusation. */
export const caseReaders: Record<'east' | 'west', readonly PersonKey[]> = {
  east: [
    'caseOfficer',
    'caseOfficer2',
    'petitionClerk',
    'inspector',
    'inspector2',
    'leader',
    'leader2',
    'disciplineLeader',
  ],
  west: ['inspector', 'inspector2', 'disciplineLeader'],
}
/** The officer who is cleared, and, where he wished it, the head of his unit and those above. */
export const clearedReaders: Record<'east' | 'west', readonly PersonKey[]> = {
  east: ['officer', 'head', 'leader', 'leader2', 'disciplineLeader'],
  west: ['westOfficer'],
}
const partOf = (path: string) => {
  if (path.includes('/notices/')) return idOf('east citizen notice')
  return idOf(path.includes('/statements/') ? 'east statement' : 'east finding')
}
const absent = '7d9c1f0e-2b7a-4f1d-9a55-0c1f2e3d4b5a'

/** Which object an endpoint's path names. A new endpoint with a parameter must be added here, or the matrix fails. */
export function subjectOf(path: string, rows: Rows, bureau: BureauFixture): Subject | null {
  const ofUnits = (key: PersonKey, side: 'east' | 'west') => sides[side].includes(key)
  const ofDesk = (key: PersonKey) => desk.includes(key)
  const both = (name: 'matter' | 'notice' | 'callback' | 'answer' | 'order' | 'evidence') => ({
    east: rows.east[name],
    west: rows.west[name],
    absent,
  })
  if (/^\/(console|api)\/matters\/:id/.test(path))
    return { ...both('matter'), mayReach: ofUnits, needsMore: /\.pdf$/.test(path) }
  if (/^\/console\/notices\/:id/.test(path))
    return { ...both('notice'), mayReach: ofUnits, needsMore: /\.pdf$/.test(path) }
  if (/^\/console\/orders\/:id/.test(path))
    return {
      ...both('order'),
      mayReach: ofDesk,
      others: { evidenceId: rows.east.evidence },
      needsMore: /evidence/.test(path),
    }
  if (/^\/console\/(evidence)\/:id/.test(path)) return { ...both('evidence'), mayReach: ofDesk, needsMore: true }
  if (/^\/console\/replies\/:id/.test(path)) return { ...both('answer'), mayReach: ofDesk, needsMore: true }
  // A deduction is the head's and the leaders'; restriction and slip also the officer's own and the ledger's readers'.
  // Who sees a case is neither of the accused's unit nor of his kin, and of an accusation discipline inspection alone (b-8).
  const readers = (key: PersonKey, side: 'east' | 'west') => caseReaders[side].includes(key)
  const named = (name: string) => ({ east: idOf(`east ${name}`), west: idOf(`west ${name}`), absent })
  const about = (key: PersonKey, side: 'east' | 'west') => key === (side === 'east' ? 'officer' : 'westOfficer')
  if (/^\/console\/cases\/:id/.test(path))
    return {
      ...named('case'),
      mayReach: readers,
      others: { fileId: idOf('east case file'), partId: partOf(path) },
      // A receipt is told on the page and has no paper.
      needsMore: /notices/.test(path),
    }
  if (/^\/console\/triage\/:id/.test(path)) return { ...named('case'), mayReach: readers }
  // A receipt opens for whoever just took the complaint down; one's own declaration ends by oneself alone.
  if (/^\/console\/intake\/receipts\/:id/.test(path))
    return { ...named('submission'), mayReach: () => false, needsMore: true }
  if (/^\/console\/me\/relations\/:id/.test(path))
    return { ...named('relation'), mayReach: (key, side) => side === 'east' && key === 'westChief' }
  if (/^\/console\/me\/statements\/:id/.test(path))
    return { ...named('statement'), mayReach: about, others: { fileId: idOf('east statement file') } }
  if (/^\/console\/me\/findings\/:id/.test(path)) return { ...named('finding'), mayReach: about }
  if (/^\/console\/me\/clarifications\/:id/.test(path))
    return { ...named('finding'), mayReach: (key, side) => clearedReaders[side].includes(key) }
  if (/^\/console\/retaliation\/:id/.test(path))
    return { ...named('flag'), mayReach: (key) => caseReaders.west.includes(key) }
  if (/^\/console\/deductions\/:id/.test(path))
    return { ...ofStanding('task'), mayReach: (key, side) => decides[side].includes(key) || leaders.includes(key) }
  if (/^\/console\/(restrictions|slips)\/:id/.test(path))
    return {
      ...ofStanding(path.startsWith('/console/slips') ? 'slip' : 'restriction'),
      mayReach: (key, side) => officerOf[side] === key || decides[side].includes(key) || ledger.includes(key),
      needsMore: /\.pdf$/.test(path),
    }
  if (/^\/console\/(nominations|information)\/:id/.test(path)) {
    const id = idOf(path.startsWith('/console/nominations') ? 'nomination' : 'information')
    return { east: id, west: id, absent, mayReach: () => true }
  }
  // People, units, catalogue and audit entries belong to the whole bureau: the right alone decides.
  if (/^\/console\/accounts\/people\/:id/.test(path))
    return {
      east: bureau.people.plain.id,
      west: bureau.people.westOfficer.id,
      absent,
      mayReach: () => true,
      others: { duty: absent },
    }
  if (/^\/console\/directory\/units\/:id/.test(path))
    return {
      east: bureau.units.eastWindow,
      west: bureau.units.westWindow,
      absent,
      mayReach: () => true,
      others: { counter: bureau.counters.east1 },
    }
  // A measure is a word, and the figures behind it are cut to the reader's units by the page itself.
  if (path === '/console/figures/of/:measure')
    return {
      east: 'received',
      west: 'received',
      absent: 'nothing',
      mayReach: () => true,
      others: { measure: 'answered' },
      needsMore: true,
    }
  if (/^\/console\/rules\/:rule/.test(path))
    return {
      east: 'supervision.solveWithin',
      west: 'supervision.solveWithin',
      absent: 'nothing.here',
      mayReach: () => true,
      needsMore: true,
    }
  if (/^\/console\/sessions\/:id/.test(path))
    return { east: absent, west: absent, absent, mayReach: () => true, needsMore: true }
  if (/^\/console\/catalogue/.test(path))
    return { east: idOf('draft'), west: idOf('draft'), absent, mayReach: () => true, needsMore: true }
  // A month belongs to everybody who meets about it: the right alone decides.
  if (/^\/console\/months\/:period/.test(path))
    return {
      east: absent,
      west: absent,
      absent,
      mayReach: () => true,
      others: { period: '2026-10' },
      needsMore: true,
    }
  if (/^\/console\/measures\/:id/.test(path))
    return { east: absent, west: absent, absent, mayReach: () => true, needsMore: true }
  if (/^\/console\/(audit|system)\//.test(path))
    return { east: '1', west: '1', absent: '999999999', mayReach: () => true, needsMore: true }
  return null
}
