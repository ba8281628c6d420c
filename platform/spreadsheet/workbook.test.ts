import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { type CellInput, type Column, type Workbook, writeWorkbook } from './workbook.ts'

const text: Column = { key: 'a', title: '内容', kind: 'text', width: 20 }

async function readBack(workbook: Workbook) {
  const read = await readXlsx(await writeWorkbook(workbook), { readStyles: true })
  return read.sheets[0]!
}

async function texts(values: CellInput[]): Promise<unknown[]> {
  const sheet = await readBack({ sheetName: '表', columns: [text], rows: values.map((a) => ({ a })) })
  return sheet.rows.slice(1).map((row) => row[0])
}

test('numbers of 18 digits, leading zeros and rare names come back as they were', async () => {
  const values = [
    '11010519491231002X',
    '440524188001010014',
    '007',
    '𬭎㛃䶮𠅤𣗋龘',
    '阿卜杜热合曼·买买提',
    '第一行\n第二行',
    ' 前后空格 ',
  ]
  assert.deepEqual(await texts(values), values)
})

test('text that looks like a formula stays text in a text cell', async () => {
  const values = ['=HYPERLINK("http://x","y")', '+1+1', '-2', '@SUM(A1)', '=1+1', '\t=1']
  const sheet = await readBack({ sheetName: '表', columns: [text], rows: values.map((a) => ({ a })) })
  assert.deepEqual(
    sheet.rows.slice(1).map((row) => row[0]),
    values,
  )
  assert.ok(sheet.cells && sheet.cells.size > values.length)
  for (const [at, cell] of sheet.cells) {
    assert.equal(cell.formula, undefined, at)
    if (at !== '0,0') assert.equal(cell.style?.numFmt, '@', at)
  }
})

test('characters that would break the file are taken out, and _x0041_ is not read as A', async () => {
  assert.deepEqual(await texts(['a\u0000b\u001Fc\uFFFF', '李\uD800', '_x0041_']), ['abc', '李\uFFFD', '_x0041_'])
})

test('a text longer than a cell can hold is cut, and shows it', async () => {
  const [cell] = await texts(['长'.repeat(40_000)])
  assert.equal(String(cell).length, 32_767)
  assert.equal(String(cell).at(-1), '…')
})

test('times are those of the clock on the wall in Shanghai', async () => {
  const columns: Column[] = [
    { key: 'day', title: '日期', kind: 'date', width: 12 },
    { key: 'at', title: '时间', kind: 'datetime', width: 20 },
    { key: 'share', title: '比例', kind: 'percent', width: 10 },
    { key: 'n', title: '数量', kind: 'number', width: 10 },
  ]
  const rows: Record<string, CellInput>[] = [
    {
      day: Temporal.PlainDate.from('2026-11-23'),
      at: Temporal.Instant.from('2026-11-23T16:30:05Z'),
      share: 0.9595,
      n: 3,
    },
    { day: '2024-02-29', at: '2026-11-23T01:05:59+00:00', share: 1, n: 0 },
    { day: Temporal.Instant.from('2026-11-23T16:30:05Z'), at: null, share: undefined, n: null },
  ]
  const sheet = await readBack({ sheetName: '表', columns, rows })
  const read = sheet.rows
    .slice(1)
    .map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 19) : cell)))
  assert.deepEqual(read[0], ['2026-11-23T00:00:00', '2026-11-24T00:30:05', 0.9595, 3])
  assert.deepEqual(read[1], ['2024-02-29T00:00:00', '2026-11-23T09:05:59', 1, 0])
  assert.equal(read[2]![0], '2026-11-24T00:00:00')
})

test('a value of another kind than its column is refused, not written wrongly', async () => {
  const number: Column = { key: 'a', title: '数量', kind: 'number', width: 10 }
  await assert.rejects(writeWorkbook({ sheetName: '表', columns: [number], rows: [{ a: '12' }] }), TypeError)
})

test('rows beyond the limit are left out and a last line says so', async () => {
  async function* many() {
    for (let i = 0; ; i++) yield { a: `第${i}行` }
  }
  const sheet = await readBack({ sheetName: '表', columns: [text], rows: many(), limit: 3 })
  assert.deepEqual(
    sheet.rows.slice(0, 4).map((row) => row[0]),
    ['内容', '第0行', '第1行', '第2行'],
  )
  assert.match(String(sheet.rows[4]![0]), /仅导出前 3 行/)
  assert.equal(sheet.rows.length, 5)
})

test('exactly as many rows as the limit is not called cut', async () => {
  const sheet = await readBack({ sheetName: '表', columns: [text], rows: [{ a: '1' }, { a: '2' }], limit: 2 })
  assert.equal(sheet.rows.length, 3)
})

test('headings are fixed and filtered, below the note when there is one', async () => {
  const columns = [text, { ...text, key: 'b', title: '备注' }]
  const plain = await readBack({ sheetName: '表', columns, rows: [{ a: '1' }] })
  assert.equal(plain.freezePane?.rows, 1)
  assert.equal(plain.autoFilter?.range, 'A1:B2')
  const noted = await readBack({ sheetName: '表', columns, rows: [{ a: '1' }], note: '=导出人：王建国' })
  assert.equal(noted.rows[0]![0], '=导出人：王建国')
  assert.equal(noted.freezePane?.rows, 2)
  assert.equal(noted.autoFilter?.range, 'A2:B3')
})

test('a sheet name Excel would refuse is made into one it takes', async () => {
  const named = async (sheetName: string) => (await readBack({ sheetName, columns: [text], rows: [] })).name
  assert.equal(await named('满意度[2026/11]:*?'), '满意度 2026 11')
  assert.equal(await named('一'.repeat(40)), '一'.repeat(31))
  assert.equal(await named('??'), '数据')
})
