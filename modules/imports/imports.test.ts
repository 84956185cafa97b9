import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import ExcelJS from 'exceljs'
import { openFiles } from '../../kernel/files.ts'
import { silent } from '../../kernel/log.ts'
import { runJob } from '../../kernel/worker.ts'
import { type World, world } from '../../test/harness.ts'
import { pagesInOrder } from '../../test/pages-in-order.ts'
import { refusal } from '../../test/refusal.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const vera = () => w.as('vera').imports
const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding))

async function read(kind: string, file: Uint8Array<ArrayBuffer>, name = 'test.csv') {
  const { id } = await vera().upload({ kind, name, file })
  await w.settle()
  return vera().get({ id })
}
async function ran(kind: string, file: Uint8Array<ArrayBuffer>) {
  const { id, problem } = await read(kind, file)
  assert.equal(problem, null)
  await vera().run({ id })
  await w.settle()
  return vera().get({ id })
}
const counts = ({ created, changed, unchanged, refused }: Record<'created' | 'changed' | 'unchanged' | 'refused', number>) => [
  created,
  changed,
  unchanged,
  refused,
]
const mapped = (one: { mapping: { column: string; field: string | null }[] }) =>
  Object.fromEntries(one.mapping.map(({ column, field }) => [column, field]))

test('a German Latin-1 file with semicolons and quoted line breaks is mapped by itself and imported', async () => {
  const text =
    'Kundennummer;Firma;Land;Webseite;Bestandskunde;Kunde seit;Bemerkung\r\nK-1;Müller & Söhne Lager;Österreich;www.mueller-lager.example;ja;01.03.2024;"erste\r\nzweite"\r\nK-2;Kühlhaus Süd;Deutschland;https://kuehlhaus.example/de;nein;;\r\n'
  const one = await read('accounts', bytes(text, 'latin1'))
  assert.deepEqual([one.state, one.format?.encoding, one.format?.delimiter, one.total], ['mapping', 'windows-1252', ';', 2])
  assert.deepEqual(mapped(one), {
    Kundennummer: 'external_id',
    Firma: 'name',
    Land: 'country',
    Webseite: 'domain',
    Bestandskunde: 'is_customer',
    'Kunde seit': 'customer_since_on',
    Bemerkung: 'note',
  })
  await vera().run({ id: one.id })
  await w.settle()
  const done = await vera().get({ id: one.id })
  assert.deepEqual([done.state, counts(done)], ['done', [2, 0, 0, 0]])
  const { items } = await w.as('vera').accounts.list({ q: 'Müller' })
  assert.equal(items[0]?.country, 'AT')
  const account = await w.as('vera').accounts.get({ id: items[0]?.id ?? '' })
  assert.deepEqual(
    [account.domain, account.is_customer, account.customer_since_on, account.note],
    ['mueller-lager.example', true, '2024-03-01', 'erste\nzweite'],
  )
  assert.ok(
    done.report && done.report.duplicates !== undefined && done.report.families !== undefined && done.report.collisions === 0,
  )
})

test('events of an import name the person who ran it and how it came', async () => {
  const rows = await w.owner<{ via: string; name: string }>(
    "select e.via, m.name from events e join members m on m.tenant_id = e.tenant_id and m.id = e.actor_id where e.type = 'accounts.created' and e.via = 'import'",
  )
  assert.deepEqual(rows, [
    { via: 'import', name: 'Vera' },
    { via: 'import', name: 'Vera' },
  ])
})

const FIVE =
  'id,name,country,website\nR-1,Alder Works,GB,alder.example\nR-2,Birch Works,GB,birch.example\nR-3,,GB,cedar.example\nR-4,Dogwood Works,Atlantis,dogwood.example\nR-5,Elm Works,GB,elm.example\n'

test('the preview tells what would be created and refused, and keeps nothing', async () => {
  const one = await read('accounts', bytes(FIVE))
  await vera().check({ id: one.id })
  await w.settle()
  const preview = await vera().preview({ id: one.id })
  assert.deepEqual([preview.state, counts(preview)], ['checked', [3, 0, 0, 2]])
  const refused = preview.items.filter((row) => row.outcome === 'refused')
  assert.deepEqual(
    refused.map(({ line, issues }) => [line, issues[0]?.path]),
    [
      [4, 'name'],
      [5, 'country'],
    ],
  )
  assert.deepEqual((await w.as('vera').accounts.list({ q: 'Alder Works' })).items, [])
  assert.equal(
    (
      await w.owner(
        "select from events where type = 'accounts.created' and request_id is null and via = 'import' and subject_id not in (select id from accounts)",
      )
    ).length,
    0,
  )
})

test('refused rows come back as CSV with their line, reason and the row as it stood; corrected, only they are new', async () => {
  const one = await ran('accounts', bytes(FIVE))
  assert.deepEqual(counts(one), [3, 0, 0, 2])
  const { body } = await w.request('vera', { method: 'GET', url: `/api/imports/${one.id}/rows.csv?outcome=refused` })
  const lines = body.replace('\uFEFF', '').trim().split('\r\n')
  assert.match(lines[0] ?? '', /^id,name,country,website,line,title,undo,reason$/)
  assert.match(lines[1] ?? '', /^R-3,,GB,cedar\.example,4,,,name: is missing$/)
  assert.match(lines[2] ?? '', /^R-4,Dogwood Works,Atlantis,dogwood\.example,5,Dogwood Works,.*'Atlantis' is no country/)
  const again = await ran('accounts', bytes(body.replace('R-3,,', 'R-3,Cedar Works,').replace('Atlantis', 'Ireland')))
  assert.deepEqual(counts(again), [2, 0, 0, 0])
})

test('the same file again changes nothing and is told to be known, with or without a key in its rows', async () => {
  const one = await ran('accounts', bytes(FIVE))
  assert.deepEqual(counts(one), [0, 0, 3, 2])
  assert.equal(one.same_file?.state, 'done')
  const keyless =
    'Opportunity,Account,Amount,Currency,Close date\nRacks,Alder Works,"1,200.50",EUR,2027-01-31\nBelts,Birch Works,"900",JPY,2027-02-28\n'
  const first = await ran('opportunities', bytes(keyless))
  const second = await ran('opportunities', bytes(keyless))
  assert.deepEqual(
    [counts(first), counts(second)],
    [
      [2, 0, 0, 0],
      [0, 0, 2, 0],
    ],
  )
  const stored = await w.owner(
    "select name, amount_minor::int, currency, expected_close_on::text from opportunities where name in ('Racks', 'Belts') order by name",
  )
  assert.deepEqual(stored, [
    { name: 'Belts', amount_minor: 900, currency: 'JPY', expected_close_on: '2027-02-28' },
    { name: 'Racks', amount_minor: 120_050, currency: 'EUR', expected_close_on: '2027-01-31' },
  ])
})

test('partners come in from a workbook, tracks and tier in one row', async () => {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Partner')
  sheet.addRow(['Partnernummer', 'Firmenname', 'Land', 'Partnerart', 'Stufe', 'Webseite'])
  sheet.addRow([4711, 'Fjordtech AS', 'Norwegen', 'Wiederverkäufer; MSP', 'Gold', 'https://fjordtech.example'])
  sheet.addRow([4712, 'Ohne Land AG', '', 'Händler', '', ''])
  const one = await ran('partners', new Uint8Array(await workbook.xlsx.writeBuffer()))
  assert.deepEqual(counts(one), [1, 0, 0, 1])
  const { items } = await w.as('vera').partners.list({ q: 'Fjordtech' })
  assert.deepEqual(items[0]?.tracks, [
    { track: 'msp', tier: 'Gold' },
    { track: 'reseller', tier: 'Gold' },
  ])
  assert.equal(items[0]?.country, 'NO')
})

test('the line of headings that comes again, and a currency that is none, are told once each', async () => {
  const twice = await ran('accounts', bytes('Name,Site\nKopf Eins,kopf.example\nNAME,Site\nKopf Zwei,\n'))
  assert.deepEqual(counts(twice), [2, 0, 0, 1])
  const refused = async (id: string) =>
    (await vera().rows({ id, outcome: ['refused'] })).items.map((row) => [row.line, row.reason])
  assert.deepEqual(await refused(twice.id), [[3, 'repeats the line of headings']])
  const money = await ran(
    'opportunities',
    bytes('name,account_name,amount,currency\nM,Alder Works Ltd,100,EURO\nN,Alder Works Ltd,100,EUR\n'),
  )
  assert.deepEqual(await refused(money.id), [[2, "currency: 'EURO' is no currency code as EUR"]])
})

test('the same partner twice in one file is one partner', async () => {
  const one = await ran('partners', bytes('name,country\nDoppelgang GmbH,DE\nDoppelgang,DE\nDoppelgang GmbH,AT\n'))
  assert.deepEqual(counts(one), [2, 0, 0, 1])
  const { items } = await vera().rows({ id: one.id, outcome: ['refused'] })
  assert.deepEqual([items[0]?.line, items[0]?.issues[0]?.path, items[0]?.issues[0]?.code], [3, 'legal_name', 'twin'])
})

test('undo takes back what nobody touched and lists the rest', async () => {
  const one = await ran('accounts', bytes('id,name,country\nU-1,Ulm Eins,DE\nU-2,Ulm Zwei,DE\nR-1,Alder Works Ltd,GB\n'))
  assert.deepEqual(counts(one), [2, 1, 0, 0])
  const touched = (await w.as('vera').accounts.list({ q: 'Ulm Zwei' })).items[0]
  assert.ok(touched)
  await w.as('vera').accounts.update({ id: touched.id, segment: 'mid' })
  await vera().undo({ id: one.id })
  await w.settle()
  const undone = await vera().get({ id: one.id })
  assert.deepEqual([undone.state, undone.undone, undone.kept], ['undone', 2, 1])
  const { items } = await vera().rows({ id: one.id, undo: ['touched'] })
  assert.deepEqual(
    items.map(({ title }) => title),
    ['Ulm Zwei'],
  )
  assert.deepEqual((await w.as('vera').accounts.list({ q: 'Ulm Eins' })).items, [])
  assert.equal((await w.as('vera').accounts.list({ q: 'Alder Works' })).items[0]?.name, 'Alder Works')
})

test('an import that was killed between batches goes on where it stood, and no row is saved twice', async () => {
  const rows = Array.from({ length: 1700 }, (_, i) => `B-${i},Bulk Firm ${i},FR`)
  const one = await read('accounts', bytes(`id,name,country\n${rows.join('\n')}\n`))
  await vera().run({ id: one.id })
  const work = { tenant_id: w.tenants.meridian, job: 'imports.run', ref: { import_id: one.id } }
  const real = w.house.database.tx
  let batches = 0
  const dying = {
    ...w.house,
    database: {
      ...w.house.database,
      tx: (async (entry, options, todo) => {
        const result = real(entry, options, async (tx) => {
          const done = await todo(tx)
          // The fourth transaction is the third batch: it dies before its commit.
          if ((batches += 1) === 4) throw new Error('killed')
          return done
        })
        return result
      }) as typeof real,
    },
  }
  await assert.rejects(runJob(dying, fetch, work, silent), /killed/)
  assert.deepEqual([(await vera().get({ id: one.id })).done, (await vera().get({ id: one.id })).state], [1000, 'running'])
  // Two workers take it up at once: one gives way.
  await Promise.all([runJob(w.house, fetch, work, silent), runJob(w.house, fetch, work, silent)])
  await w.settle()
  const done = await vera().get({ id: one.id })
  assert.deepEqual([done.state, done.done, counts(done)], ['done', 1700, [1700, 0, 0, 0]])
  const [stored] = await w.owner<{ n: string }>("select count(*) as n from accounts where external_id like 'B-%'")
  const [kept] = await w.owner<{ n: string }>('select count(*) as n from import_rows where import_id = $1', [one.id])
  assert.deepEqual([Number(stored?.n), Number(kept?.n)], [1700, 1700])
})

test('a wrong mapping is refused with the column or field, a right one is kept as sure', async () => {
  const one = await read('accounts', bytes('A,B\nNordlicht,x\n'))
  assert.deepEqual(one.missing, ['name'])
  assert.match((await refusal(vera().run({ id: one.id }))).message, /no column fills name/)
  assert.match((await refusal(vera().map({ id: one.id, mapping: [{ column: 'C', field: 'name' }] }))).message, /'C' is no column/)
  assert.match((await refusal(vera().map({ id: one.id, mapping: [{ column: 'A', field: 'nam' }] }))).message, /'nam' is no field/)
  const right = await vera().map({ id: one.id, mapping: [{ column: 'A', field: 'name' }], settings: { country: 'NO' } })
  assert.deepEqual(
    [right.missing, right.mapping[0], right.settings?.country],
    [[], { column: 'A', field: 'name', sure: 1 }, 'NO'],
  )
  assert.equal((await refusal(vera().map({ id: one.id, settings: { decimal: ',' } }, { version: 1 }))).code, 'stale')
})

test('a file of another kind is unreadable with a reason, and cannot be run', async () => {
  const one = await read('accounts', bytes('%PDF-1.7 something'), 'report.pdf')
  assert.deepEqual([one.state, one.problem], ['unreadable', 'The file is a PDF; save the table as CSV or XLSX'])
  assert.equal((await refusal(vera().run({ id: one.id }))).code, 'conflict')
  assert.match(
    (await refusal(vera().upload({ kind: 'cats', name: 'x', file: bytes('a') }))).message,
    /'cats' cannot be imported; there are/,
  )
})

test('a file store that is not there is no fault of the file: the reading is tried again; a file that is gone ends it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rialto-away-'))
  const away = openFiles({ data_dir: folder, s3_url: 'http://S3RVER:S3RVER@127.0.0.1:9/rialto' })
  const { files } = w.house
  const { id } = await vera().upload({ kind: 'accounts', name: 'test.csv', file: bytes('name\nStays Works\n') })
  const work = { tenant_id: w.tenants.meridian, job: 'imports.read', ref: { import_id: id } }
  for (const broken of [away, { ...files, put: away.put }]) {
    await assert.rejects(runJob({ ...w.house, files: broken }, fetch, work, silent), { code: 'unavailable' })
    const { state, problem } = await vera().get({ id })
    assert.deepEqual([state, problem], ['reading', null])
  }
  await rm(folder, { recursive: true })
  await runJob(w.house, fetch, work, silent)
  assert.equal((await vera().get({ id })).state, 'mapping')

  const gone = await vera().upload({ kind: 'accounts', name: 'gone.csv', file: bytes('name\nGone Works\n') })
  const [stored] = await w.owner<{ file_key: string }>('select file_key from imports where id = $1', [gone.id])
  await files.remove(stored?.file_key ?? '')
  await w.settle()
  const { state, problem } = await vera().get({ id: gone.id })
  assert.equal(state, 'unreadable')
  assert.match(problem ?? '', /not in the file store any more: upload it again/)
})

test('cells that an export quoted against formulas come back as they were', async () => {
  const one = await ran('accounts', bytes("id,name,note\nQ-1,'=Cmd Works,'+49 1\nQ-2,'Quoted,it's\n"))
  assert.deepEqual(counts(one), [2, 0, 0, 0])
  const names = await w.owner<{ name: string; note: string }>(
    "select name, note from accounts where external_id like 'Q-%' order by external_id",
  )
  assert.deepEqual(names, [
    { name: '=Cmd Works', note: '+49 1' },
    { name: "'Quoted", note: "it's" },
  ])
})

test('partners and auditors import nothing, another host sees nothing, a form upload works as well', async () => {
  for (const name of ['pat', 'audrey'] as const) {
    const { statusCode } = await w.request(name, {
      method: 'POST',
      url: '/api/imports?kind=accounts&name=x',
      payload: 'a,b\n1,2\n',
      headers: { 'content-type': 'text/csv' },
    })
    assert.equal(statusCode, 403, name)
  }
  assert.deepEqual((await w.as('otto', 'kestrel').imports.list()).items, [])
  const form =
    '--X\r\nContent-Disposition: form-data; name="kind"\r\n\r\naccounts\r\n--X\r\nContent-Disposition: form-data; name="file"; filename="mine.csv"\r\nContent-Type: text/csv\r\n\r\nname\nForm Works\n\r\n--X--\r\n'
  const { statusCode, json } = await w.request('vera', {
    method: 'POST',
    url: '/api/imports',
    payload: form,
    headers: { 'content-type': 'multipart/form-data; boundary=X' },
  })
  assert.deepEqual([statusCode, (json() as { name: string }).name], [201, 'mine.csv'])
})

test('after ninety days the file and the rows as they stood are gone, what became of them stays', async () => {
  const one = await ran('accounts', bytes('name,country\nFortgang GmbH,DE\n,DE\n'))
  await w.advance({ days: 91 })
  const [row] = await w.owner<{ file_key: string | null; rows_key: string | null }>(
    'select file_key, rows_key from imports where id = $1',
    [one.id],
  )
  assert.deepEqual(row, { file_key: null, rows_key: null })
  const { items } = await vera().rows({ id: one.id })
  assert.deepEqual(
    items.map(({ outcome, cells }) => [outcome, cells.map(([, value]) => value).join('')]),
    [
      ['created', ''],
      ['refused', ''],
    ],
  )
})

test('imports are listed by state and by name, page after page', async () => {
  await read('accounts', bytes('Firma\r\nAakre Lager AS\r\n'), 'aakre.csv')
  for (const sort of ['state', '-state', 'name', '-name'] as const)
    await pagesInOrder({
      list: (asked) => vera().list({ sort, ...asked }),
      isDown: sort.startsWith('-'),
      valueOf: (one) => (sort.endsWith('state') ? one.state : one.name),
    })
})
