import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '#test/crash/random.ts'
import { type Claim, type ClaimMonth, checkClaim, type Outage } from './claim-check.ts'
import { poisson, whole } from './random-testing.ts'

const day = Temporal.PlainDate.from('2026-07-01')
type Change = Partial<Omit<ClaimMonth, 'month'>>

function year(name: number, months: number, each: (month: number) => Change): ClaimMonth[] {
  return Array.from({ length: months }, (_, place) => ({
    month: `${name}-${String(place + 1).padStart(2, '0')}`,
    count: 0,
    served: 2000,
    undecided: 0,
    ...each(place),
  }))
}

const halved: Claim = {
  kind: 'confirmed',
  before: year(2025, 6, () => ({ count: 12 })),
  after: year(2026, 6, () => ({ count: 6 })),
  outages: [],
}

const why = (change: Partial<Claim>) => {
  const answer = checkClaim({ ...halved, ...change }, day)
  return answer.may ? 'may' : answer.why
}

test('72 cases halved to 36 at the same work load have clearly fallen', () => {
  const answer = checkClaim(halved, day)
  assert.equal(answer.may, true)
  assert.equal(
    answer.sentence.zh,
    '2026年1—6月，经认定涉及民警“冷硬横推托”问题的信访投诉案件总量明显下降：36件（2025年1—6月为72件），每千件办件3.00件（6.00件），降幅50.0%（95%置信区间24.4%–67.5%）。',
  )
  assert.match(answer.sentence.en, /^Complaint cases with a confirmed style problem, .* have clearly fallen: 36 \(72/)
})

test('the words 明显下降 stand in no sentence that is offered in the place of the claim', () => {
  const random = randomFrom(130)
  let refused = 0
  for (let run = 0; run < 500; run += 1) {
    const [b, a] = [whole(random, 0, 12), whole(random, 0, 12)]
    const answer = checkClaim(
      {
        kind: run % 2 ? 'alleged' : 'confirmed',
        before: year(2025, 3, () => ({ count: poisson(random, b) })),
        after: year(2026, 3, () => ({ count: poisson(random, a), undecided: whole(random, 0, 3) })),
        outages: [],
      },
      day,
    )
    assert.equal(answer.sentence.zh.includes('总量明显下降'), answer.may)
    assert.equal(answer.sentence.en.includes('clearly fallen'), answer.may)
    if (!answer.may) refused += 1
  }
  assert.ok(refused > 100 && refused < 500)
})

test('a total that fell only because fewer matters were served has not fallen', () => {
  const fewer = year(2026, 6, () => ({ count: 6, served: 1000 }))
  assert.equal(why({ after: fewer }), 'within-chance')
  const rising = year(2026, 6, () => ({ count: 10, served: 500 }))
  assert.equal(why({ after: rising }), 'risen')
  assert.match(checkClaim({ ...halved, after: rising }, day).sentence.zh, /按办件量计明显上升。$/)
})

test('a rate that fell only because more matters were served does not make the total fall', () => {
  assert.equal(why({ after: year(2026, 6, () => ({ count: 12, served: 9000 })) }), 'count-not-lower')
})

test('a fall within chance is called so, and a certain but slight one slight', () => {
  assert.equal(why({ after: year(2026, 6, () => ({ count: 10 })) }), 'within-chance')
  const many = year(2025, 6, () => ({ count: 10_000, served: 1_000_000 }))
  const little = year(2026, 6, () => ({ count: 9500, served: 1_000_000 }))
  assert.equal(why({ before: many, after: little }), 'small-fall')
  assert.match(checkClaim({ ...halved, before: many, after: little }, day).sentence.zh, /略有下降，降幅5\.0%/)
})

test('few cases, no matters served: nothing is said of a trend', () => {
  assert.equal(why({ before: year(2025, 6, () => ({ count: 1 })), after: year(2026, 6, () => ({})) }), 'too-few')
  assert.equal(why({ after: year(2026, 6, () => ({ count: 6, served: 0 })) }), 'no-exposure')
})

test('only the same calendar months are compared, without gap and without choice', () => {
  const { before, after } = halved
  assert.equal(why({ after: after.slice(0, 5) }), 'not-same-months')
  assert.equal(why({ before: before.slice(1), after: after.slice(0, 5) }), 'not-same-months')
  assert.equal(why({ before: before.toSpliced(2, 1), after: after.toSpliced(2, 1) }), 'not-same-months')
  assert.equal(why({ before: after, after: before }), 'not-same-months')
  assert.equal(why({ before, after: before }), 'not-same-months')
  assert.equal(why({ before: [], after: [] }), 'not-same-months')
  assert.equal(why({ before: after.map((each) => ({ ...each, month: '2025-1' })) }), 'not-same-months')
  assert.equal(why({ before: before.slice(0, 3), after: after.slice(0, 3) }), 'may')
  assert.equal(checkClaim({ ...halved, after: [] }, day).sentence.zh, '两个时段的月份不相同，不能比较升降。')
})

test('a winter that crosses the year is named with both years', () => {
  const winter = (from: number, count: number) =>
    [`${from}-12`, `${from + 1}-01`].map((month) => ({ month, count, served: 1000, undecided: 0 }))
  const { sentence } = checkClaim({ ...halved, before: winter(2023, 40), after: winter(2024, 10) }, day)
  assert.match(sentence.zh, /^2024年12月—2025年1月，/)
})

test('a channel that was down in the later period takes the claim away, in the earlier one it does not', () => {
  const down = (from: string, until: string): Outage => ({
    channel: 'district_website',
    from: Temporal.PlainDate.from(from),
    until: Temporal.PlainDate.from(until),
  })
  assert.equal(why({ outages: [down('2026-02-01', '2026-02-03')] }), 'may')
  assert.equal(why({ outages: [down('2026-02-01', '2026-02-04')] }), 'channel-outage')
  assert.equal(why({ outages: [down('2026-02-01', '2026-02-03'), down('2026-05-01', '2026-05-01')] }), 'channel-outage')
  assert.equal(why({ outages: [down('2026-02-01', '2026-02-03'), down('2026-02-02', '2026-02-03')] }), 'may')
  assert.equal(why({ outages: [down('2025-02-01', '2025-05-04')] }), 'may')
  const flagged = checkClaim({ ...halved, outages: [down('2026-06-29', '2026-07-30')] }, day)
  assert.deepEqual(flagged.figures.outages, [])
})

test('cases still undecided count against the fall', () => {
  const open = (undecided: number) => year(2026, 6, () => ({ count: 6, undecided }))
  assert.equal(why({ after: open(0) }), 'may')
  assert.equal(why({ after: open(1) }), 'may')
  assert.equal(why({ after: open(4) }), 'undecided')
  assert.match(checkClaim({ ...halved, after: open(4) }, day).sentence.zh, /另有24件尚未认定，暂不能认定下降。$/)
})

test('complaints that come in heaps need a larger fall than single ones', () => {
  const heap = (name: number, size: number) => year(name, 6, (month) => ({ count: month === 2 ? size : 0 }))
  assert.equal(why({ before: heap(2025, 72), after: heap(2026, 36) }), 'within-chance')
})

/** How often of 2,000 seeded runs the claim is allowed. */
function allowed(seed: number, months: number, mean: (later: boolean) => number, heap = 1): number {
  const random = randomFrom(seed)
  let may = 0
  for (let run = 0; run < 2000; run += 1) {
    const period = (name: number, later: boolean) =>
      year(name, months, () => {
        const served = whole(random, 1500, 2500)
        return { served, count: heap * poisson(random, (mean(later) * served) / 2000 / heap) }
      })
    const claim = { ...halved, before: period(2025, false), after: period(2026, true) }
    if (checkClaim(claim, day).may) may += 1
  }
  return may
}

for (const [months, mean] of [
  [1, 20],
  [3, 5],
  [6, 3],
  [6, 40],
  [12, 10],
] as const) {
  test(`at a constant rate of ${mean} a month over ${months} months at least 95 % of 2,000 runs are refused`, () => {
    const may = allowed(months * 100 + mean, months, () => mean)
    assert.ok(may <= 100, `${may} of 2000 were allowed`)
  })
}

test('at a constant rate of complaints in heaps of five at least 95 % of 2,000 runs are refused', () => {
  const may = allowed(5, 12, () => 10, 5)
  assert.ok(may <= 100, `${may} of 2000 were allowed`)
})

test('a real halving with enough cases is allowed in at least 80 % of 2,000 runs, with few cases seldom', () => {
  const enough = allowed(50, 12, (later) => (later ? 5 : 10))
  assert.ok(enough >= 1600, `${enough} of 2000 were allowed`)
  assert.ok(allowed(51, 3, (later) => (later ? 2 : 4)) < 1000)
})
