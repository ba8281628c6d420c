import type { MaterialCheck } from '#policy/registration/material-check.ts'
import type { Window } from '../bureau.ts'
import { plainDefects, requestFor } from '../requests.ts'
import { openingMoment } from './arrivals.ts'
import { lapse, refuse, transfer, withdraw } from './ends.ts'
import { addChecks, addVisit, type CheckedAt, type Life, passBaton, receive } from './life.ts'
import { addFirstNotice, addSecondNotice, type Told } from './notices.ts'
import type { Past } from './past.ts'
import { minute } from './time.ts'
import { accept } from './work.ts'

/** How often each service is asked for, of a hundred. */
const demand = [
  [29, 'id_card.renewal'],
  [18, 'id_card.loss_replacement'],
  [10, 'id_card.first_issue'],
  [4, 'id_card.damage_replacement'],
  [11, 'temporary_id_card'],
  [13, 'household.move_in'],
  [11, 'household.birth_registration'],
  [4, 'household.name_change'],
] as const
const courses = [
  [76.2, 'accept'],
  [19.6, 'notice'],
  [2.4, 'refuse'],
  [1.3, 'elsewhere'],
  [0.5, 'withdraw'],
] as const

/** Tells one matter from its reception to its end, or to now. */
export function tellMatter(past: Past, window: Window, at: number): void {
  const { random } = past
  const course = random.weighted(courses)
  if (course === 'elsewhere') {
    transfer(past, window, at)
    return
  }
  const itemCode = random.weighted(demand)
  const life = receive(past, { window, at, itemCode, request: requestFor(random, itemCode) })
  const checkedAt = at + random.int(5, 16) * minute
  if (!life.version || !life.profile || checkedAt > past.now) return
  if (course === 'refuse') {
    refuse(past, life, life.version, checkedAt)
    return
  }
  if (course === 'withdraw') {
    withdraw(past, life, checkedAt)
    return
  }
  life.row.answers = life.profile.answers
  life.row.version += 1
  const gaps = course === 'notice' ? gapsAmong(past, life) : []
  life.checks = checksOf(past, life, gaps)
  addChecks(past, life, { by: life.holder, at: checkedAt })
  if (gaps.length === 0) {
    accept(past, life, checkedAt + minute)
    return
  }
  const told = addFirstNotice(past, life, checkedAt + 2 * minute)
  life.row.status = 'awaiting_applicant'
  comeBack(past, life, told, checkedAt, { by: life.holder, at: checkedAt })
}

function gapsAmong(past: Past, life: Life): MaterialCheck[] {
  const papers = life.profile?.toBring ?? []
  const { random } = past
  const some = papers.filter(() => random.chance(1.4 / Math.max(papers.length, 1)))
  const wanting = some.length > 0 ? some : papers.slice(0, 1)
  return wanting.map((paper) =>
    random.chance(0.62)
      ? { code: paper.code, verdict: 'missing' as const }
      : {
          code: paper.code,
          verdict: 'defective' as const,
          defect: defectOf(past, life, paper.code),
          mendableOnSpot: paper.mendableOnSpot ?? false,
        },
  )
}

function defectOf(past: Past, life: Life, code: string): string {
  const common = life.profile?.toBring.find((paper) => paper.code === code)?.commonDefects
  return common?.length ? past.random.pick(common).zh : past.random.pick(plainDefects)
}

function checksOf(past: Past, life: Life, gaps: readonly MaterialCheck[]): MaterialCheck[] {
  return (life.profile?.toBring ?? []).map((paper) => {
    const gap = gaps.find(({ code }) => code === paper.code)
    if (gap) return gap
    const mended = paper.mendableOnSpot === true && past.random.chance(0.2)
    return mended
      ? {
          code: paper.code,
          verdict: 'defective',
          defect: defectOf(past, life, paper.code),
          mendableOnSpot: true,
          mended: true,
        }
      : { code: paper.code, verdict: 'present' }
  })
}

/** After the notice: most come back within two weeks and are done at the second visit (R50). */
function comeBack(past: Past, life: Life, told: Told, toldAt: number, checked: CheckedAt): void {
  const { random } = past
  const fate = random.weighted([
    [89, 'returns'],
    [2, 'withdraws'],
    [9, 'stays away'],
  ])
  if (fate === 'stays away') {
    lapse(past, life, toldAt)
    return
  }
  const next = openingMoment(
    past,
    toldAt,
    random.weighted([
      [30, 1],
      [25, 2],
      [20, 4],
      [15, 7],
      [10, random.int(8, 14)],
    ]),
  )
  if (next > past.now) return
  if (fate === 'withdraws') {
    withdraw(past, life, next)
    return
  }
  const earlier = new Map(
    life.checks.filter((check) => check.verdict === 'present' || check.mended).map((check) => [check.code, checked]),
  )
  startVisit(past, life, next, 'notice')
  const checkedAt = next + random.int(4, 10) * minute
  if (checkedAt > past.now) return
  const again = random.chance(0.04) ? secondGap(past, life, told) : null
  life.checks = checksOf(past, life, again ? [again.check] : []).map((check) =>
    earlier.has(check.code) && check !== again?.check ? { code: check.code, verdict: 'present' } : check,
  )
  if (again) earlier.delete(again.check.code)
  addChecks(past, life, { by: life.holder, at: checkedAt }, earlier)
  if (!again) {
    accept(past, life, checkedAt + minute)
    return
  }
  const decidedAt = checkedAt + random.int(6, 45) * minute
  const note =
    again.cause === 'officer_omission' ? '首次告知时该材料已出示，缺项未列入告知单' : '申请人本次新提交的材料不符合要求'
  if (
    !addSecondNotice(past, life, {
      first: told,
      cause: again.cause,
      note,
      at: checkedAt + 2 * minute,
      decidedAt,
      by: life.holder,
    })
  )
    return
  life.row.status = 'awaiting_applicant'
  thirdVisit(past, life, decidedAt, again.cause)
}

type SecondGap = { cause: 'new_fact' | 'officer_omission'; check: MaterialCheck }

/** What the first notice should have named, or a paper that was not there to be seen (R49). */
function secondGap(past: Past, life: Life, told: Told): SecondGap {
  const named = new Set(told.gaps.map((gap) => gap.code))
  const seen = (life.profile?.toBring ?? []).filter((paper) => !named.has(paper.code))
  const omitted = seen.length > 0 && past.random.chance(0.45)
  const code = omitted ? past.random.pick(seen).code : (told.gaps[0]?.code ?? '')
  const check: MaterialCheck = {
    code,
    verdict: 'defective',
    defect: defectOf(past, life, code),
    mendableOnSpot: false,
    newPaper: !omitted,
  }
  return { cause: omitted ? 'officer_omission' : 'new_fact', check }
}

function thirdVisit(past: Past, life: Life, since: number, cause: string): void {
  const next = openingMoment(past, since, past.random.int(1, 6))
  if (next > past.now) return
  const checked = new Map(
    life.checks
      .filter((check) => check.verdict === 'present')
      .map((check) => [check.code, { by: life.holder, at: since }]),
  )
  startVisit(past, life, next, cause)
  const checkedAt = next + past.random.int(4, 9) * minute
  if (checkedAt > past.now) return
  life.checks = life.checks.map(({ code }) => ({ code, verdict: 'present' }))
  addChecks(past, life, { by: life.holder, at: checkedAt }, checked)
  accept(past, life, checkedAt + minute)
}

/** Any counter opens the matter by the notice's number; whoever does so holds it from then on (R48). */
function startVisit(past: Past, life: Life, at: number, cause: string): void {
  const { random } = past
  if (random.chance(0.03)) life.handling = random.pick(past.bureau.windows)
  const same = life.handling.officers.includes(life.holder) && random.chance(0.6)
  const officer = same ? life.holder : random.pick(life.handling.officers)
  life.counter = random.pick(life.handling.counters)
  life.row.visits += 1
  life.row.version += 1
  life.row.status = 'received'
  life.row.handling_unit_id = life.handling.unit.id
  addVisit(past, life, at, officer, cause)
  if (officer !== life.holder)
    passBaton(past, life, officer, { offered: at, receipt: at, reason: '申请人再次到场，由本窗口继续办理' })
}
