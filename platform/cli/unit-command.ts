import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import type { Pool } from 'pg'

export type UnitCommandDeps = {
  open(): Promise<{ pool: Pool; close(): Promise<void> }>
  print(line: string): void
  exit(code: number): void
}

type Flags = {
  code: string
  name: string
  nameEn: string
  kind: string
  parent?: string
  phone: string
  address: string
}

const kinds = ['bureau', 'department', 'station', 'window_unit']

/** `jingmin unit add|list`: the bureau itself is the first unit of a live installation, everything else hangs below it. */
export function unitCommand(deps: UnitCommandDeps): Command {
  const command = new Command('unit').description('单位 / units of the bureau')
  command
    .command('add')
    .description('新增单位 / add a unit')
    .requiredOption('--code <code>', '单位代码（公安机关机构代码）/ organ code')
    .requiredOption('--name <name>', '中文名称 / Chinese name')
    .requiredOption('--name-en <name>', '英文名称 / English name')
    .requiredOption('--kind <kind>', kinds.join(', '))
    .option('--parent <code>', '上级单位代码 / code of the unit above; none for the bureau')
    .option('--phone <phone>', '电话 / phone', '')
    .option('--address <address>', '地址 / address', '')
    .action(async (flags: Flags) => {
      const { pool, close } = await deps.open()
      try {
        await add(deps, pool, flags)
      } finally {
        await close()
      }
    })
  command
    .command('list')
    .description('列出单位 / list units')
    .action(async () => {
      const { pool, close } = await deps.open()
      const found = await pool.query('select code, kind, name_zh, name_en from directory.unit order by code')
      for (const row of found.rows) deps.print(`${row.code}  ${row.kind}  ${row.name_zh}  ${row.name_en}`)
      await close()
    })
  return command
}

async function add(deps: UnitCommandDeps, pool: Pool, flags: Flags): Promise<void> {
  const refuse = (line: string) => {
    deps.print(line)
    deps.exit(2)
  }
  if (!kinds.includes(flags.kind)) return refuse(`没有这种单位 / no such kind: ${flags.kind}`)
  const parent = flags.parent
    ? (await pool.query('select id from directory.unit where code = $1', [flags.parent])).rows[0]?.id
    : null
  if (flags.parent && !parent) return refuse(`没有这个上级单位 / no such unit: ${flags.parent}`)
  if ((flags.kind === 'bureau') !== (parent === null))
    return refuse('只有分局没有上级单位 / only the bureau has no unit above it')
  try {
    await pool.query(
      `insert into directory.unit (id, code, kind, name_zh, name_en, parent_id, is_window_unit, phone, address) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        randomUUID(),
        flags.code,
        flags.kind,
        flags.name,
        flags.nameEn,
        parent,
        flags.kind === 'window_unit',
        flags.phone,
        flags.address,
      ],
    )
    deps.print(`${flags.code} ${flags.name}`)
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === '23505') return refuse(`单位代码已存在 / code in use: ${flags.code}`)
    if (code === '23514')
      return refuse(`单位代码应为 3–12 位数字或大写字母 / 3 to 12 digits or capitals: ${flags.code}`)
    throw error
  }
}
