import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '#test/crash/random.ts'
import {
  type Cell,
  type Published,
  publishedCount,
  publishedMean,
  publishedShare,
  publishedTables,
  type Sum,
} from './disclosure.ts'
import { whole } from './random-testing.ts'

const day = Temporal.PlainDate.from('2026-04-01')
type Range = [least: number, most: number]
type Tables = { cells: Cell[]; sums: Sum[] }

/** A count by three features with every table that can be drawn from it: all margins, all totals. */
function randomTables(random: () => number): Tables {
  const sizes = [whole(random, 2, 5), whole(random, 2, 5), whole(random, 1, 3)]
  const mean = [1, 2, 4, 8][whole(random, 0, 3)] ?? 1
  const cells: Cell[] = []
  const sums: Sum[] = []
  const inside = new Map<string, number>()
  for (const key of coordinates(sizes)) inside.set(key.join(), Math.floor(-Math.log(1 - random()) * mean))
  const wanted = random() < 0.5 ? 3 : 2
  for (const key of coordinates(sizes, true)) {
    if (key.filter((each) => each !== '*').length > wanted) continue
    const covers = [...inside].filter(([each]) => each.split(',').every((at, place) => [at, '*'].includes(key[place]!)))
    const count = covers.reduce((sum, [, each]) => sum + each, 0)
    // The fingerprint is of the cases: where one part holds all of a total, both are the same cases.
    const holding = covers.filter(([, each]) => each > 0).map(([each]) => each)
    cells.push({ key: key.join(), count, cases: `${holding.join('|')}#${sizes}#${count}#${mean}` })
    for (const [place, size] of sizes.entries()) {
      if (key[place] !== '*' || key.filter((each) => each !== '*').length >= wanted) continue
      sums.push({ whole: key.join(), parts: Array.from({ length: size }, (_, at) => key.with(place, `${at}`).join()) })
    }
  }
  return { cells, sums }
}

function coordinates(sizes: number[], withTotals = false): string[][] {
  return sizes.reduce<string[][]>(
    (keys, size) => {
      const values = Array.from({ length: size }, (_, at) => `${at}`)
      return keys.flatMap((key) => (withTotals ? ['*', ...values] : values).map((value) => [...key, value]))
    },
    [[]],
  )
}

/** The attacker: everything that adding and subtracting published numbers tells, until it tells nothing new. */
function attack(known: Map<string, Range>, sums: readonly Sum[]): Map<string, Range> {
  const ranges = new Map([...known].map(([key, [least, most]]) => [key, [least, most] as Range]))
  const cut = (key: string, least: number, most: number) => {
    const range = ranges.get(key)!
    const before = `${range}`
    range[0] = Math.max(range[0], least)
    range[1] = Math.min(range[1], most)
    return before !== `${range}`
  }
  for (let news = true; news; ) {
    news = false
    for (const sum of sums) {
      const parts = sum.parts.map((part) => ranges.get(part)!)
      const all = (end: 0 | 1, but?: Range) => parts.reduce((total, part) => total + (part === but ? 0 : part[end]), 0)
      news = cut(sum.whole, all(0), all(1)) || news
      const total = ranges.get(sum.whole)!
      for (const [place, key] of sum.parts.entries()) {
        const own = parts[place]!
        news = cut(key, total[0] - all(1, own), total[1] - all(0, own)) || news
      }
    }
  }
  return ranges
}

/** What a published table says by itself, when it is rounded to a multiple of five at most 4 (or 2) away. */
function says(published: Published, away: number): Map<string, Range> {
  return new Map(
    [...published].map(([key, value]) => [key, value === null ? [0, 1e6] : [Math.max(0, value - away), value + away]]),
  )
}

function recovered(tables: Tables, known: Map<string, Range>): number {
  const ranges = attack(known, tables.sums)
  let found = 0
  for (const { key, count } of tables.cells) {
    const [least, most] = ranges.get(key)!
    assert.ok(least <= count && count <= most, 'the attacker only draws true conclusions')
    if (least === most && known.get(key)![0] !== known.get(key)![1]) found += 1
  }
  return found
}

test('of 300 random sets of tables subtraction recovers no number, small or large', () => {
  const random = randomFrom(22)
  let withheld = 0
  for (let run = 0; run < 300; run += 1) {
    const tables = randomTables(random)
    const published = publishedTables(tables.cells, tables.sums, day)
    withheld += [...published.values()].filter((value) => value === null).length
    assert.equal(recovered(tables, says(published, 4)), 0)
  }
  assert.ok(withheld < 10, `${withheld} totals were withheld`)
})

test('the same attack recovers many cells where small ones are merely hidden, and some where all are rounded to the nearest', () => {
  const random = randomFrom(22)
  let [hidden, small, nearest] = [0, 0, 0]
  for (let run = 0; run < 300; run += 1) {
    const tables = randomTables(random)
    const hiding = new Map(
      tables.cells.map(({ key, count }) => [key, count > 0 && count < 5 ? [1, 4] : [count, count]] as [string, Range]),
    )
    small += [...hiding.values()].filter(([least, most]) => least !== most).length
    hidden += recovered(tables, hiding)
    const rounded: Published = new Map(tables.cells.map(({ key, count }) => [key, 5 * Math.floor((count + 2) / 5)]))
    nearest += recovered(tables, says(rounded, 2))
  }
  assert.ok(hidden > small / 3, `${hidden} of ${small}`)
  assert.ok(nearest > 50, `${nearest}`)
})

test('even trying every possible table, two by two with all totals, leaves each number open', () => {
  const random = randomFrom(220)
  for (let run = 0; run < 300; run += 1) {
    const counts = Array.from({ length: 4 }, () => whole(random, 0, 6)) as [number, number, number, number]
    const sets: [string, number[]][] = [
      ['a', [0]],
      ['b', [1]],
      ['c', [2]],
      ['d', [3]],
      ['ab', [0, 1]],
      ['cd', [2, 3]],
      ['ac', [0, 2]],
      ['bd', [1, 3]],
      ['abcd', [0, 1, 2, 3]],
    ]
    const total = (of: readonly number[], places: readonly number[]) => places.reduce((sum, at) => sum + of[at]!, 0)
    const cells = sets.map(([key, places]) => ({ key, count: total(counts, places), cases: `${run} ${key}` }))
    const sums = [
      { whole: 'ab', parts: ['a', 'b'] },
      { whole: 'cd', parts: ['c', 'd'] },
      { whole: 'ac', parts: ['a', 'c'] },
      { whole: 'bd', parts: ['b', 'd'] },
      { whole: 'abcd', parts: ['ab', 'cd'] },
      { whole: 'abcd', parts: ['ac', 'bd'] },
    ]
    const ranges = says(publishedTables(cells, sums, day), 4)
    const possible = sets.slice(0, 4).map(() => new Set<number>())
    const [a, b, c, d] = sets.slice(0, 4).map(([key]) => span(ranges.get(key)!)) as [
      number[],
      number[],
      number[],
      number[],
    ]
    for (const w of a)
      for (const x of b)
        for (const y of c)
          for (const z of d) {
            const guess = [w, x, y, z]
            const fits = sets.every(([key, places]) => {
              const [least, most] = ranges.get(key)!
              const value = total(guess, places)
              return least <= value && value <= most
            })
            if (fits) for (const [place, value] of guess.entries()) possible[place]!.add(value)
          }
    for (const values of possible) assert.ok(values.size > 1, `${counts}`)
  }
})

function span([least, most]: Range): number[] {
  return Array.from({ length: most - least + 1 }, (_, place) => least + place)
}

test('where chance would pin numbers down, a total is withheld', () => {
  const down = (count: number) => fingerprint(count, count - (count % 5))
  const cells = [
    ...['a', 'b', 'c', 'd'].map((key) => ({ key, count: 4, cases: down(4) })),
    { key: 'all', count: 16, cases: fingerprint(16, 20) },
  ]
  const sums = [{ whole: 'all', parts: ['a', 'b', 'c', 'd'] }]
  assert.equal(
    recovered({ cells, sums }, says(new Map(cells.map((cell) => [cell.key, publishedCount(cell, day)])), 4)),
    5,
  )
  const published = publishedTables(cells, sums, day)
  assert.deepEqual(
    [...published],
    [
      ['a', 0],
      ['b', 0],
      ['c', 0],
      ['d', 0],
      ['all', null],
    ],
  )
})

/** A fingerprint with which `count` is published as `shown`. */
function fingerprint(count: number, shown: number): string {
  for (let at = 0; ; at += 1) if (publishedCount({ count, cases: `${at}` }, day) === shown) return `${at}`
}

test('every published count is a multiple of five less than five away, and zero stays zero', () => {
  for (let count = 0; count < 200; count += 1) {
    for (let at = 0; at < 20; at += 1) {
      const shown = publishedCount({ count, cases: `case ${at}` }, day)
      assert.equal(shown % 5, 0)
      assert.ok(Math.abs(shown - count) < 5)
    }
  }
  assert.equal(publishedCount({ count: 0, cases: '' }, day), 0)
  for (const count of [-1, 1.5, Number.NaN]) assert.throws(() => publishedCount({ count, cases: '' }, day), RangeError)
})

test('rounding is right on average: 1 to 4 are shown as 5 in 20, 40, 60 and 80 of 100', () => {
  for (const count of [1, 2, 3, 4]) {
    let up = 0
    for (let at = 0; at < 10_000; at += 1) if (publishedCount({ count, cases: `set ${at}` }, day) === 5) up += 1
    assert.ok(Math.abs(up / 10_000 - count / 5) < 0.02, `${count}: ${up}`)
  }
})

test('the same cases give the same number in every table and every year; other cases are rounded anew', () => {
  const cell = { count: 3, cases: '8f3a61c2' }
  const other = Array.from({ length: 50 }, (_, at) => publishedCount({ count: 3, cases: `${at}` }, day))
  assert.equal(publishedCount(cell, day), publishedCount(cell, day.add({ years: 1 })))
  assert.deepEqual([...new Set(other)].sort(), [0, 5])
})

test('no mean and no share of fewer than ten, and a share is that of the numbers shown', () => {
  assert.equal(publishedMean(31, 9, day), null)
  assert.equal(publishedMean(33, 10, day), 3.3)
  assert.equal(publishedShare(5, 5, day), null)
  assert.equal(publishedShare(5, 10, day), 0.5)
  assert.equal(publishedShare(15, 10, day), null)
  assert.equal(publishedShare(null, 10, day), null)
  assert.equal(publishedShare(5, null, day), null)
})
