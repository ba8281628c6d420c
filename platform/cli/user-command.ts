import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import type { Pool } from 'pg'
import { type Role, roles } from '#policy/access/permissions.ts'
import type { Auth } from '../auth/index.ts'

export type UserCommandDeps = {
  open(): Promise<{ pool: Pool; auth: Auth; close(): Promise<void> }>
  print(line: string): void
  exit(code: number): void
}

type Flags = { number: string; name: string; unit: string; role: string[]; password?: string }

/** `jingmin user add|unlock|disable|list`: the first administrators of a live installation are made here. */
export function userCommand(deps: UserCommandDeps): Command {
  const command = new Command('user').description('人员账号 / accounts')
  command
    .command('add')
    .description(
      '新增人员、岗位与账号；密码从标准输入读取 / add a person with duties and an account; the password is read from standard input',
    )
    .requiredOption('--number <number>', '警号 / police number')
    .requiredOption('--name <name>', '姓名 / name')
    .requiredOption('--unit <code>', '单位代码 / unit code')
    .requiredOption('--role <role...>', `岗位 / duties: ${roles.join(', ')}`)
    .option(
      '--password <password>',
      '密码（会留在命令历史中，宜用标准输入）/ password (stays in the shell history; prefer standard input)',
    )
    .action((flags: Flags) => withHouse(deps, (house) => add(deps, house, flags)))
  command
    .command('unlock')
    .description('解除登录锁定 / unlock after failed sign-ins')
    .argument('<number>')
    .action((number: string) => withHouse(deps, async ({ auth }) => void (await auth.unlock(number))))
  command
    .command('disable')
    .description('停用账号 / disable an account')
    .argument('<number>')
    .action((number: string) => withHouse(deps, (house) => disable(deps, house, number)))
  command
    .command('list')
    .description('列出人员与岗位 / list people and duties')
    .action(() => withHouse(deps, (house) => list(deps, house)))
  return command
}

type OpenHouse = Awaited<ReturnType<UserCommandDeps['open']>>

async function withHouse(deps: UserCommandDeps, work: (house: OpenHouse) => Promise<void>): Promise<void> {
  const house = await deps.open()
  try {
    await work(house)
  } finally {
    await house.close()
  }
}

function refuse(deps: UserCommandDeps, line: string): void {
  deps.print(line)
  deps.exit(2)
}

async function add(deps: UserCommandDeps, { pool, auth }: OpenHouse, flags: Flags): Promise<void> {
  const unknown = flags.role.filter((role) => !(roles as readonly string[]).includes(role))
  if (unknown.length > 0) return refuse(deps, `没有这样的岗位 / no such duty: ${unknown.join(', ')}`)
  const unit = (await pool.query('select id from directory.unit where code = $1', [flags.unit])).rows[0]
  if (!unit) return refuse(deps, `没有这个单位代码 / no such unit code: ${flags.unit}`)
  const taken = await pool.query('select 1 from directory.person where police_no = $1', [flags.number])
  if (taken.rowCount) return refuse(deps, `警号已存在 / number in use: ${flags.number}`)
  const password = flags.password ?? (await readPassword())
  const personId = randomUUID()
  await pool.query('insert into directory.person (id, police_no, name, unit_id) values ($1, $2, $3, $4)', [
    personId,
    flags.number,
    flags.name,
    unit.id,
  ])
  for (const role of flags.role as Role[]) {
    await pool.query(
      `insert into directory.duty (person_id, role, unit_id, valid) values ($1, $2, $3, daterange(current_date, null))`,
      [personId, role, unit.id],
    )
  }
  const added = await auth.addUser({ personId, number: flags.number, password })
  if ('refused' in added) {
    await pool.query('delete from directory.duty where person_id = $1', [personId])
    await pool.query('delete from directory.person where id = $1', [personId])
    return refuse(deps, `密码不符合要求 / password refused: ${added.refused}`)
  }
  deps.print(`${flags.number} ${flags.name}`)
}

async function readPassword(): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const line = await reader.question('密码 password: ')
  reader.close()
  return line
}

async function disable(deps: UserCommandDeps, { pool, auth }: OpenHouse, number: string): Promise<void> {
  const person = (
    await pool.query('update directory.person set active = false where police_no = $1 returning id', [number])
  ).rows[0]
  if (!person) return refuse(deps, `没有这个警号 / no such number: ${number}`)
  await auth.disableUser(person.id)
}

async function list(deps: UserCommandDeps, { pool }: OpenHouse): Promise<void> {
  const found = await pool.query(`select p.police_no, p.name, u.name_zh, p.active,
      coalesce(string_agg(d.role::text, ', ' order by d.role) filter (where d.valid @> current_date), '') as duties
    from directory.person p join directory.unit u on u.id = p.unit_id left join directory.duty d on d.person_id = p.id
    group by p.id, u.id order by p.police_no`)
  for (const row of found.rows)
    deps.print(`${row.police_no}  ${row.name}  ${row.name_zh}  ${row.duties}${row.active ? '' : '  (停用 disabled)'}`)
}
