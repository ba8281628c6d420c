import { type NoticeContent, queryLink, shortNotices, supervisionPhones } from '#modules/service-window/index.ts'
import { valueOn } from '#policy/parameter.ts'
import { type Gap, noticeGaps } from '#policy/registration/material-check.ts'
import { laterGapCauses } from '#policy/registration/second-notice.ts'
import { keptOpenDays } from '#policy/service-window/limits.ts'
import type { PersonRow } from '../bureau.ts'
import type { Life } from './life.ts'
import type { Past, Version } from './past.ts'
import { dateOf, instantAt, iso, minute } from './time.ts'

export type Told = { id: string; no: string; gaps: Gap[]; by: PersonRow }
type Signed = { signature: string | null; signature_data: object | null; signed_at: string | null }

/** The first notice (R48). Its number, and with it the printed content, is filled in once all numbers are known. */
export function addFirstNotice(past: Past, life: Life, at: number): Told {
  const told: Told = { id: past.random.uuid(), no: '', gaps: gapsNow(life), by: life.holder }
  const visit = life.row.visits
  const row = {
    id: told.id,
    matter_id: life.id,
    sequence: 1,
    visit_no: visit,
    no: null as string | null,
    status: 'issued',
    cause: null as string | null,
    cause_note: null as string | null,
    requested_by: told.by.id,
    requested_at: iso(at),
    decided_by: null as string | null,
    decided_at: null as string | null,
    decision_note: null as string | null,
    issued_at: iso(at) as string | null,
    content: null as NoticeContent | null,
    ...signed(past, at),
  }
  past.rows.add('service_window.notice', row)
  addGaps(past, told.id, told.gaps, new Set())
  takeNumber(past, at, (no) => {
    told.no = no
    row.no = no
    row.content = contentOf(past, life, { no, gaps: told.gaps, by: told.by, at, visit, second: null })
  })
  past.count('notice_first', { unitId: life.row.unit_id, itemCode: life.row.item_code, at })
  return told
}

export type SecondAsk = {
  first: Told
  cause: 'new_fact' | 'officer_omission'
  note: string
  at: number
  decidedAt: number
  by: PersonRow
}

/** A later notice waits for the chief (R49). False while it still waits at the end of the story. */
export function addSecondNotice(past: Past, life: Life, ask: SecondAsk): boolean {
  const id = past.random.uuid()
  const gaps = gapsNow(life)
  const version = life.version as Version
  const basis = { content: version.content, answers: life.row.answers as Record<string, string> }
  const causes = laterGapCauses({ ...basis, gaps: ask.first.gaps }, { ...basis, gaps })
  const overlooked = new Set(causes.filter(({ cause }) => cause === 'officer_omission').map(({ code }) => code))
  const decided = ask.decidedAt <= past.now
  const decider = ask.by.id === life.handling.chief.id ? life.handling.head : life.handling.chief
  const visit = life.row.visits
  const row = {
    id,
    matter_id: life.id,
    sequence: 2,
    visit_no: visit,
    no: null as string | null,
    status: decided ? 'issued' : 'requested',
    cause: ask.cause as string | null,
    cause_note: ask.note as string | null,
    requested_by: ask.by.id,
    requested_at: iso(ask.at),
    decided_by: decided ? decider.id : null,
    decided_at: decided ? iso(ask.decidedAt) : null,
    decision_note: decided ? '情况属实，同意' : null,
    issued_at: decided ? iso(ask.decidedAt) : null,
    content: null as NoticeContent | null,
    ...(decided ? signed(past, ask.decidedAt) : { signature: null, signature_data: null, signed_at: null }),
  }
  past.rows.add('service_window.notice', row)
  addGaps(past, id, gaps, overlooked)
  if (!decided) return false
  const at = ask.decidedAt
  takeNumber(past, at, (no) => {
    row.no = no
    const second = {
      previousNo: ask.first.no,
      cause: ask.cause,
      note: ask.note,
      approver: decider.name,
      approvedAt: instantAt(at).toString(),
    }
    row.content = contentOf(past, life, { no, gaps, by: ask.by, at, visit, second })
  })
  past.count('notice_later', { unitId: life.row.unit_id, itemCode: life.row.item_code, at })
  if (ask.cause === 'officer_omission') reportOmission(past, life, id, ask, [...overlooked])
  return true
}

function reportOmission(past: Past, life: Life, noticeId: string, ask: SecondAsk, overlooked: string[]): void {
  const detail = { firstNotice: '', overlooked, matterNo: '' }
  const at = ask.decidedAt
  past.fact({
    kind: 'notice_omission',
    personId: ask.first.by.id,
    unitId: life.row.unit_id,
    sourceKind: 'notice',
    sourceId: noticeId,
    day: dateOf(at),
    at,
    basis: 'R49',
    detail,
  })
  // Runs after the numbers of matter and first notice were given: they are older.
  past.number('after', at, () => Object.assign(detail, { firstNotice: ask.first.no, matterNo: life.row.no }))
}

function gapsNow(life: Life): Gap[] {
  return noticeGaps(life.profile?.toBring ?? [], life.checks)
}

function takeNumber(past: Past, at: number, take: (no: string) => void): void {
  const date = dateOf(at).toString().replaceAll('-', '')
  past.number(`notice.${date}`, at, (n) => take(`GZ${date}-${String(n).padStart(4, '0')}`))
}

function addGaps(past: Past, noticeId: string, gaps: readonly Gap[], overlooked: ReadonlySet<string>): void {
  for (const gap of gaps) {
    past.rows.add('service_window.notice_gap', {
      notice_id: noticeId,
      material_code: gap.code,
      verdict: gap.problem,
      defect: gap.defect ?? null,
      overlooked: overlooked.has(gap.code),
    })
  }
}

type About = { no: string; gaps: Gap[]; by: PersonRow; at: number; visit: number; second: NoticeContent['second'] }

function contentOf(past: Past, life: Life, about: About): NoticeContent {
  const version = life.version as Version
  const { unit } = life.handling
  const { setting } = past
  const date = dateOf(about.at)
  const kept = past.calendar.naturalDaysDue(date, valueOn(keptOpenDays, date).value)
  const answers = life.row.answers as Record<string, string>
  return {
    bureau: { zh: setting.nameZh, en: setting.nameEn },
    unit: { zh: unit.name_zh, en: unit.name_en, address: unit.address },
    no: about.no,
    matterNo: life.row.no,
    link: queryLink(setting, about.no, life.code),
    applicant: { name: life.row.applicant_name, phoneMasked: life.row.phone_masked },
    visit: about.visit,
    item: { code: version.itemCode, name: version.content.name, version: version.number, from: version.from },
    gaps: about.gaps,
    answers,
    sixNotices: shortNotices(version, answers, about.gaps),
    keptUntil: 'refused' in kept ? '' : kept.day.toString(),
    second: about.second,
    officer: { name: about.by.name, policeNo: about.by.police_no, phone: about.by.office_phone },
    supervision: supervisionPhones(setting, unit.supervision_phone, { zh: unit.name_zh, en: unit.name_en }),
    basis: 'R46, R48, R49',
    issuedAt: instantAt(about.at).toString(),
  }
}

function signed(past: Past, at: number): Signed {
  const kind = past.random.weighted([
    [58, 'paper'],
    [30, 'drawn'],
    [2, 'witnessed_mark'],
    [2, 'declined'],
    [8, null],
  ])
  if (!kind) return { signature: null, signature_data: null, signed_at: null }
  const data =
    kind === 'drawn'
      ? strokes(past)
      : kind === 'paper'
        ? {}
        : { witness: past.random.pick(past.bureau.windows).chief.name }
  return { signature: kind, signature_data: data, signed_at: iso(at + past.random.int(1, 4) * minute) }
}

/** Two loops of a pen: enough to look like a signature on paper. */
function strokes(past: Past): object {
  const { random } = past
  const loop = (left: number) =>
    Array.from({ length: 14 }, (_, i) => ({
      x: left + i * 14 + random.int(0, 6),
      y: Math.round(80 + Math.sin(i * 0.9 + random.next()) * 38),
    }))
  return { width: 600, height: 180, strokes: [loop(60), loop(300)] }
}
