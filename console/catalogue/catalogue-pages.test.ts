import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldsOf, type Keeping, keeping } from '#console/system/keeping-testing.ts'
import { faultsIn } from '#platform/ui/check-markup.ts'

const item = '/console/catalogue/items/id_card.renewal'

async function aDraft(world: Keeping): Promise<string> {
  const started = await world.post('editor', `${item}/draft`)
  assert.equal(started.statusCode, 303)
  return String(started.headers.location)
}

test('everybody signed in reads the list and a version with all six notices; nobody else does', async (t) => {
  const world = await keeping(t)
  const list = await world.get('officer', '/console/catalogue')
  assert.match(list.body, /居民身份证/)
  const path = /\/console\/catalogue\/versions\/[0-9a-f-]{36}/.exec(list.body)?.[0] ?? ''
  const page = await world.get('officer', path)
  for (const notice of ['一、服务事项', '二、办理材料', '三、收费标准', '四、服务流程', '五、办理时限', '六、监督方式'])
    assert.match(page.body, new RegExp(notice))
  assert.doesNotMatch(page.body, /undefined|\[object|起草新版本/)
  assert.deepEqual(faultsIn(page.body, 'page'), [])
  assert.match((await world.get('officer', `${path}?lang=en`)).body, /6 Supervision/)
  assert.equal((await world.app.inject({ url: path, headers: { host: 'localhost' } })).statusCode, 302)
  assert.equal((await world.post('officer', `${item}/draft`)).statusCode, 403)
})

test('a draft is edited without script: a paper added, moved, filled in, and told as a burden before it is published by another', async (t) => {
  const world = await keeping(t)
  const draft = await aDraft(world)
  const edit = `${draft}/edit/materials`
  const fields = async () => fieldsOf((await world.get('editor', edit)).body, edit)
  const before = await fields()
  const added = await world.post('editor', edit, { ...before, do: 'add:materials' })
  assert.equal(added.statusCode, 303)
  const now = await fields()
  const index = Object.keys(now).filter((name) => /^materials\.\d+\.code$/.test(name)).length - 1
  const at = (name: string) => `materials.${index}.${name}`
  const filled = {
    ...now,
    [at('code')]: 'work_certificate',
    [at('name.zh')]: '工作证明',
    [at('name.en')]: 'Work certificate',
    [at('source')]: 'applicant',
    [at('original')]: '1',
    [at('copies')]: '0',
    [at('obtain.zh')]: '由单位出具',
    [at('obtain.en')]: 'From the employer',
    [at('basis')]: 'R46',
    do: 'save',
  }

  const wrong = await world.post('editor', edit, { ...filled, [at('requiredIf')]: 'age 等于 老' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /条件不完整|看不懂/)
  assert.match(wrong.body, /age 等于 老/)
  assert.match(wrong.body, /由单位出具/)

  assert.equal((await world.post('editor', edit, filled)).statusCode, 303)
  const page = await world.get('editor', draft)
  assert.match(page.body, /增加群众负担<\/span> 增加材料：工作证明/)
  assert.match(page.body, /须由另一人发布|修订理由/)

  const dates = await world.post('editor', `${draft}/dates`, {
    ...fieldsOf(page.body, `${draft}/dates`),
    from: '12-1',
    changeNote: '按新规定',
  })
  assert.equal(dates.statusCode, 303)
  const ready = await world.get('publisher', draft)
  assert.match(ready.body, /2026年12月1日/)
  const published = await world.post('publisher', `${draft}/publish`, fieldsOf(ready.body, `${draft}/publish`))
  assert.equal(published.statusCode, 303)
  assert.match((await world.get('officer', draft)).body, /待生效/)
  const { rows } = await world.db.admin.query(
    `select actor_id, data from platform.audit_entry where event = 'catalogue.published' and outcome = 'done'`,
  )
  assert.equal(rows[0].actor_id, world.bureau.people.publisher.id)
  assert.ok(rows[0].data.changes.includes('burden material_added work_certificate'))
})

test('a version with an empty notice is not published and the page names the notice', async (t) => {
  const world = await keeping(t)
  const draft = await aDraft(world)
  const edit = `${draft}/edit/process`
  let fields = fieldsOf((await world.get('editor', edit)).body, edit)
  while (Object.keys(fields).some((name) => name.startsWith('process.'))) {
    assert.equal((await world.post('editor', edit, { ...fields, do: 'remove:process.0' })).statusCode, 303)
    fields = fieldsOf((await world.get('editor', edit)).body, edit)
  }
  const version = fields.version ?? ''
  const refused = await world.post('publisher', `${draft}/publish`, { version })
  assert.equal(refused.statusCode, 409)
  assert.match(refused.body, /“六告知”还不完整/)
  assert.match(refused.body, /四、服务流程：服务流程，没有填写/)
})

test('what a colleague saved meanwhile is shown beside mine, and saving mine afterwards is one step', async (t) => {
  const world = await keeping(t)
  const draft = await aDraft(world)
  const edit = `${draft}/edit/item`
  const fields = fieldsOf((await world.get('editor', edit)).body, edit)
  await world.post('editor', edit, { ...fields, 'name.zh': '对方的名称', do: 'save' })
  const conflict = await world.post('editor', edit, { ...fields, 'name.zh': '我的名称', do: 'save' })
  assert.equal(conflict.statusCode, 409)
  assert.match(conflict.body, /对方的名称/)
  assert.match(conflict.body, /我的名称/)
  const again = await world.post('editor', edit, { ...fieldsOf(conflict.body, edit), do: 'save' })
  assert.equal(again.statusCode, 303)
  assert.match((await world.get('editor', draft)).body, /我的名称/)
})

test('an item the bureau did not have begins empty and says everything that is missing', async (t) => {
  const world = await keeping(t)
  const form = {
    code: 'residence.permit',
    'name.zh': '居住证申领',
    'name.en': 'Residence permit',
    area: 'residence',
    kind: 'licence',
  }
  const bad = await world.post('editor', '/console/catalogue/items', { ...form, code: 'Residence!' })
  assert.equal(bad.statusCode, 422)
  assert.match(bad.body, /value="居住证申领"/)
  const made = await world.post('editor', '/console/catalogue/items', form)
  assert.equal(made.statusCode, 303)
  const page = await world.get('editor', String(made.headers.location))
  for (const notice of ['二、办理材料', '三、收费标准', '四、服务流程', '五、办理时限', '六、监督方式'])
    assert.match(page.body, new RegExp(`${notice}：`))
  for (const part of [
    'item',
    'conditions',
    'questions',
    'materials',
    'fee',
    'process',
    'limits',
    'supervision',
    'faq',
    'source',
  ]) {
    const path = `${String(made.headers.location)}/edit/${part}`
    const sheet = await world.get('editor', path)
    assert.equal(sheet.statusCode, 200, part)
    assert.deepEqual(faultsIn(sheet.body, 'page'), [], part)
    const saved = await world.post('editor', path, { ...fieldsOf(sheet.body, path), do: 'save' })
    assert.equal(saved.statusCode, 303, part)
  }
})
