import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Candidate, chooseOwner, ownerAllowed } from './ownership.ts'

// bureau ─┬─ station ── window
//         ├─ brigade ── squad
//         └─ other station
const parents: Record<string, string | null> = {
  bureau: null,
  station: 'bureau',
  window: 'station',
  brigade: 'bureau',
  squad: 'brigade',
  other: 'bureau',
}

function chain(unit: string): string[] {
  const parent = parents[unit]
  return parent ? [unit, ...chain(parent)] : [unit]
}

const person = (personId: string, unitId: string, leads: string[] = []): Candidate => ({
  personId,
  unitId,
  homeUnits: chain(unitId),
  leads,
})
const about = (personId: string | null, unitId: string) => ({ personId, unitId, unitChain: chain(unitId) })

test('the rated officer, wherever he sits now, does not own the order about him', () => {
  assert.deepEqual(ownerAllowed(person('a', 'brigade'), about('a', 'window')), { refused: 'rated-officer' })
})

test('nobody of the rated unit or below it owns the order', () => {
  assert.deepEqual(ownerAllowed(person('b', 'window'), about('a', 'window')), { refused: 'rated-unit' })
  assert.deepEqual(ownerAllowed(person('b', 'window'), about('a', 'station')), { refused: 'rated-unit' })
})

test('nobody above the rated officer in the direct chain owns it, by seat or by duty', () => {
  assert.deepEqual(ownerAllowed(person('b', 'station'), about('a', 'window')), { refused: 'above-in-chain' })
  assert.deepEqual(ownerAllowed(person('b', 'bureau'), about('a', 'window')), { refused: 'above-in-chain' })
  assert.deepEqual(ownerAllowed(person('b', 'brigade', ['station']), about('a', 'window')), {
    refused: 'above-in-chain',
  })
})

test('the desk beside the chain owns it, and not the orders about itself', () => {
  assert.deepEqual(ownerAllowed(person('b', 'brigade'), about('a', 'window')), { allowed: true })
  assert.deepEqual(ownerAllowed(person('b', 'squad'), about('a', 'brigade')), { refused: 'rated-unit' })
})

test('whoever is chosen is eligible and has the fewest open orders of those who are', () => {
  const units = Object.keys(parents)
  let seed = 20261123
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % below
  }
  let chosen = 0
  for (let round = 0; round < 3000; round++) {
    const people = Array.from({ length: random(6) }, (_, n) => ({
      ...person(
        `p${n}`,
        units[random(units.length)] as string,
        random(4) === 0 ? [units[random(units.length)] as string] : [],
      ),
      openOrders: random(4),
      policeNo: `00${n}`,
    }))
    const concerned = about(`p${random(6)}`, units[random(units.length)] as string)
    const owner = chooseOwner(people, concerned)
    const eligible = people.filter((p) => 'allowed' in ownerAllowed(p, concerned))
    assert.equal(owner === undefined, eligible.length === 0)
    if (!owner) continue
    chosen += 1
    assert.notEqual(owner.personId, concerned.personId)
    assert.equal(chain(owner.unitId).includes(concerned.unitId), false)
    assert.equal(concerned.unitChain.includes(owner.unitId), false)
    assert.equal(
      owner.leads.some((unit) => concerned.unitChain.includes(unit)),
      false,
    )
    assert.equal(owner.openOrders, Math.min(...eligible.map((p) => p.openOrders)))
  }
  assert.ok(chosen > 300)
})
