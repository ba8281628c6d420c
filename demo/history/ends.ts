import type { PersonRow, Window } from '../bureau.ts'
import { elsewhere, withdrawReasons } from '../requests.ts'
import { type Life, receive } from './life.ts'
import type { Past, Version } from './past.ts'
import { askAbout } from './questions.ts'
import { day, instantAt, iso, minute } from './time.ts'
import { lapseReason } from './words.ts'

export function refuse(past: Past, life: Life, version: Version, at: number): void {
  const refused = version.profiles.refused
  if (refused.length === 0) {
    withdraw(past, life, at)
    return
  }
  const why = past.random.pick(refused)
  life.row.answers = why.answers
  Object.assign(life.row, { outcome_reason: why.reason, outcome_can_do: why.canDo })
  end(past, life, 'refused', at, life.holder)
}

export function transfer(past: Past, window: Window, at: number): void {
  const { random } = past
  const whither = random.pick(elsewhere)
  const life = receive(past, { window, at, itemCode: null, request: whither.request })
  const done = at + random.int(6, 25) * minute
  if (done > past.now) return
  const time = instantAt(done).toZonedDateTimeISO('Asia/Shanghai').toPlainTime().toString({ smallestUnit: 'minute' })
  Object.assign(life.row, {
    receiver_name: whither.name,
    receiver_phone: whither.phone,
    receiver_receipt: `${whither.name}值班员 ${time} 电话签收`,
    citizen_told_at: iso(done),
    outcome_reason: whither.reason,
  })
  end(past, life, 'transferred', done, life.holder)
}

export function withdraw(past: Past, life: Life, at: number): void {
  life.row.outcome_reason = past.random.pick(withdrawReasons)
  end(past, life, 'withdrawn', at, life.holder)
}

export function lapse(past: Past, life: Life, toldAt: number): void {
  const at = toldAt + 91 * day + 5 * minute
  if (at > past.now) return
  life.row.outcome_reason = lapseReason
  end(past, life, 'lapsed', at, life.holder)
}

export function end(
  past: Past,
  life: Life,
  status: 'completed' | 'refused' | 'transferred' | 'withdrawn' | 'lapsed',
  at: number,
  by: PersonRow,
): void {
  const counter = status === 'completed' || status === 'refused' ? life.counter.id : null
  Object.assign(life.row, {
    status,
    finished_at: iso(at),
    finished_by: by.id,
    finished_counter_id: counter,
    version: life.row.version + 1,
  })
  past.count(status, { unitId: life.row.unit_id, itemCode: life.row.item_code, at })
  if (status === 'withdrawn' || status === 'lapsed') return
  askAbout(past, {
    purpose: 'satisfaction',
    subjectId: life.id,
    round: 1,
    matterId: life.id,
    officer: by,
    window: life.handling,
    counterId: counter ?? life.row.counter_id,
    itemCode: life.row.item_code,
    finishedAt: at,
    askedAt: at,
    phone: life.citizen.phone,
  })
}
