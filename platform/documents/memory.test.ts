import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createDocuments } from './documents.ts'
import { supervisionOrder } from './samples/window.ts'

// In a file, and so in a process, of its own: what other tests have left in the heap would be measured with it.
const documents = createDocuments()
after(() => documents.close())
const at = Temporal.Instant.from('2026-11-23T01:00:00Z')

test('memory stays flat over 200 documents', async () => {
  const many = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await documents.render('supervision-order', { ...supervisionOrder, number: `${i}` }, at)
    }
    return process.memoryUsage().rss
  }
  // The heaps take their size first; what grows after that would go on growing (0.6 MB a document where nothing is let go).
  const before = await many(200)
  const grown = (await many(200)) - before
  assert.ok(grown < 100 * 1024 * 1024, `grew by ${Math.round(grown / 1024 / 1024)} MB`)
})
