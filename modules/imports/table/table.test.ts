import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { Refusal } from '../../../kernel/errors.ts'
import { convertApart } from './convert-apart.ts'
import { dayText } from './read-xlsx.ts'

const folder = mkdtempSync(join(tmpdir(), 'rialto-table-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const at = () => join(folder, String((files += 1)))

async function read(content: Uint8Array | string, sheet: string | null = null) {
  const path = at()
  writeFileSync(path, content)
  return readPath(path, sheet)
}
/** What was read, or the sentence why not, thrown as a refusal. */
async function convert(path: string, out: string, sheet: string | null = null) {
  const converted = await convertApart({ path, out, sheet })
  if ('problem' in converted) throw Object.assign(new Refusal('invalid', converted.problem), { format: converted.format })
  return converted.table
}
async function readPath(path: string, sheet: string | null = null) {
  const out = at()
  const table = await convert(path, out, sheet)
  const rows = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown[])
  return { ...table, all: rows }
}

/** A ZIP of deflated parts, with the sizes it is told to claim. */
function zip(parts: Record<string, string | Buffer>): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, text] of Object.entries(parts)) {
    const packed = Buffer.isBuffer(text) ? text : deflateRawSync(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(100, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(offset, 42)
    bodies.push(local, Buffer.from(name), packed)
    directory.push(central, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, central, end])
}
const BOOK = '<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
const RELS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
const book = (sheet: string | Buffer, shared = '<sst/>') =>
  zip({
    'xl/workbook.xml': BOOK,
    'xl/_rels/workbook.xml.rels': RELS,
    'xl/sharedStrings.xml': shared,
    'xl/worksheets/sheet1.xml': sheet,
  })

test('UTF-8 with a mark, semicolons, quoted line breaks and a doubled quotation mark are read, with true line numbers', async () => {
  const table = await read('\uFEFFName;Land;Notiz\r\n"Nordwind; AG";DE;"erste\r\nzweite"\r\n\r\n"Süd ""West""";AT;x\r\n')
  assert.deepEqual(table.header, ['Name', 'Land', 'Notiz'])
  assert.deepEqual(table.all, [
    [2, 'Nordwind; AG', 'DE', 'erste\nzweite'],
    [5, 'Süd "West"', 'AT', 'x'],
  ])
  assert.deepEqual(table.format, { type: 'csv', encoding: 'utf-8', delimiter: ';', sheet: null, sheets: [] })
})

test('Latin-1 and Windows-1252 letters come out right', async () => {
  const table = await read(Buffer.from('Name,City\nM\xfcller & S\xf6hne,K\xf6ln\n\x80uro,Gen\xe8ve\n', 'latin1'))
  assert.equal(table.format.encoding, 'windows-1252')
  assert.deepEqual(table.all[0], [2, 'Müller & Söhne', 'Köln'])
  assert.deepEqual(table.all[1], [3, '€uro', 'Genève'])
})

test('UTF-16 with and without a mark is read', async () => {
  for (const mark of ['\uFEFF', '']) {
    const table = await read(Buffer.from(`${mark}Name\tLand\r\nŁódź SA\tPL\r\n`, 'utf16le'))
    assert.equal(table.format.encoding, 'utf-16le')
    assert.deepEqual(table.all, [[2, 'Łódź SA', 'PL']])
  }
})

test('tabs, bars, old Mac line ends, a title above the table, a sep= line, blank and repeated headings', async () => {
  assert.deepEqual((await read('a|b\r1|2\r3|4\r')).all, [
    [2, '1', '2'],
    [3, '3', '4'],
  ])
  assert.deepEqual((await read('a\tb\n"1\t1"\t2\n')).all, [[2, '1\t1', '2']])
  const titled = await read('Our accounts\n\nName,,Name\nA,1,B\n')
  assert.deepEqual([titled.header, titled.header_line, titled.all], [['Name', 'Column 2', 'Name (2)'], 3, [[4, 'A', '1', 'B']]])
  const marked = await read('Accounts; as of May\n\nName,Land,Note\nA,DE,"x; y"\n')
  assert.deepEqual(
    [marked.format.delimiter, marked.header, marked.all],
    [',', ['Name', 'Land', 'Note'], [[4, 'A', 'DE', 'x; y']]],
  )
  assert.deepEqual((await read('sep=;\nName;Land\nA, B;DE\n')).all, [[3, 'A, B', 'DE']])
})

test('a row with more cells than the others is no line of headings, and no row is lost for it', async () => {
  const headed = async (text: string) => {
    const { header, header_line, rows } = await read(text)
    return [header.join(), header_line, rows]
  }
  assert.deepEqual(await headed('Name,Land\nShort\nLong,DE,more,more\n'), ['Name,Land', 1, 2])
  assert.deepEqual(await headed('Name,Land\nA,DE\nB,DE\nC,X,Y,Z,DE\nD,DE\n'), ['Name,Land', 1, 4])
  assert.deepEqual(await headed('Our list\nof May\nby Ann\nName,Land,Site\nA,DE,\n'), ['Name,Land,Site', 4, 1])
  assert.deepEqual(await headed('Name\nA\nB\n'), ['Name', 1, 2])
})

test('a workbook as another program writes it: shared and rich texts, days, formulas, hidden sheet, gaps', async () => {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('Hidden', { state: 'hidden' }).addRow(['no'])
  const sheet = workbook.addWorksheet('Accounts')
  sheet.addRow(['Name', 'Since', 'Amount', 'Customer', 'Site'])
  sheet.addRow(['Nordwind <AG> & Co', new Date(Date.UTC(2026, 2, 1)), 1234.5, true, { formula: '1+1', result: 2 }])
  sheet.addRow([
    { richText: [{ text: 'Süd' }, { text: 'wind' }] },
    null,
    12_345_678_901,
    false,
    { text: 'x', hyperlink: 'https://x.example' },
  ])
  sheet.addRow([])
  sheet.addRow([null, null, 0.1])
  const table = await read(Buffer.from(await workbook.xlsx.writeBuffer()))
  assert.deepEqual([table.format.sheet, table.format.sheets], ['Accounts', ['Accounts']])
  assert.deepEqual(table.all, [
    [2, 'Nordwind <AG> & Co', '2026-03-01', 1234.5, 'true', 2],
    [3, 'Südwind', '', 12345678901, 'false', 'x'],
    [5, '', '', 0.1],
  ])
  assert.deepEqual(
    [dayText(1, false), dayText(59, false), dayText(61, false), dayText(0, true)],
    ['1900-01-01', '1900-02-28', '1900-03-01', '1904-01-01'],
  )
})

test('of several sheets the one that is named is read, else the first; an empty one still tells the others', async () => {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('Notes')
  const sheet = workbook.addWorksheet('Accounts')
  sheet.addRow(['Name', 'Land'])
  sheet.addRow(['Nordwind', 'DE'])
  const content = Buffer.from(await workbook.xlsx.writeBuffer())
  const table = await read(content, 'Accounts')
  assert.deepEqual(
    [table.format.sheet, table.format.sheets, table.all],
    ['Accounts', ['Notes', 'Accounts'], [[2, 'Nordwind', 'DE']]],
  )
  await assert.rejects(read(content), (error: Error & { format?: unknown }) => {
    assert.match(error.message, /empty/)
    assert.deepEqual((error.format as { sheets: string[] }).sheets, ['Notes', 'Accounts'])
    return true
  })
})

test('an archive, picture, old workbook, web page, JSON, empty or binary file is refused in a sentence with its remedy', async () => {
  const cases: [Uint8Array | string, RegExp][] = [
    [zip({ 'readme.txt': 'hello' }), /archive, but no workbook/],
    [Buffer.from('89504e470d0a1a0a0000', 'hex'), /picture/],
    [Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /save it as XLSX without a password/],
    ['<html><table></table></html>', /web page/],
    ['{"a": 1}', /JSON/],
    ['', /empty/],
    ['Name,Land\n', /headings but no rows/],
    [Buffer.from('a,b\n1,\0\x012\n'), /binary/],
    ['Name,Land\n"Nordwind,DE\n', /quotation mark/],
  ]
  for (const [content, message] of cases) await assert.rejects(read(content), { name: 'Refusal', message })
})

/** Milliseconds and memory above the start that a refused file takes. */
async function refused(path: string, message: RegExp) {
  const start = performance.now()
  const before = process.memoryUsage().rss
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  await assert.rejects(convert(path, at()), { name: 'Refusal', message })
  clearInterval(watch)
  const [seconds, extra_mb] = [(performance.now() - start) / 1000, (peak - before) / 1_048_576]
  process.stdout.write(
    `\n@ ${message} ${Math.round(statSync(path).size / 1_048_576)} MB: ${seconds.toFixed(1)} s, +${extra_mb.toFixed(0)} MB`,
  )
  assert.ok(seconds <= 10, `took ${seconds} s`)
  assert.ok(extra_mb <= 200, `took ${extra_mb} MB`)
}
function big(piece: string, times: number): string {
  const path = at()
  const file = openSync(path, 'w')
  for (let i = 0; i < times; i += 1) writeSync(file, piece)
  closeSync(file)
  return path
}

test('a line of 200 MB, a quotation never closed and a million columns are refused within 10 s and 200 MB', async () => {
  await refused(big('x'.repeat(1_048_576), 200), /longer than a million/)
  await refused(big(`"${'x,\n'.repeat(300_000)}`, 60), /longer than a million|no delimited table|characters/)
  await refused(big('a,'.repeat(1_000_000), 1), /columns|longer than a million/)
})

test('packed bombs, entities, outside references, endless cells and shared texts are refused within 10 s and 200 MB', async () => {
  const zeros = deflateRawSync(Buffer.alloc(300 * 1_048_576, '<a/>'))
  const cases: [Buffer, RegExp][] = [
    [book(zeros), /unpacks to far more/],
    [book('<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><sheetData/>'), /document type/],
    [book('<!DOCTYPE x SYSTEM "file:///etc/passwd"><sheetData/>'), /document type/],
    [book(`<row>${'<c><v>1</v></c>'.repeat(1_000_000)}</row>`), /more than 500 columns|unpacks/],
    [book('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'), /columns/],
    [book('<row/>', `<sst><si><t>${'x'.repeat(40_000)}</t></si></sst>`), /more than 32767 characters/],
    [
      book(
        '<row/>',
        `<sst><si><t>${Array.from({ length: 3_000_000 }, (_, i) => String.fromCharCode(97 + ((i * i) % 26))).join('')}</t></si></sst>`,
      ),
      /characters/,
    ],
    [zip(Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`p${i}`, '']))), /5000 parts/],
  ]
  for (const [content, message] of cases) {
    const path = at()
    writeFileSync(path, content)
    await refused(path, message)
  }
})
