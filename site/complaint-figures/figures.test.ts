import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { publishMonth } from '#modules/complaints/index.ts'
import { publishedKeys, publishedSums } from '#modules/complaints/month/publish-month.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import { caseClasses, channels, outcomes, styleTags } from '#policy/complaints/lists.ts'
import { oneOf, poisson, whole } from '#policy/complaints/random-testing.ts'
import { randomFrom } from '#test/crash/random.ts'
import { aComplaintSite, type ComplaintSite } from '../complain/complain-testing.ts'

type Counts = Map<string, number>

/** A month of the register with few cases, written past the use cases; what it really holds. */
async function randomMonth(site: ComplaintSite, period: string, random: () => number): Promise<Counts> {
  const counts: Counts = new Map(publishedKeys.map((key) => [key, 0]))
  const more = (...keys: string[]) => {
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const day = `${period}-10`
  const client = await site.db.admin.connect()
  const put = (text: string, values: unknown[]) => client.query(text, values)
  try {
    await client.query('set session_replication_role = replica')
    await put(
      `insert into complaints.month (period, from_day, cut_off, confirm_by, report_by, meeting_by, status, opened_at, frozen_at, figures, figures_digest)
       values ($1, $2::date, $2::date + 27, $2::date + 40, $2::date + 41, $2::date + 42, 'met', now(), now(), '{}', 'x')`,
      [period, `${period}-01`],
    )
    for (let left = poisson(random, oneOf(random, [1, 3, 8])); left > 0; left -= 1) {
      const [id, submission] = [randomUUID(), randomUUID()]
      const caseClass = oneOf(random, [...caseClasses, null])
      const told = random() < 0.8 ? `${period}-12` : null
      await put(
        `insert into complaints.case (id, no, opened_at, received_on, department, class, summary, notice_due_on, noticed_at)
         values ($1::uuid, $1::text, $2::date, $2::date, 'petition_section', $3, 'x', $2::date + 15, $4)`,
        [id, day, caseClass, told],
      )
      await put('insert into complaints.month_case (case_id, period) values ($1, $2)', [id, period])
      more('cases', `class.${caseClass ?? 'unclassified'}`, 'notice.due', told ? 'notice.kept' : 'notice.late')
      for (let each = whole(random, 1, 2); each > 0; each -= 1) {
        const one = each === 1 ? submission : randomUUID()
        const channel = oneOf(random, channels)
        await put(
          `insert into complaints.submission (id, case_id, first_case_id, channel, department, received_at, taken_at, text, reachable, receipt_hash, receipt_sealed)
           values ($1::uuid, $2, $2, $3, 'petition_section', $4::date, $4::date, 'x', true, $1::text, 'x')`,
          [one, id, channel, day],
        )
        more('submissions', `channel.${channel}`)
      }
      const style = styleTags.filter(() => random() < 0.3)
      if (style.length > 0) {
        await put(
          `insert into complaints.coding (case_id, stage, style, coded_at) values ($1, 'alleged', $2, $3::date)`,
          [id, style, day],
        )
        more(...style.map((tag) => `style.${tag}`))
      }
      if (random() < 0.5) {
        const level = whole(random, 1, 3)
        await put(
          'insert into complaints.rating (submission_id, round, level, rated_at) values ($1, 1, $2, $3::date)',
          [submission, level, day],
        )
        more('ratings', `rating.${level}`)
      }
      if (random() < 0.5) {
        const outcome = oneOf(random, outcomes)
        const { caseOfficer, caseOfficer2, leader, officer } = site.bureau.people
        await put(
          `insert into complaints.finding (id, case_id, round, person_id, unit_id, outcome, severity, facts, fact_line, clause, status, proposed_by, proposed_at, reviewed_by, reviewed_at, approved_by, approved_at)
           values ($1, $2, 1, $3, $4, $5, $6, 'x', 'x', 'x', 'approved', $7, $10::date, $8, $10::date, $9, $10::date)`,
          [
            randomUUID(),
            id,
            officer.id,
            site.bureau.units.eastWindow,
            outcome,
            outcome === 'responsible' ? 'minor' : null,
            caseOfficer.id,
            caseOfficer2.id,
            leader.id,
            day,
          ],
        )
        more('findings', `outcome.${outcome}`)
      }
    }
  } finally {
    await client.query('set session_replication_role = default')
    client.release()
  }
  return counts
}

const periodAt = (at: number) => Temporal.PlainYearMonth.from('2024-01').add({ months: at }).toString()

/** The numbers of one month as anybody reads them on the page, by their keys. */
function readPage(page: string): Map<string, number | null> {
  const month = page.slice(page.indexOf('id="month"'), page.indexOf('公布过的月份'))
  const cells = [...month.matchAll(/<tr role="row"><th role="rowheader"[^>]*>([^<]*)<\/th><td[^>]*>([^<]*)/g)]
  const shown = cells.map(([, , value]) => (value === '不公布' ? null : Number(value)))
  const { 0: channel, 1: kind, 2: finding, 3: notice, 4: finish, 5: rating } = publishedSums
  const inOrder = [
    ...(channel?.parts ?? []),
    'submissions',
    ...(kind?.parts ?? []),
    'cases',
    ...styleTags.map((tag) => `style.${tag}`),
    ...(finding?.parts ?? []),
    'findings',
    'notice.due',
    ...(notice?.parts ?? []),
    'finish.due',
    ...(finish?.parts ?? []),
    ...(rating?.parts ?? []),
    'ratings',
  ]
  assert.equal(shown.length, inOrder.length, 'every published number is read')
  return new Map(inOrder.map((key, at) => [key, shown[at] as number | null]))
}

/** Everything that adding, subtracting and comparing the shown numbers tells. */
function attack(shown: ReadonlyMap<string, number | null>): Map<string, [number, number]> {
  const ranges = new Map(
    [...shown].map(
      ([key, value]) =>
        [key, value === null ? [0, 1e6] : [Math.max(0, value - 4), value + 4]] as [string, [number, number]],
    ),
  )
  const of = (key: string) => ranges.get(key) as [number, number]
  let news = true
  const cut = (key: string, least: number, most: number) => {
    const range = of(key)
    if (least <= range[0] && most >= range[1]) return
    ranges.set(key, [Math.max(least, range[0]), Math.min(most, range[1])])
    news = true
  }
  const atMost = [['cases', 'submissions'], ...styleTags.map((tag) => [`style.${tag}`, 'cases'])] as [string, string][]
  while (news) {
    news = false
    for (const { whole: total, parts } of publishedSums) {
      const sum = (end: 0 | 1, but?: string) => parts.reduce((all, part) => all + (part === but ? 0 : of(part)[end]), 0)
      cut(total, sum(0), sum(1))
      for (const part of parts) cut(part, of(total)[0] - sum(1, part), of(total)[1] - sum(0, part))
    }
    for (const [less, more] of atMost) {
      cut(less, 0, of(more)[1])
      cut(more, of(less)[0], 1e6)
    }
  }
  return ranges
}

test('from the page itself subtraction recovers no number of 40 random months', async (t) => {
  const site = await aComplaintSite(t)
  const random = randomFrom(2226)
  let [small, numbers] = [0, 0]
  for (let at = 0; at < 40; at += 1) {
    const period = periodAt(at)
    const counts = await randomMonth(site, period, random)
    await site.system((ctx) => publishMonth(ctx, period))
    const page = await site.get(`/complaints/figures?month=${period}`, { from: `10.0.1.${at}` })
    assert.equal(page.statusCode, 200)
    const shown = readPage(page.body)
    for (const [key, [least, most]] of attack(shown)) {
      const count = counts.get(key) ?? 0
      assert.ok(least <= count && count <= most, `${period} ${key}: the attacker only draws true conclusions`)
      assert.ok(most > least, `${period} ${key} = ${count} was recovered`)
      if (count > 0 && count < 5) small += 1
      numbers += 1
    }
    for (const value of shown.values()) assert.ok(value === null || value % 5 === 0)
  }
  t.diagnostic(`${numbers} numbers, ${small} of them 1 to 4; none recovered`)
  assert.ok(small > 200)
})

test('a month is published once: what comes in afterwards changes nothing', async (t) => {
  const site = await aComplaintSite(t)
  const random = randomFrom(7)
  await randomMonth(site, '2026-09', random)
  await site.system((ctx) => publishMonth(ctx, '2026-09'))
  const before = (await site.get('/complaints/figures')).body
  await site.rows(`update complaints.case set class = 'appeal'`)
  await site.system((ctx) => publishMonth(ctx, '2026-09'))
  assert.equal((await site.get('/complaints/figures')).body, before)
  assert.deepEqual(faultsIn(before, 'page'), [])
  await assert.rejects(site.rows(`update complaints.published_month set content = '{}'`), { code: '23001' })
})

test('the same cases are the same number in every table, and shares are those of the numbers shown', async (t) => {
  const site = await aComplaintSite(t)
  const random = randomFrom(11)
  let equal = 0
  for (let at = 0; at < 12; at += 1) {
    const period = periodAt(at)
    const counts = await randomMonth(site, period, random)
    await site.system((ctx) => publishMonth(ctx, period))
    const page = (await site.get(`/complaints/figures?month=${period}`)).body
    const shown = readPage(page)
    for (const { whole: total, parts } of publishedSums)
      for (const part of parts)
        if (counts.get(part) === counts.get(total) && total !== 'submissions' && shown.get(total) !== null) {
          assert.equal(shown.get(part), shown.get(total), `${period} ${part}`)
          equal += 1
        }
    // The list of months shows the same totals.
    const name = `${Temporal.PlainYearMonth.from(period).year}年${Temporal.PlainYearMonth.from(period).month}月`
    const line = new RegExp(`>${name}</a></th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)<`).exec(page)
    assert.deepEqual(
      [line?.[1], line?.[2]].map((one) => (one === '不公布' ? null : Number(one))),
      [shown.get('submissions'), shown.get('cases')],
    )
    for (const [, , share, n] of page.matchAll(/<td[^>]*>(\d+)<\/td><td[^>]*>([\d.]+%)（n = (\d+)）/g)) {
      assert.ok(Number(n) >= 10)
      assert.ok(share)
    }
  }
  assert.ok(equal > 5)
})

test('the internet login reads published months and can work none out', async (t) => {
  const site = await aComplaintSite(t)
  const pg = (await import('pg')).default
  const client = new pg.Client({ connectionString: site.db.publicUrl })
  await client.connect()
  try {
    assert.deepEqual((await client.query('select * from complaints.published_month')).rows, [])
    for (const text of [
      `select complaints.month_cells('2026-09')`,
      'select * from complaints.month',
      `insert into complaints.published_month values ('2026-09', now(), '{}')`,
    ])
      await assert.rejects(client.query(text), { code: '42501' }, text)
  } finally {
    await client.end()
  }
})

test('an officer without a hand in the month gets no count from the function behind it', async (t) => {
  const site = await aComplaintSite(t)
  await randomMonth(site, '2026-09', randomFrom(3))
  for (const who of ['officer', 'petitionClerk', 'inspector'] as const)
    await site.db.house.read(site.bureau.actors[who], 'test', async (ctx) => {
      const { sql } = await import('kysely')
      assert.deepEqual((await sql`select * from complaints.month_cells('2026-09')`.execute(ctx.db)).rows, [], who)
    })
})

test('nothing was published yet: the page says when it will be', async (t) => {
  const site = await aComplaintSite(t)
  assert.match((await site.get('/complaints/figures')).body, /第一次例会之后/)
  assert.equal((await site.get('/complaints/figures?month=2026-01')).statusCode, 404)
})
