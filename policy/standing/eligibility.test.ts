import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Parameter } from '../parameter.ts'
import { consequencesOf } from './consequences.ts'
import {
  type DeductionFact,
  type Eligibility,
  eligibilityFrom,
  type RestrictionFact,
  type StandingFacts,
} from './eligibility.ts'
import { restrictionFrom } from './parameters.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const begin = Temporal.Instant.from('2026-01-05T02:00:00Z')
const at = (hours: number) => begin.add({ hours: hours * 37 })
const kinds = ['annual_excellent', 'model_post', 'merit_third', 'commendation']

/** Same seed, same history: a failing one can be looked at. */
function dice(seed: number) {
  let state = seed * 2654435761 + 1
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return {
    below: (n: number) => Math.floor(next() * n),
    one: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  }
}

type Open = { deductions: DeductionFact[]; restrictions: RestrictionFact[] }

const live = (facts: Open, year: number) =>
  facts.deductions.filter((one) => one.reversedAt === null && one.effectiveOn.year === year)

/** What the database does after each posting: derive, propose, withdraw. */
function derive(facts: Open, year: number, moment: Temporal.Instant): void {
  const due = consequencesOf(live(facts, year)).restriction
  const found = facts.restrictions.find(
    (one) => one.sourceKind === 'deductions' && one.year === year && one.until === null,
  )
  if (due && !found) facts.restrictions.push(restriction(facts, year, moment, { ruleOn: due.ruleOn, basis: due.basis }))
  if (!due && found) found.until = moment
}

function restriction(
  facts: Open,
  year: number,
  from: Temporal.Instant,
  more: Partial<RestrictionFact>,
): RestrictionFact {
  return {
    id: `r${facts.restrictions.length}`,
    year,
    merit: true,
    decoration: true,
    sourceKind: 'deductions',
    sourceId: null,
    basis: 'R127',
    factLine: '',
    ruleOn: day(`${year}-02-01`),
    from,
    until: null,
    confirmedAt: null,
    ...more,
  }
}

function deduction(facts: Open, moment: Temporal.Instant, more: Partial<DeductionFact> = {}): DeductionFact {
  const n = facts.deductions.length
  return {
    id: `d${n}`,
    findingId: `f${n}`,
    caseId: `c${n}`,
    effectiveOn: moment.toZonedDateTimeISO('Asia/Shanghai').toPlainDate(),
    points: 1,
    seq: n,
    recordedAt: moment,
    reversedAt: null,
    findingFrom: moment.subtract({ hours: 5 }),
    findingUntil: null,
    caseNo: `XF-${n}`,
    factLine: '态度生硬',
    clause: '第3条',
    ...more,
  }
}

function annul(facts: Open, which: DeductionFact, moment: Temporal.Instant): void {
  which.reversedAt = moment
  which.findingUntil = moment
  derive(facts, which.effectiveOn.year, moment)
}

/** One event of an officer's life, at `moment`. */
function event(facts: Open, moment: Temporal.Instant, { below, one }: ReturnType<typeof dice>): void {
  const standing = facts.deductions.filter((each) => each.reversedAt === null)
  const results = facts.restrictions.filter((each) => each.sourceKind === 'evaluation' && each.until === null)
  const what = below(10)
  if (what < 5) {
    const sameCase = standing.length > 0 && below(4) === 0 ? one(standing).caseId : undefined
    facts.deductions.push(deduction(facts, moment, sameCase ? { caseId: sameCase } : {}))
    derive(facts, moment.toZonedDateTimeISO('Asia/Shanghai').year, moment)
  } else if (what < 7 && standing.length > 0) annul(facts, one(standing), moment)
  else if (what === 7)
    facts.restrictions.push(
      restriction(facts, moment.toZonedDateTimeISO('Asia/Shanghai').year, moment, {
        decoration: false,
        sourceKind: 'evaluation',
        sourceId: `e${facts.restrictions.length}`,
        basis: 'R41',
        factLine: '满意度89.96%',
      }),
    )
  else if (what === 8 && results.length > 0) one(results).until = moment
  else if (facts.restrictions.length > 0) one(facts.restrictions).confirmedAt ??= moment
}

const copy = (facts: Open): StandingFacts => ({
  deductions: facts.deductions.map((one) => ({ ...one })),
  restrictions: facts.restrictions.map((one) => ({ ...one })),
})

function ask(facts: StandingFacts, awardKind: string, asOf: Temporal.Instant, rules?: Parameter<number>): Eligibility {
  const on = asOf.toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const answer = eligibilityFrom(facts, { awardKind, on, asOf }, rules && { restrictionFrom: rules })
  if ('refused' in answer) throw new Error(answer.refused)
  return answer
}

type Said = { facts: StandingFacts; answer: Eligibility; kind: string; asOf: Temporal.Instant }

/** A random life of some years, with the answers that were given on the way. */
function history(seed: number): { facts: StandingFacts; said: Said[] } {
  const roll = dice(seed)
  const facts: Open = { deductions: [], restrictions: [] }
  const said: Said[] = []
  const length = 4 + roll.below(40)
  for (let step = 1; step <= length; step++) {
    event(facts, at(step * (1 + (seed % 9))), roll)
    // Asked in the same moment and some time later.
    const asOf = at(step * (1 + (seed % 9))).add({ hours: roll.below(2) })
    const kind = roll.one(kinds)
    said.push({ facts: copy(facts), answer: ask(facts, kind, asOf), kind, asOf })
  }
  return { facts: copy(facts), said }
}

const lives = Array.from({ length: 250 }, (_, seed) => history(seed))

test('an answer given again for a past moment is the answer that was given then', (t) => {
  let asked = 0
  for (const { facts, said } of lives) {
    for (const { answer, kind, asOf } of said) {
      assert.deepEqual(ask(facts, kind, asOf), answer)
      asked += 1
    }
  }
  t.diagnostic(`${asked} answers replayed`)
})

/** Only what a reason cites: nothing else is needed for the refusal. */
function citedOnly({ facts, answer }: Said, index: number): StandingFacts {
  const reason = answer.reasons[index]!
  const ids = new Set(reason.deductions.map((one) => one.id))
  return {
    deductions: facts.deductions.filter((one) => ids.has(one.id)),
    restrictions: facts.restrictions.filter((one) => one.id === reason.restriction.id),
  }
}

/** Every way to take one cited element out of the facts: the restriction, a deduction, its finding, its case. */
function without(facts: StandingFacts, reason: Eligibility['reasons'][number]): StandingFacts[] {
  const dropped = (keep: (one: DeductionFact) => boolean) => ({ ...facts, deductions: facts.deductions.filter(keep) })
  return [
    { ...facts, restrictions: facts.restrictions.filter((one) => one.id !== reason.restriction.id) },
    ...reason.deductions.flatMap((cited) => [
      dropped((one) => one.id !== cited.id),
      dropped((one) => one.findingId !== cited.findingId),
      dropped((one) => one.caseId !== cited.caseId),
    ]),
  ]
}

test('what a reason cites suffices for the refusal, and without any one of its elements the answer turns', (t) => {
  let turned = 0
  const noRule: Parameter<number> = { ...restrictionFrom, values: [{ from: '2999-01-01', value: 2, basis: 'R127' }] }
  for (const one of lives.flatMap(({ said }) => said)) {
    one.answer.reasons.forEach((reason, index) => {
      const bare = citedOnly(one, index)
      assert.deepEqual(ask(bare, one.kind, one.asOf).reasons, [reason])
      for (const less of without(bare, reason)) {
        assert.equal(ask(less, one.kind, one.asOf).eligible, true)
        turned += 1
      }
      if (reason.rule.needs !== null)
        assert.equal(ask(bare, one.kind, one.asOf, noRule).eligible, true, 'the rule version is an element too')
    })
  }
  t.diagnostic(`${turned} removals turned the answer`)
  assert.ok(turned > 3000)
})

test('with just the cases that are needed and no other reason, each removal turns the answer in the whole of the facts', (t) => {
  let turned = 0
  for (const one of lives.flatMap(({ said }) => said)) {
    const [reason, ...others] = one.answer.reasons
    if (!reason || others.length > 0) continue
    const inForce = one.facts.deductions.filter(
      (each) =>
        each.effectiveOn.year === one.answer.year &&
        (each.reversedAt === null || Temporal.Instant.compare(each.reversedAt, one.asOf) > 0),
    )
    if (new Set(inForce.map((each) => each.caseId)).size !== reason.rule.needs) continue
    if (new Set(inForce.map((each) => each.caseId)).size !== inForce.length) continue
    for (const less of without(one.facts, reason)) {
      assert.equal(ask(less, one.kind, one.asOf).eligible, true)
      turned += 1
    }
  }
  assert.ok(turned > 300, `${turned}`)
  t.diagnostic(`${turned} removals`)
})

/** Data that has no part in the answer: other years, taken back, later, of the other scope. */
function noise({ facts, answer, asOf, kind }: Said, roll: ReturnType<typeof dice>): StandingFacts {
  const later = asOf.add({ hours: 1 + roll.below(500) })
  const other = { year: answer.year + (roll.below(2) === 0 ? 1 : -1) }
  const open: Open = { deductions: [...facts.deductions], restrictions: [...facts.restrictions] }
  const add = (more: Partial<DeductionFact>, moment: Temporal.Instant) =>
    open.deductions.push(
      deduction(open, moment, { id: `x${open.deductions.length}`, caseId: `x${open.deductions.length}`, ...more }),
    )
  const limit = (more: Partial<RestrictionFact>, from: Temporal.Instant) =>
    open.restrictions.push({ ...restriction(open, answer.year, from, more), id: `x${open.restrictions.length}` })
  for (let n = 0; n < 6; n++) {
    add({ effectiveOn: day(`${other.year}-06-01`) }, begin)
    add({ reversedAt: asOf }, begin)
    add({ findingUntil: asOf }, begin)
    add({ effectiveOn: day(`${answer.year}-01-01`) }, later)
    limit(other, begin)
    limit({ until: asOf }, begin)
    limit({}, later)
    if (kind === 'merit_third' || kind === 'commendation')
      limit({ decoration: false, sourceKind: 'evaluation', sourceId: 'other scope' }, begin)
  }
  return open
}

test('data that is not cited never turns the answer, nor changes a word of it', () => {
  const roll = dice(77)
  for (const one of lives.flatMap(({ said }) => said)) {
    assert.deepEqual(ask(noise(one, roll), one.kind, one.asOf), one.answer)
  }
})

test('a further deduction after those cited leaves the reasons as they are', () => {
  for (const one of lives.flatMap(({ said }) => said).filter(({ answer }) => !answer.eligible)) {
    const more = {
      deductions: [
        ...one.facts.deductions,
        deduction({ deductions: [...one.facts.deductions], restrictions: [] }, one.asOf, {
          id: 'later',
          caseId: 'later',
        }),
      ],
      restrictions: one.facts.restrictions,
    }
    assert.deepEqual(ask(more, one.kind, one.asOf).reasons, one.answer.reasons)
  }
})

test('a result below the line blocks merit and leaves decorations; two deductions block both (A15)', () => {
  const facts: Open = { deductions: [], restrictions: [] }
  facts.restrictions.push(
    restriction(facts, 2026, at(1), { decoration: false, sourceKind: 'evaluation', sourceId: 'e', basis: 'R41' }),
  )
  assert.equal(ask(facts, 'annual_excellent', at(2)).eligible, false)
  assert.equal(ask(facts, 'merit_third', at(2)).eligible, true)
  facts.deductions.push(deduction(facts, at(3)))
  derive(facts, 2026, at(3))
  assert.equal(ask(facts, 'merit_third', at(3)).eligible, true)
  facts.deductions.push(deduction(facts, at(4)))
  derive(facts, 2026, at(4))
  assert.equal(ask(facts, 'merit_third', at(4)).eligible, false)
  assert.equal(ask(facts, 'annual_excellent', at(4)).reasons.length, 2)
})

test('case number and fact are left out where the reader may not see them; the answer is the same', () => {
  const facts: Open = { deductions: [], restrictions: [] }
  for (const n of [1, 2]) {
    const { caseNo: _, factLine: __, clause: ___, ...hidden } = deduction(facts, at(n))
    facts.deductions.push(hidden)
  }
  derive(facts, 2026, at(2))
  const [reason] = ask(facts, 'merit_third', at(2)).reasons
  assert.deepEqual(
    reason?.deductions.map((one) => [one.caseNo, one.factLine, one.clause]),
    [
      [null, null, null],
      [null, null, null],
    ],
  )
})

test('an honour that nobody knows is refused', () => {
  const asked = { awardKind: 'nothing', on: day('2026-03-01'), asOf: at(1) }
  assert.deepEqual(eligibilityFrom({ deductions: [], restrictions: [] }, asked), { refused: 'unknown-award' })
})
