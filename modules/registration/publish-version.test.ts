import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Context } from '#platform/context.ts'
import { type FreshDatabase, freshDatabase } from '#platform/db/fresh-database.ts'
import { Problem } from '#platform/problem.ts'
import type { ItemContent } from '#policy/registration/item.ts'
import { aBureau, type BureauFixture, type PersonKey } from '#test/fixtures/bureau.ts'
import {
  findVersion,
  itemsOn,
  listVersions,
  publishVersion,
  saveDraft,
  saveDraftDates,
  startDraft,
  startItem,
  versionOn,
  withdrawVersion,
} from './index.ts'

const item = 'id_card.renewal'
const tomorrow = Temporal.PlainDate.from('2026-11-24')

type World = {
  db: FreshDatabase
  bureau: BureauFixture
  as<T>(key: PersonKey, work: (ctx: Context) => Promise<T>): Promise<T>
}

async function world(t: TestContext): Promise<World> {
  const db = await freshDatabase(t)
  const bureau = await aBureau(db)
  return { db, bureau, as: (key, work) => db.as(bureau.actors[key], work) }
}

/** A draft of the renewal, changed as asked, with its dates set. */
async function aDraft(
  { as }: World,
  change: (content: ItemContent) => Partial<ItemContent> = () => ({}),
  from = tomorrow,
): Promise<{ id: string; rowVersion: number }> {
  return as('editor', async (ctx) => {
    const { id } = await startDraft(ctx, item)
    const draft = await findVersion(ctx, id)
    await saveDraft(ctx, id, { rowVersion: 1, part: 'item', content: { ...draft.content, ...change(draft.content) } })
    await saveDraftDates(ctx, id, { rowVersion: 2, from, changeNote: '精简材料' })
    return { id, rowVersion: 3 }
  })
}

const refused =
  (code: string, more: (problem: Problem) => boolean = () => true) =>
  (error: unknown) =>
    error instanceof Problem && error.code === code && more(error)

test('a version comes into force on its day and ends the one before it', async (t) => {
  const w = await world(t)
  const { id, rowVersion } = await aDraft(w)
  await w.as('publisher', (ctx) => publishVersion(ctx, id, rowVersion))
  const on = (day: string) =>
    w.as('officer', async (ctx) => (await versionOn(ctx, item, Temporal.PlainDate.from(day)))?.number)
  assert.deepEqual([await on('2026-11-23'), await on('2026-11-24')], [2, 3])
  const lines = await w.as('officer', (ctx) => listVersions(ctx, item))
  assert.deepEqual(
    lines.map(({ number, from, until }) => [number, from, until]),
    [
      [3, '2026-11-24', null],
      [2, '2026-04-01', '2026-11-24'],
      [1, '2025-01-01', '2026-04-01'],
    ],
  )
})

for (const [notice, change] of [
  ['materials', { materials: [] }],
  ['process', { process: [] }],
  ['fee', { fee: { free: false, cases: [], text: { zh: '', en: '' } } }],
] as [string, Partial<ItemContent>][]) {
  test(`a version whose notice of ${notice} is empty is not published, and the refusal names it`, async (t) => {
    const w = await world(t)
    const { id, rowVersion } = await aDraft(w, () => change)
    await assert.rejects(
      w.as('publisher', (ctx) => publishVersion(ctx, id, rowVersion)),
      refused('not-publishable', ({ detail }) =>
        (detail.faults as { notice: string; code: string }[]).some(
          (fault) => fault.notice === notice && fault.code === 'empty',
        ),
      ),
    )
    assert.equal(await w.as('editor', async (ctx) => (await findVersion(ctx, id)).status), 'draft')
  })
}

test('nobody publishes what he wrote, not even a word of it: refused in code and by the database', async (t) => {
  const w = await world(t)
  const { id } = await aDraft(w)
  // The publisher is given the editor's duty as well, changes the draft, and a second editor saves after him.
  await w.db.admin.query(
    `insert into directory.duty (person_id, role, unit_id, valid) values ($1, 'catalogue_editor', $2, '[2020-01-01,)')`,
    [w.bureau.people.publisher.id, w.bureau.units.bureau],
  )
  const both = await w.bureau.actorNow('publisher')
  await w.db.as(both, async (ctx) =>
    saveDraft(ctx, id, { rowVersion: 3, part: 'faq', content: { ...(await findVersion(ctx, id)).content, faq: [] } }),
  )
  await w.as('editor', async (ctx) =>
    saveDraft(ctx, id, { rowVersion: 4, part: 'faq', content: (await findVersion(ctx, id)).content }),
  )
  await assert.rejects(
    w.db.as(both, (ctx) => publishVersion(ctx, id, 5)),
    refused('own-version'),
  )

  const direct = (key: PersonKey, by: PersonKey) =>
    w.as(key, (ctx) =>
      ctx.db
        .updateTable('registration.item_version')
        .set({ status: 'published', published_by: w.bureau.people[by].id, published_at: ctx.now })
        .where('id', '=', id)
        .execute(),
    )
  await assert.rejects(direct('publisher', 'publisher'), /two persons/)
  await assert.rejects(direct('publisher', 'leader'), /in his own name/)
  await assert.rejects(direct('editor', 'editor'), /only a publisher|two persons/)
  await assert.rejects(
    w.as('editor', (ctx) => publishVersion(ctx, id, 5)),
    refused('not-permitted'),
  )
})

test('two published versions of an item never overlap', async (t) => {
  const w = await world(t)
  const first = await aDraft(w)
  await w.as('publisher', (ctx) => publishVersion(ctx, first.id, first.rowVersion))
  const second = await aDraft(w)
  await assert.rejects(
    w.as('publisher', (ctx) => publishVersion(ctx, second.id, second.rowVersion)),
    refused('from-day-taken'),
  )
  const widen = w.as('publisher', (ctx) =>
    ctx.db
      .updateTable('registration.item_version')
      .set({ effective: '[2026-04-01,)' })
      .where('item_code', '=', item)
      .where('number', '=', 2)
      .execute(),
  )
  await assert.rejects(widen, /conflicting key value|exclusion/)
})

test('a version between two others ends where the later one begins', async (t) => {
  const w = await world(t)
  const later = await aDraft(w, undefined, Temporal.PlainDate.from('2027-03-01'))
  await w.as('publisher', (ctx) => publishVersion(ctx, later.id, later.rowVersion))
  const between = await aDraft(w)
  await w.as('publisher', (ctx) => publishVersion(ctx, between.id, between.rowVersion))
  const found = await w.as('officer', (ctx) => findVersion(ctx, between.id))
  assert.deepEqual([found.from, found.until], ['2026-11-24', '2027-03-01'])
})

test('what is published does not change: not by the use case, not by a publisher at the database', async (t) => {
  const w = await world(t)
  const { id, rowVersion } = await aDraft(w)
  await w.as('publisher', (ctx) => publishVersion(ctx, id, rowVersion))
  const { content } = await w.as('editor', (ctx) => findVersion(ctx, id))
  await assert.rejects(
    w.as('editor', (ctx) => saveDraft(ctx, id, { rowVersion: 4, part: 'item', content })),
    refused('version-not-draft'),
  )
  const rewrite = w.as('publisher', (ctx) =>
    ctx.db
      .updateTable('registration.item_version')
      .set({ content: JSON.stringify({ ...content, materials: [] }) })
      .where('id', '=', id)
      .execute(),
  )
  await assert.rejects(rewrite, /does not change/)
  await assert.rejects(w.db.admin.query('delete from registration.item_version where id = $1', [id]), /stays/)
})

test('a further paper and a longer promise are kept as warnings of the version (R44)', async (t) => {
  const w = await world(t)
  const { id, rowVersion } = await aDraft(w, (content) => ({
    materials: [
      ...content.materials,
      { ...content.materials[0]!, code: 'work_certificate', requiredIf: undefined, source: 'applicant', original: 1 },
    ],
    promisedLimit: { ...content.promisedLimit, days: content.promisedLimit.days + 5 },
  }))
  const { changes } = await w.as('publisher', (ctx) => publishVersion(ctx, id, rowVersion))
  const burdens = changes.filter(({ effect }) => effect === 'burden').map(({ code }) => code)
  assert.deepEqual(burdens.toSorted(), ['material_added', 'promised_limit_longer'])
  assert.deepEqual((await w.as('officer', (ctx) => findVersion(ctx, id))).warnings, changes)
})

test('a colleague’s newer draft is not overwritten', async (t) => {
  const w = await world(t)
  const { id } = await aDraft(w)
  const { content } = await w.as('editor', (ctx) => findVersion(ctx, id))
  await assert.rejects(
    w.as('editor', (ctx) => saveDraft(ctx, id, { rowVersion: 1, part: 'faq', content })),
    refused('changed-meanwhile'),
  )
  await assert.rejects(
    w.as('publisher', (ctx) => publishVersion(ctx, id, 1)),
    refused('changed-meanwhile'),
  )
})

test('of an item ordered by the municipal bureau only places and phones change, unless a new notice is carried out (R43)', async (t) => {
  const w = await world(t)
  const notice = {
    level: 'municipal',
    title: '关于规范居民身份证换领的通知',
    number: '公〔2026〕1号',
    issuedOn: '2026-01-10',
  } as const
  const ordered = await aDraft(w, () => ({ sourceNotice: notice }))
  await w.as('publisher', (ctx) => publishVersion(ctx, ordered.id, ordered.rowVersion))
  w.db.clock.set('2026-11-25T01:00:00Z')
  const { id } = await w.as('editor', (ctx) => startDraft(ctx, item))
  const { content } = await w.as('editor', (ctx) => findVersion(ctx, id))
  const save = (rowVersion: number, change: Partial<ItemContent>) =>
    w.as('editor', (ctx) => saveDraft(ctx, id, { rowVersion, part: 'x', content: { ...content, ...change } }))
  await assert.rejects(
    save(1, { materials: [] }),
    refused('locked-part', ({ detail }) => String(detail.parts) === 'materials'),
  )
  await assert.rejects(save(1, { sourceNotice: undefined }), refused('locked-part'))
  await save(1, { process: [...content.process, content.process[0]!] })
  await save(2, { materials: [], sourceNotice: { ...notice, number: '公〔2026〕9号', issuedOn: '2026-11-20' } })
})

test('a version that has not begun gives its time back; one in force ends today and the item has no list', async (t) => {
  const w = await world(t)
  const { id, rowVersion } = await aDraft(w)
  await w.as('publisher', (ctx) => publishVersion(ctx, id, rowVersion))
  await assert.rejects(
    w.as('editor', (ctx) => withdrawVersion(ctx, id, { rowVersion: 4, reason: '误发' })),
    refused('not-permitted'),
  )
  await w.as('publisher', (ctx) => withdrawVersion(ctx, id, { rowVersion: 4, reason: '误发' }))
  const before = await w.as('officer', async (ctx) =>
    (await listVersions(ctx, item)).find(({ number }) => number === 2),
  )
  assert.equal(before?.until, null)
  await w.as('publisher', (ctx) =>
    withdrawVersion(ctx, before?.id ?? '', { rowVersion: before?.rowVersion ?? 0, reason: '停办' }),
  )
  const codes = await w.as('officer', async (ctx) => (await itemsOn(ctx, tomorrow)).map(({ itemCode }) => itemCode))
  assert.ok(!codes.includes(item) && codes.length > 5)
})

test('drafts are seen by those who work on the catalogue and by nobody else', async (t) => {
  const w = await world(t)
  const { id } = await w.as('editor', (ctx) =>
    startItem(ctx, {
      code: 'residence.permit',
      area: 'residence',
      kind: 'licence',
      name: { zh: '居住证', en: 'Residence permit' },
    }),
  )
  assert.equal((await w.as('publisher', (ctx) => findVersion(ctx, id))).status, 'draft')
  for (const key of ['officer', 'auditor', 'systemAdmin'] as const)
    await assert.rejects(
      w.as(key, (ctx) => findVersion(ctx, id)),
      refused('version-not-found'),
    )
  await assert.rejects(
    w.as('officer', (ctx) => startDraft(ctx, item)),
    refused('not-permitted'),
  )
})
