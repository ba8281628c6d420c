import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadCatalogue } from '#modules/registration/catalogue/load.ts'
import { actOnLists, contentFrom, entriesOf, typedFrom } from './form-values.ts'
import { parts } from './parts.ts'

const [version] = await loadCatalogue()
assert.ok(version)
const { content } = version

test('every part of the delivered catalogue comes back from its form as it was', async () => {
  for (const { content } of await loadCatalogue()) {
    for (const part of parts) {
      const back = contentFrom(part.specs, typedFrom(part.specs, content), content)
      assert.deepEqual(back, { content, errors: {} }, `${content.code} ${part.key}`)
    }
  }
})

test('entries are added, moved and removed with all that was typed in them', () => {
  const specs = parts.find(({ key }) => key === 'materials')!.specs
  const typed = typedFrom(specs, content)
  const codes = (fields: typeof typed) => contentFrom(specs, fields, content).content.materials.map(({ code }) => code)
  const before = codes(typed)
  assert.deepEqual(codes(actOnLists(typed, 'remove:materials.0')), before.slice(1))
  assert.deepEqual(codes(actOnLists(typed, 'down:materials.0')), [before[1], before[0], ...before.slice(2)])
  assert.deepEqual(codes(actOnLists(typed, 'up:materials.0')), before)
  assert.deepEqual(codes(actOnLists(typed, 'add:materials')), [...before, ''])
  const defects = actOnLists(typed, 'add:materials.0.commonDefects')
  assert.equal(entriesOf('materials.0.commonDefects', defects), entriesOf('materials.0.commonDefects', typed) + 1)
  assert.deepEqual(actOnLists(typed, 'remove:__proto__'), typed)
})

test('what cannot be read is named by its field, and nothing else', () => {
  const errors = (key: string, change: Record<string, string>) => {
    const { specs } = parts.find((part) => part.key === key)!
    return contentFrom(specs, { ...typedFrom(specs, content), ...change }, content).errors
  }
  assert.deepEqual(
    errors('materials', { 'materials.0.copies': '两', 'materials.0.requiredIf': 'a =', 'materials.0.code': 'Ä' }),
    {
      'materials.0.copies': 'number-malformed',
      'materials.0.requiredIf': 'rule-incomplete',
      'materials.0.code': 'code-part-malformed',
    },
  )
  assert.deepEqual(errors('fee', { 'fee.cases.0.amountFen': '二十' }), { 'fee.cases.0.amountFen': 'yuan-malformed' })
  assert.deepEqual(errors('fee', { 'fee.cases.0.amountFen': '２０．５' }), {})
})
