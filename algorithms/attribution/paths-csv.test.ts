import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { createChannels } from './channels.ts'
import type { PathBlock } from './path-block.ts'
import { parsePaths, readPaths } from './paths-csv.ts'
import { createTally } from './tally.ts'
import { formatCredits } from './write-credits.ts'

const HEADER = 'path,conversions,value,nulls\n'
const bytes = (text: string) => new TextEncoder().encode(text)

interface Row {
  path: string[]
  conversions: number
  value: number
  nulls: number
}

function rowsOf(block: PathBlock, names: readonly string[]): Row[] {
  return Array.from({ length: block.size }, (_, p) => ({
    path: [...block.touches.subarray(block.starts[p], block.starts[p + 1])].map((channel) => names[channel] ?? ''),
    conversions: block.conversions[p] ?? Number.NaN,
    value: block.values[p] ?? Number.NaN,
    nulls: block.nulls[p] ?? Number.NaN,
  }))
}

function parse(text: string | Uint8Array): Row[] {
  const channels = createChannels()
  return rowsOf(parsePaths(typeof text === 'string' ? bytes(text) : text, channels), channels.names)
}

const name = fc
  .oneof(
    fc.constantFrom('email', 'a>b', 'Zoë 工', 'say "hi"', 'x,y', '=1+1', "'", 'a  b'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  )
  .map((text) => text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim())
  .filter(
    (text) =>
      text !== '' &&
      !text.split(' ').includes('>') &&
      !text.startsWith('> ') &&
      text.isWellFormed() &&
      !/^'+[=+\-@＝＋－＠]/u.test(text),
  )
const row = fc.record({
  path: fc.array(name, { minLength: 1, maxLength: 5 }),
  conversions: fc.nat(1e9),
  value: fc.double({ min: 0, max: 1e12, noNaN: true }).map((value) => value + 0),
  nulls: fc.nat(1e6),
})
const quoted = (path: readonly string[]) => `"${path.join(' > ').replaceAll('"', '""')}"`

test('what is written comes back exactly, wherever the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 40 }),
      async (rows, end, piece) => {
        const lines = rows.map(
          ({ path, conversions, value, nulls }) => `"${nulls}",${quoted(path)},"any, ""thing""${end}",${value},${conversions}`,
        )
        const text = bytes(['\uFEFFnulls,path,extra,value,conversions', ...lines].join(end))
        const whole = parse(text)
        assert.deepEqual(
          whole,
          rows.map((each) => ({ ...each })),
        )
        const channels = createChannels()
        const pieces = Array.from({ length: Math.ceil(text.length / piece) }, (_, i) => text.subarray(i * piece, (i + 1) * piece))
        const streamed: Row[] = []
        for await (const block of readPaths(pieces, channels)) streamed.push(...rowsOf(block, channels.names))
        assert.deepEqual(streamed, whole)
      },
    ),
    { numRuns: 200 },
  )
})

test('blanks around names, blank lines and number forms are read', () => {
  assert.deepEqual(parse(`${HEADER}  a >  b , 2 ,1e3,.5\r\n\r\n\n"c ""d""",3.,0.1,"+4"\r`), [
    { path: ['a', 'b'], conversions: 2, value: 1000, nulls: 0.5 },
    { path: ['c "d"'], conversions: 3, value: 0.1, nulls: 4 },
  ])
})

test('faults are told with row, line and column', () => {
  const faults: [string | Uint8Array, RegExp][] = [
    ['', /^BadInput: line 1: the input is empty; the first line must name path,conversions,value,nulls$/],
    [HEADER, /^BadInput: line 2: there is no row below the header/],
    ['path,conversions\na,1\n', /^BadInput: line 1, column value: columns value, nulls are missing/],
    ['path;conversions;value;nulls\na;1;1;1\n', /Separate the columns with commas/],
    ['path,conversions,value,nulls,value\na,1,1,1,1\n', /^BadInput: line 1, column value: named twice/],
    ['path,conversions,value,nulls\ra,1,1,1\r', /lines end with CR alone/],
    [`${HEADER}a,1,1,1\nb,-2,1,1\n`, /^BadInput: row 2 \(line 3\), column conversions: -2 is negative/],
    [`${HEADER}"a\nb",1,1,1\n\nb,1,1,-0.5\n`, /^BadInput: row 2 \(line 5\), column nulls: -0.5 is negative/],
    [`${HEADER}a,1,-3,0\n`, /row 1 \(line 2\), column value: -3 is negative/],
    [`${HEADER}a,,1,1\n`, /row 1 \(line 2\), column conversions: is empty; write a number, 0 for none/],
    [`${HEADER}a,one,1,1\n`, /column conversions: "one" is not a number/],
    [`${HEADER}a,1,"1,000",1\n`, /column value: "1,000" is not a number/],
    [`${HEADER}a,1,NaN,1\n`, /column value: "NaN" is not a number/],
    [`${HEADER}a,1,Infinity,1\n`, /column value: "Infinity" is not a number/],
    [`${HEADER}a,0x10,0,1\n`, /column conversions: "0x10" is not a number/],
    [`${HEADER}a,1e300,1,1\n`, /column conversions: 1e300 is too large/],
    [`${HEADER}a,1,1\n`, /^BadInput: row 1 \(line 2\): 3 fields where the header has 4/],
    [`${HEADER},1,1,1\n`, /row 1 \(line 2\), column path: the path is empty/],
    [`${HEADER}a >  > b,1,1,1\n`, /column path: touch 2 is empty/],
    [`${HEADER}a > b > ,1,1,1\n`, /column path: touch 3 is empty/],
    [`${HEADER}> a,1,1,1\n`, /column path: touch 1 is empty/],
    [
      `${HEADER}a > ${'x'.repeat(1_000_000)},1,1,1\n`,
      /column path: touch 2: a channel name of 1,000,000 bytes; at most 1,000 are allowed/,
    ],
    [`${HEADER}a,1,1,1\n"b,1,1,1\n`, /^BadInput: row 2 \(line 3\): a quote is opened and never closed/],
    [`${HEADER}"b" c,1,1,1\n`, /^BadInput: row 1 \(line 2\): text after a closing quote/],
    [
      Buffer.concat([bytes(HEADER), Buffer.from('caf\xe9,1,1,1\n', 'latin1')]),
      /row 1 \(line 2\), column path: touch 1: not UTF-8/,
    ],
    [Buffer.from(`\uFEFF${HEADER}a,1,1,1\n`, 'utf16le'), /line 1: the file is UTF-16; save it in UTF-8/],
    [`${HEADER}a\0b,1,1,1\n`, /column path: touch 1: a zero byte/],
  ]
  for (const [text, message] of faults) assert.throws(() => parse(text), message)
})

test('a quote left open in a long stream is refused before it fills the memory', async () => {
  const filler = new Uint8Array(2 ** 20).fill(120)
  async function* endless() {
    yield bytes(`${HEADER}a,1,1,1\n"`)
    for (;;) yield filler
  }
  const read = async () => {
    for await (const block of readPaths(endless(), createChannels())) assert.equal(block.size, 1)
  }
  await assert.rejects(read, /row 2 \(line 3\): more than 16 MiB in one row; is a quote left open\?/)
})

test('a stream of many paths needs no more memory than a short one', async () => {
  const piece = bytes(
    'email > search > partner,1,20,3\nsearch,0,0,2\npartner > email > "x",2,5.5,0\n'.replaceAll('"', '').repeat(4000),
  )
  const channels = createChannels()
  const tally = createTally({ model: 'markov', order: 3 }, channels)
  function* pieces() {
    yield bytes(HEADER)
    for (let i = 0; i < 100; i++) yield piece
  }
  let rows = 0
  const held: number[] = []
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  for await (const block of readPaths(pieces(), channels)) {
    tally.add(block)
    rows += block.size
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    held.push(heapUsed + arrayBuffers)
  }
  assert.equal(rows, 1_200_000)
  // 1.2 million encoded paths would take 40 MB and more.
  assert.ok(Math.max(...held.slice(20)) < Math.max(...held.slice(0, 20)) + 4 * 2 ** 20)
  const credited = tally.credits().reduce((sum, credit) => sum + credit.conversions, 0)
  assert.ok(Math.abs(credited - 1_200_000) < 1e-6)
})

test('a name that a spreadsheet would run is guarded in the CSV and restored on reading', () => {
  for (const text of ['=1+1', '+x', '-y', '@z', '＝1']) {
    const written = formatCredits([{ channel: text, conversions: 1, value: 0.1 }], 'csv').split('\n')[1] ?? ''
    assert.ok(written.startsWith("'"), written)
    assert.deepEqual(parse(`${HEADER}${written.split(',')[0]} > b,1,1,1\n`)[0]?.path, [text, 'b'])
    assert.equal(JSON.parse(formatCredits([{ channel: text, conversions: 1, value: 0.1 }], 'json'))[0].channel, text)
  }
})
