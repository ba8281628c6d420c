import type { Bureau } from '#platform/settings.ts'
import type { Role } from '#policy/access/permissions.ts'
import { longestName, personName } from './names.ts'
import type { Random } from './random.ts'

/** The invented bureau: no city of this name exists, and no region code begins with 99. */
export const bureauSetting: Omit<Bureau, 'siteUrl'> = {
  nameZh: '青屿市公安局澜湾分局',
  nameEn: 'Lanwan Sub-bureau of Qingyu Public Security Bureau',
  phones: { bureau: '8000 0110', '960111': '960111', '12389': '12389', '12345': '12345' },
  footer: { siteCode: '', icp: '', policeRecord: '', address: '青屿市澜湾区望海路1号（虚构）' },
}

export type UnitRow = {
  id: string
  code: string
  kind: 'bureau' | 'department' | 'station' | 'window_unit'
  name_zh: string
  name_en: string
  parent_id: string | null
  is_window_unit: boolean
  area_type: 'urban' | 'rural'
  address: string
  phone: string
  supervision_phone: string
}
export type PersonRow = {
  id: string
  police_no: string
  name: string
  kind: 'police' | 'auxiliary'
  unit_id: string
  office_phone: string
}
export type DutyRow = { id: string; person_id: string; role: Role; unit_id: string; valid: string }
export type CounterRow = { id: string; unit_id: string; no: string; name_zh: string; name_en: string }

/** A counter room with everybody who works in it, as the history needs it. */
export type Window = {
  unit: UnitRow
  station: UnitRow
  officers: PersonRow[]
  chief: PersonRow
  head: PersonRow
  counters: CounterRow[]
  perDay: number
}

export type InventedBureau = {
  units: UnitRow[]
  people: PersonRow[]
  duties: DutyRow[]
  counters: CounterRow[]
  windows: Window[]
  desk: PersonRow[]
  leader: PersonRow
}

const since = '[2024-01-01,)'

/** Four digits within the bureau's organ code; the last three are the station's own (GA 214.4). */
const departments = [
  { code: '010', zh: '人口管理大队', en: 'Population Management Brigade' },
  { code: '020', zh: '警务督察大队（督办中心）', en: 'Supervision Brigade' },
  { code: '030', zh: '指挥中心', en: 'Command Centre' },
  { code: '040', zh: '政治处', en: 'Political Department' },
  { code: '050', zh: '信访科', en: 'Petition Section' },
  { code: '060', zh: '纪检监察室', en: 'Discipline Inspection Office' },
] as const

const stations = [
  { code: '101', zh: '望海路派出所', en: 'Wanghai Road Station', counters: 4, perDay: 14, address: '望海路18号' },
  { code: '102', zh: '银贝滩派出所', en: 'Yinbei Beach Station', counters: 4, perDay: 13, address: '银贝滩二路6号' },
  { code: '103', zh: '松岭街派出所', en: 'Songling Street Station', counters: 4, perDay: 12, address: '松岭街77号' },
  { code: '104', zh: '港前路派出所', en: 'Gangqian Road Station', counters: 4, perDay: 11, address: '港前路120号' },
  { code: '105', zh: '书院路派出所', en: 'Shuyuan Road Station', counters: 3, perDay: 11, address: '书院路9号' },
  { code: '106', zh: '渔鸣街派出所', en: 'Yuming Street Station', counters: 3, perDay: 10, address: '渔鸣街31号' },
  {
    code: '107',
    zh: '石磨镇派出所',
    en: 'Shimo Town Station',
    counters: 3,
    perDay: 8,
    address: '石磨镇中心街2号',
    rural: true,
  },
  {
    code: '108',
    zh: '柳泉镇派出所',
    en: 'Liuquan Town Station',
    counters: 3,
    perDay: 7,
    address: '柳泉镇驿前路15号',
    rural: true,
  },
] as const

/** Names that are fixed because they try every page they stand on. */
const fixedNames: Record<string, string> = { '990113': '王㛃', '990114': '李𬭎', '990126': longestName }

export function inventBureau(random: Random): InventedBureau {
  const made: InventedBureau = {
    units: [],
    people: [],
    duties: [],
    counters: [],
    windows: [],
    desk: [],
    leader: undefined as never,
  }
  const bureau = addUnit(made, random, {
    code: '000',
    kind: 'bureau',
    zh: bureauSetting.nameZh,
    en: bureauSetting.nameEn,
    parent: null,
    address: bureauSetting.footer.address,
  })
  const hire = (no: string, unit: UnitRow, role: Role | null, of: UnitRow = unit) =>
    addPerson(made, random, { no, unit, role, of })
  hire('990001', bureau, 'bureau_leader')
  made.leader = hire('990002', bureau, 'bureau_leader')

  const byCode = new Map(
    departments.map((one) => [one.code, addUnit(made, random, { ...one, kind: 'department', parent: bureau })]),
  )
  const dept = (code: (typeof departments)[number]['code']) => byCode.get(code) as UnitRow
  hire('990010', dept('010'), 'unit_head')
  hire('990011', dept('010'), 'catalogue_editor', bureau)
  hire('990012', dept('010'), 'catalogue_publisher', bureau)
  hire('990020', dept('020'), 'unit_head')
  made.desk = ['990021', '990022', '990023'].map((no) => hire(no, dept('020'), 'supervision_officer'))
  hire('990030', dept('030'), 'unit_head')
  hire('990031', dept('030'), 'system_admin', bureau)
  hire('990040', dept('040'), 'unit_head')
  hire('990041', dept('040'), 'security_admin', bureau)
  hire('990050', dept('050'), 'unit_head')
  hire('990060', dept('060'), 'unit_head')
  hire('990061', dept('060'), 'auditor', bureau)
  for (const [index, station] of stations.entries())
    made.windows.push(openStation(made, random, bureau, station, index + 1))
  hireAccountability(made, random, hire, bureau, dept)
  return made
}

/** The four departments that answer for complaints (R111), the political department, and the secretary of discipline. */
function hireAccountability(
  made: InventedBureau,
  random: Random,
  hire: (no: string, unit: UnitRow, role: Role | null, of?: UnitRow) => PersonRow,
  bureau: UnitRow,
  dept: (code: (typeof departments)[number]['code']) => UnitRow,
): void {
  hire('990003', bureau, 'bureau_leader')
  for (const no of ['990024', '990025']) hire(no, dept('020'), 'complaint_officer')
  hire('990032', dept('030'), 'complaint_clerk')
  hire('990042', dept('040'), 'political_officer')
  hire('990051', dept('050'), 'complaint_clerk')
  for (const no of ['990052', '990053', '990054']) hire(no, dept('050'), 'complaint_officer')
  for (const no of ['990062', '990063']) hire(no, dept('060'), 'discipline_officer')
  // 纪委书记: a leader to whom accusations are open.
  const secretary = hire('990004', bureau, 'bureau_leader')
  made.duties.push({
    id: random.uuid(),
    person_id: secretary.id,
    role: 'discipline_officer',
    unit_id: dept('060').id,
    valid: since,
  })
}

type Station = (typeof stations)[number]

function openStation(made: InventedBureau, random: Random, bureau: UnitRow, seed: Station, index: number): Window {
  const area = 'rural' in seed ? 'rural' : 'urban'
  const station = addUnit(made, random, { ...seed, kind: 'station', parent: bureau, area })
  const unit = addUnit(made, random, {
    code: `${seed.code}01`,
    kind: 'window_unit',
    zh: `${seed.zh}户籍窗口`,
    en: `${seed.en} Household Window`,
    parent: station,
    area,
    address: seed.address,
  })
  const no = (place: number) => `9901${index}${place}`
  const head = addPerson(made, random, { no: no(0), unit: station, role: 'unit_head', of: station })
  const chief = addPerson(made, random, { no: no(1), unit, role: 'window_chief', of: unit })
  const officers = Array.from({ length: seed.counters + 1 }, (_, place) =>
    addPerson(made, random, { no: no(2 + place), unit, role: 'window_officer', of: unit }),
  )
  const counters = Array.from({ length: seed.counters }, (_, place) => {
    const last = place === seed.counters - 1
    const counter = {
      id: random.uuid(),
      unit_id: unit.id,
      no: String(place + 1),
      name_zh: last ? '综合窗口' : `${place + 1}号窗口`,
      name_en: last ? 'General counter' : `Counter ${place + 1}`,
    }
    made.counters.push(counter)
    return counter
  })
  return { unit, station, officers, chief, head, counters, perDay: seed.perDay }
}

type UnitSeed = {
  code: string
  kind: UnitRow['kind']
  zh: string
  en: string
  parent: UnitRow | null
  address?: string
  area?: UnitRow['area_type']
}

function addUnit(made: InventedBureau, random: Random, seed: UnitSeed): UnitRow {
  const number = made.units.length
  const unit: UnitRow = {
    id: random.uuid(),
    code: seed.kind === 'window_unit' ? `990111${seed.code}` : `990111${seed.code}000`,
    kind: seed.kind,
    name_zh: seed.zh,
    name_en: seed.en,
    parent_id: seed.parent?.id ?? null,
    is_window_unit: seed.kind === 'window_unit',
    area_type: seed.area ?? 'urban',
    address: seed.address ?? '望海路1号',
    phone: `8000 ${String(1100 + number).padStart(4, '0')}`,
    supervision_phone: seed.kind === 'station' || seed.kind === 'window_unit' ? '8000 0118' : '8000 0110',
  }
  made.units.push(unit)
  return unit
}

function addPerson(
  made: InventedBureau,
  random: Random,
  seed: { no: string; unit: UnitRow; role: Role | null; of: UnitRow },
): PersonRow {
  const name = personName(random, random.int(1970, 2002), random.chance(0.6))
  const person: PersonRow = {
    id: random.uuid(),
    police_no: seed.no,
    name: fixedNames[seed.no] ?? name,
    kind: 'police',
    unit_id: seed.unit.id,
    office_phone: seed.unit.phone,
  }
  made.people.push(person)
  if (seed.role)
    made.duties.push({ id: random.uuid(), person_id: person.id, role: seed.role, unit_id: seed.of.id, valid: since })
  return person
}
