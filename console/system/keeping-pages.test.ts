import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptMatter, checkMaterials, findMatter, receiveCitizen } from '#modules/service-window/index.ts'
import { inventedNotice } from '#platform/calendar/invented-notice.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'
import type { PersonKey } from '#test/fixtures/bureau.ts'
import { fieldsOf, keeping } from './keeping-testing.ts'

const password = 'Einmal-2026-x'

test('pages of accounts, audit and system open for their administrator and for nobody else', async (t) => {
  const world = await keeping(t)
  const pages: [PersonKey, string][] = [
    ['securityAdmin', '/console/accounts'],
    ['securityAdmin', '/console/accounts/new'],
    ['securityAdmin', `/console/accounts/people/${world.bureau.people.officer.id}`],
    ['auditor', '/console/audit'],
    ['auditor', '/console/audit/head'],
    ['auditor', '/console/audit/contacts'],
    ['systemAdmin', '/console/system'],
    ['systemAdmin', '/console/system/retention'],
    ['systemAdmin', '/console/system/calendar'],
    ['systemAdmin', '/console/system/bureau'],
    ['systemAdmin', `/console/directory/units/${world.bureau.units.eastWindow}`],
    ['systemAdmin', `/console/directory/units/${world.bureau.units.eastWindow}/counters/new`],
  ]
  for (const [who, path] of pages) {
    for (const lang of ['zh', 'en']) {
      const page = await world.get(who, `${path}?lang=${lang}`)
      assert.equal(page.statusCode, 200, path)
      assert.deepEqual(faultsIn(page.body, 'page'), [], path)
      assert.doesNotMatch(page.body, /undefined|\[object/, path)
    }
    for (const other of ['officer', 'leader', 'auditor', 'systemAdmin', 'securityAdmin'] as const) {
      if (other !== who) assert.equal((await world.get(other, path)).statusCode, 403, `${other} ${path}`)
    }
  }
  assert.match((await world.get('officer', '/console/directory')).body, /8000 0102/)
})

test('a person is registered, gets an account and a duty, and each step is on record under the administrator’s name', async (t) => {
  const world = await keeping(t)
  const form = {
    policeNo: 'J100099',
    name: '欧阳宏',
    kind: 'police',
    unitId: world.bureau.units.eastWindow,
    phone: '8000 0109',
  }
  const wrong = await world.post('securityAdmin', '/console/accounts/people', { ...form, policeNo: 'J100001' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /这个警号已经登记/)
  assert.match(wrong.body, /value="欧阳宏"/)
  const added = await world.post('securityAdmin', '/console/accounts/people', form)
  assert.equal(added.statusCode, 303)
  const path = String(added.headers.location).split('?')[0] ?? ''
  const short = await world.post('securityAdmin', `${path}/account`, { password: 'kurz' })
  assert.match(short.body, /密码至少 10 位/)
  assert.equal((await world.post('securityAdmin', `${path}/account`, { password })).statusCode, 303)
  const signedIn = await world.auth.signIn({ number: 'J100099', password })
  assert.ok('ok' in signedIn && signedIn.next === 'change-password')
  const duty = { role: 'window_officer', forUnit: world.bureau.units.eastWindow, from: '20261123', until: '' }
  assert.equal((await world.post('securityAdmin', `${path}/duties`, duty)).statusCode, 303)
  const clash = await world.post('securityAdmin', `${path}/duties`, {
    ...duty,
    role: 'supervision_officer',
    from: '11-30',
  })
  assert.equal(clash.statusCode, 409)
  assert.match(clash.body, /“督办民警”与“窗口民警”不相容/)
  const { rows } = await world.db.admin.query(
    `select event, outcome from platform.audit_entry where actor_id = $1 and event like 'account.%' and event <> 'account.view' order by id`,
    [world.bureau.people.securityAdmin.id],
  )
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome === 'done').map(({ event }) => event),
    ['account.person-added', 'account.opened', 'account.duty-given'],
  )
  assert.ok(
    !JSON.stringify((await world.db.admin.query('select data from platform.audit_entry')).rows).includes(password),
  )
})

test('a disabled person’s sessions are over, and a double click on “disable” disables once', async (t) => {
  const world = await keeping(t)
  const { id, policeNo } = world.bureau.people.officer
  await world.auth.addUser({ personId: id, number: policeNo, password, mustChangePassword: false })
  const signedIn = await world.auth.signIn({ number: policeNo, password })
  assert.ok('ok' in signedIn)
  const cookie = signedIn.setCookies.map((line) => line.split(';')[0]).join('; ')
  assert.ok(await world.auth.sessionOf(cookie))
  const attempt = '11111111-1111-4111-8111-111111111111'
  const path = `/console/accounts/people/${id}/disable`
  for (const _ of [1, 2]) assert.equal((await world.post('securityAdmin', path, {}, attempt)).statusCode, 303)
  assert.equal(
    (await world.db.admin.query(`select 1 from platform.audit_entry where event = 'account.disabled'`)).rowCount,
    1,
  )
  assert.equal(await world.auth.sessionOf(cookie), null)
  assert.equal((await world.get('officer', '/console/directory')).statusCode, 302)
  assert.deepEqual(await world.auth.signIn({ number: policeNo, password }), { refused: 'wrong' })
  assert.equal((await world.post('securityAdmin', `/console/accounts/people/${id}/enable`)).statusCode, 303)
  assert.ok('ok' in (await world.auth.signIn({ number: policeNo, password })))
})

test('nobody changes his own account or duties, whatever is posted', async (t) => {
  const world = await keeping(t)
  const { id } = world.bureau.people.securityAdmin
  const page = await world.get('securityAdmin', `/console/accounts/people/${id}`)
  assert.match(page.body, /另一位安全管理员/)
  assert.doesNotMatch(page.body, /action="\/console\/accounts\/people\//)
  const own = `/console/accounts/people/${id}`
  for (const path of ['enable', 'disable', 'unlock', 'reset-second-factor', 'end-sessions'])
    assert.equal((await world.post('securityAdmin', `${own}/${path}`)).statusCode, 403, path)
  assert.equal((await world.post('securityAdmin', `${own}/password`, { password })).statusCode, 403)
  const duty = { role: 'catalogue_editor', forUnit: world.bureau.units.bureau, from: '2026-11-23' }
  assert.equal((await world.post('securityAdmin', `${own}/duties`, duty)).statusCode, 403)
})

test('the auditor finds entries by who, what and when, takes a proof, and leaves entries himself', async (t) => {
  const world = await keeping(t)
  await world.get('securityAdmin', '/console/accounts?text=%E6%9D%8E')
  assert.equal((await world.get('officer', '/console/accounts')).statusCode, 403)
  const search = async (query: string) => (await world.get('auditor', `/console/audit?${query}`)).body
  assert.match(await search('actor=J100052'), /杨帆 J100052/)
  assert.doesNotMatch(await search('actor=J100011'), /杨帆/)
  assert.match(await search('outcome=refused'), /李敏 J100001/)
  assert.match(await search('from=2026-11-23&until=11-23&event=account.list'), /account\.list/)
  assert.match(await search('from=2026-11-24'), /没有符合条件/)
  assert.match(await search('from=gestern'), /日期看不懂/)

  const id = /\/console\/audit\/entries\/(\d+)/.exec(await search('event=account.list'))?.[1] ?? ''
  assert.equal((await world.get('auditor', `/console/audit/entries/${id}/proof`)).statusCode, 404)
  await world.makeHead()
  const proof = await world.get('auditor', `/console/audit/entries/${id}/proof`)
  assert.match(proof.body, /^c2sp\.org\/tlog-proof@v1\n/)
  assert.equal((await world.get('officer', `/console/audit/entries/${id}`)).statusCode, 403)
  const { rows } = await world.db.admin.query(
    `select event, data from platform.audit_entry where actor_id = $1 and event = 'audit.searched' order by id limit 1`,
    [world.bureau.people.auditor.id],
  )
  assert.deepEqual(rows[0].data, { actor: 'J100052' })
})

test('entries page by key without a gap or a repetition', async (t) => {
  const world = await keeping(t)
  for (let i = 0; i < 60; i++)
    await world.db.as(
      world.bureau.actors.officer,
      async (ctx) =>
        void (await (
          await import('#platform/audit/audit-entry.ts')
        ).insertAudit(ctx.db, {
          at: ctx.now,
          actorKind: 'person',
          actorId: ctx.actor.personId,
          event: 'test.many',
          subjectKind: null,
          subjectId: String(i),
          unitId: null,
          outcome: 'done',
          data: {},
          requestId: null,
        })),
    )
  const idsOf = (body: string) => [...body.matchAll(/\/console\/audit\/entries\/(\d+)"/g)].map(([, id]) => Number(id))
  const first = (await world.get('auditor', '/console/audit?event=test.many')).body
  const next = /href="(\/console\/audit\?[^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const all = [...idsOf(first), ...idsOf((await world.get('auditor', next)).body)]
  assert.equal(all.length, 60)
  assert.deepEqual(
    all,
    all.toSorted((a, b) => b - a),
  )
})

test('an alarm shows when entries wait too long and when the witness knows more than the database', async (t) => {
  const world = await keeping(t)
  await world.get('auditor', '/console/audit/head')
  assert.match((await world.get('auditor', '/console/audit/head')).body, /正常编入、签名并见证/)
  world.db.clock.set('2026-11-23T01:06:00Z')
  assert.match((await world.get('auditor', '/console/audit')).body, /超过五分钟没有编入/)
  await world.makeHead()
  assert.doesNotMatch((await world.get('auditor', '/console/audit/head')).body, /notice-error/)
  await world.db.admin.query(
    'alter table platform.audit_head disable trigger append_only; delete from platform.audit_head',
  )
  assert.match((await world.get('auditor', '/console/audit')).body, /可能被回退或改动/)
})

test('the auditor sees by number who looked at a citizen’s contact, and not the citizen', async (t) => {
  const world = await keeping(t)
  const { db, bureau } = world
  const matter = await db.as(bureau.actors.officer, (ctx) =>
    receiveCitizen(ctx, {
      name: '王秀英',
      phone: '13800000001',
      request: '身份证丢了',
      itemCode: 'id_card.loss_replacement',
    }),
  )
  await db.as(bureau.actors.chief, async (ctx) => {
    const { insertAudit } = await import('#platform/audit/audit-entry.ts')
    await insertAudit(ctx.db, {
      at: ctx.now,
      actorKind: 'person',
      actorId: ctx.actor.personId,
      event: 'matter.reveal',
      subjectKind: 'matter',
      subjectId: matter.id,
      unitId: null,
      outcome: 'done',
      data: { reason: 'contact-applicant' },
      requestId: null,
    })
  })
  const page = (await world.get('auditor', `/console/audit/contacts?no=${matter.no}`)).body
  assert.match(page, /查看联系方式 1 次/)
  assert.match(page, /赵晓梅 J100003/)
  assert.doesNotMatch(page, /王秀英|13800000001/)
  assert.match((await world.get('auditor', '/console/audit/contacts?no=X')).body, /没有这个编号的办件/)
})

test('an imported notice is checked, shown day by day, takes effect at once and settles dates that were provisional', async (t) => {
  const world = await keeping(t)
  const { db, bureau, house } = world
  db.clock.set('2026-12-29T01:00:00Z')
  const inHouse = <T>(key: PersonKey, work: Parameters<typeof house.write<T>>[2]) =>
    house.write(bureau.actors[key], 'test', work)
  const adult = { registered_at: 'this_station', age: 'from_16', delivery: 'collect' }
  const { id } = await inHouse('officer', (ctx) =>
    receiveCitizen(ctx, {
      name: '王秀英',
      phone: '13800000001',
      request: '身份证丢了',
      itemCode: 'id_card.loss_replacement',
    }),
  )
  await inHouse('officer', async (ctx) => {
    await checkMaterials(ctx, id, {
      version: (await findMatter(ctx, id)).version,
      answers: adult,
      checks: [{ code: 'household_booklet', verdict: 'present' }],
    })
    await acceptMatter(ctx, id, { version: (await findMatter(ctx, id)).version })
  })
  const dueOf = async () =>
    (await db.admin.query('select due_on, due_provisional from service_window.matter where id = $1', [id])).rows[0]
  const before = await dueOf()
  assert.equal(before.due_provisional, true)

  const path = '/console/system/calendar'
  const bad = await world.post('systemAdmin', `${path}/check`, {
    notice: JSON.stringify({ ...inventedNotice, makeup: ['2027-02-17'] }),
  })
  assert.equal(bad.statusCode, 422)
  assert.match(bad.body, /调休上班日不是周末：2027-02-17/)
  assert.match(bad.body, /（虚构）2027年部分节假日安排/)
  // A holiday put on the very day that was due, so that the date has to move.
  const notice = { ...inventedNotice, off: [...new Set([...inventedNotice.off, before.due_on])].sort() }
  const checked = await world.post('systemAdmin', `${path}/check`, { notice: JSON.stringify(notice) })
  assert.equal(checked.statusCode, 200)
  assert.match(checked.body, /2027年2月14日 周日/)
  assert.equal((await db.admin.query('select 1 from platform.calendar_year')).rowCount, 0)

  const attempt = '22222222-2222-4222-8222-222222222222'
  const form = fieldsOf(checked.body, path)
  const [first, second] = [
    await world.post('systemAdmin', path, form, attempt),
    await world.post('systemAdmin', path, form, attempt),
  ]
  assert.deepEqual([first.statusCode, second.statusCode, second.headers.location], [303, 303, first.headers.location])
  assert.equal((await db.admin.query('select 1 from platform.calendar_year')).rowCount, 1)
  const after = await dueOf()
  assert.equal(after.due_provisional, false)
  assert.ok(after.due_on > before.due_on, `${before.due_on} ${after.due_on}`)
  assert.match((await world.get('systemAdmin', path)).body, /韩冰 J100051/)
  const { rows } = await db.admin.query(
    `select data->>'number' as number from platform.audit_entry where event = 'calendar.imported' and outcome = 'done'`,
  )
  assert.deepEqual(rows, [{ number: '测试〔2026〕1号' }])
})

test('the bureau’s own data and a unit’s phones are changed by the system administrator, and come back when wrong', async (t) => {
  const world = await keeping(t)
  const path = '/console/system/bureau'
  const fields = fieldsOf((await world.get('systemAdmin', path)).body, path)
  const wrong = await world.post('systemAdmin', path, { ...fields, nameZh: '新名分局', 'phones.bureau': '打给我' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /新名分局/)
  assert.equal((await world.post('systemAdmin', path, { ...fields, nameZh: '新名分局' })).statusCode, 303)
  assert.match((await world.get('systemAdmin', '/console/system')).body, /新名分局/)
  const unit = `/console/directory/units/${world.bureau.units.eastWindow}`
  const form = fieldsOf((await world.get('systemAdmin', unit)).body, unit)
  assert.equal(
    (await world.post('systemAdmin', unit, { ...form, areaType: 'rural', phone: '8000 0777' })).statusCode,
    303,
  )
  assert.equal(
    (await world.post('systemAdmin', unit, { ...form, phone: '8000 0778', areaType: 'urban' })).statusCode,
    409,
  )
  assert.match((await world.get('officer', '/console/directory')).body, /8000 0777/)
})

test('one ends one’s own sessions and nobody else’s', async (t) => {
  const world = await keeping(t)
  const [mine, other] = [world.bureau.people.officer, world.bureau.people.chief]
  for (const person of [mine, other]) {
    await world.auth.addUser({ personId: person.id, number: person.policeNo, password, mustChangePassword: false })
    assert.ok(
      'ok' in (await world.auth.signIn({ number: person.policeNo, password, userAgent: `Browser of ${person.name}` })),
    )
  }
  const ids = Object.fromEntries(
    (
      await world.db.admin.query(`select a.person_id, s.id from auth.session s join auth."user" a on a.id = s.user_id`)
    ).rows.map((row) => [row.person_id, row.id]),
  )
  const page = (await world.get('officer', '/console/sessions')).body
  assert.ok(page.includes(ids[mine.id]) && !page.includes(ids[other.id]))
  assert.equal((await world.post('officer', `/console/sessions/${ids[other.id]}/end`)).statusCode, 409)
  assert.equal((await world.post('officer', `/console/sessions/${ids[mine.id]}/end`)).statusCode, 303)
  assert.deepEqual((await world.db.admin.query('select id from auth.session')).rows, [{ id: ids[other.id] }])
})
