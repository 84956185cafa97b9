import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import ExcelJS from 'exceljs'
import { accessible, becomes, picture, type Stage, stage, until } from './stage.ts'

let s: Stage
before(async () => {
  s = await stage()
})

const FILE = `Kundennummer;Firma;Land;Webseite;Bestandskunde;Kunde seit
K-101;Hafen & Söhne Logistik GmbH;Deutschland;www.hafen-soehne.example;ja;01.03.2024
K-102;Alpenglas AG;Schweiz;https://alpenglas.example/de;nein;
K-103;;Österreich;www.ohne-namen.example;nein;
K-104;Atlantis Handel;Atlantis;atlantis.example;ja;31.02.2024
`

test('Vera imports accounts from file to undo, and every page is accessible', async () => {
  const page = await s.window('vera@meridian.example')
  await page.goto(`${s.url}/e/meridian/imports`)
  await page.getByRole('button', { name: 'Import a file' }).first().click()
  await page.getByLabel('What the rows are').selectOption('accounts')
  await accessible(page, 'new import')
  await picture(page, 'import-new')
  const [empty] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download an empty table to fill in' }).click(),
  ])
  assert.equal(empty.suggestedFilename(), 'accounts.csv')
  assert.match(readFileSync(await empty.path(), 'utf8'), /^\ufeffName,External id,Country,/)
  // A file that is no table leads on to another one.
  const files = page.locator('input[type=file]')
  await files.setInputFiles({ name: 'report.csv', mimeType: 'text/csv', buffer: Buffer.from('%PDF-1.4') })
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  await until(s, page.getByText('The file is a PDF'))
  await page.getByRole('button', { name: 'Choose another file' }).click()
  await page.waitForURL(/\/imports\/new\?kind=accounts/)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'kunden.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE, 'latin1') })
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  await until(s, page.getByText('Columns to confirm'))
  await becomes(() => page.getByLabel('Field that Bestandskunde fills').inputValue(), 'is_customer')
  await accessible(page, 'columns of an import')
  await picture(page, 'import-columns')
  await page.getByRole('button', { name: 'Preview' }).click()
  await until(s, page.getByText('Checked', { exact: true }))
  await page.getByText('is no country').first().waitFor()
  await accessible(page, 'preview of an import')
  await picture(page, 'import-preview')
  await page.getByRole('button', { name: 'Import rows' }).click()
  await until(s, page.getByText('Done', { exact: true }).first())
  await page.getByRole('heading', { name: 'Refused rows' }).waitFor()
  await accessible(page, 'result of an import')
  await picture(page, 'import-result')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).first().click(),
  ])
  assert.match(download.suggestedFilename(), /refused\.csv$/)
  await page.getByRole('button', { name: 'See the accounts' }).click()
  await page.getByText('Alpenglas AG').first().waitFor()
  await page.goBack()
  await page.getByRole('button', { name: 'Undo import' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click()
  await until(s, page.getByText('2 rows were taken back, 0 were kept.'))
  assert.deepEqual((await s.w.as('vera').accounts.list({ q: 'Alpenglas' })).items, [])
})

test('the list and an import read well in the dark, on a phone and in German', async () => {
  const { items } = await s.w.as('vera').imports.list()
  const id = items[0]?.id ?? ''
  for (const [name, look] of [
    ['dark', { dark: true }],
    ['phone', { phone: true }],
    ['german', {}],
  ] as const) {
    if (name === 'german') await s.w.as('vera').identity.update_me({ locale: 'de' })
    const page = await s.window('vera@meridian.example', look)
    await page.goto(`${s.url}/e/meridian/imports`)
    await page.getByText('kunden.csv').first().waitFor()
    await accessible(page, `imports ${name}`)
    await picture(page, `imports-${name}`)
    if (name === 'phone') {
      // The choice of a field is wide enough to be read, however narrow the page.
      const { id: fresh } = await s.w
        .as('vera')
        .imports.upload({ kind: 'accounts', name: 'again.csv', file: new Uint8Array(Buffer.from(FILE)) })
      await page.goto(`${s.url}/e/meridian/imports/${fresh}`)
      const choice = page.getByLabel('Field that Firma fills')
      await until(s, choice)
      const box = await choice.boundingBox()
      assert.ok(box && box.width >= 150 && box.x + box.width <= 390)
      await picture(page, 'import-columns-phone')
    }
    if (name === 'german') {
      const { id: useless } = await s.w
        .as('vera')
        .imports.upload({ kind: 'accounts', name: 'a.csv', file: new Uint8Array(Buffer.from('%PDF-1.4')) })
      await page.goto(`${s.url}/e/meridian/imports/${useless}`)
      await until(s, page.getByText('Die Datei ist ein PDF: Speichern Sie die Tabelle als CSV oder XLSX.'))
    }
    await page.goto(`${s.url}/e/meridian/imports/${id}`)
    await page.getByRole('heading', { name: name === 'german' ? 'Abgewiesene Zeilen' : 'Refused rows' }).waitFor()
    await accessible(page, `import ${name}`)
    await picture(page, `import-${name}`)
    await page.context().close()
  }
})

test('of a workbook with several sheets one is chosen, and reasons are told in the language of the reader', async () => {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('Read me').addRow(['How to use this file'])
  const sheet = workbook.addWorksheet('Accounts')
  for (const row of [
    ['Account ID', 'Name', 'Country'],
    ['W-1', 'Workbook Works Ltd', 'GB'],
    ['W-2', 'Atlantis Trading', 'Atlantis'],
  ])
    sheet.addRow(row)
  await s.w.as('vera').identity.update_me({ locale: 'en' })
  const page = await s.window('vera@meridian.example')
  await page.goto(`${s.url}/e/meridian/imports/new?kind=accounts`)
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'book.xlsx', mimeType, buffer: Buffer.from(await workbook.xlsx.writeBuffer()) })
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  const choice = page.getByLabel('Sheet of the workbook')
  await until(s, choice)
  await accessible(page, 'a workbook whose first sheet holds no table')
  await picture(page, 'import-sheet-unreadable')
  await choice.selectOption('Accounts')
  await until(s, page.getByLabel('Field that Account ID fills'))
  await picture(page, 'import-sheet')
  await page.getByRole('button', { name: 'Preview' }).click()
  await until(s, page.getByText('Checked', { exact: true }))
  await page.getByText('is no country').first().waitFor()
  const id = page.url().split('/').at(-1) ?? ''
  await s.w.as('vera').identity.update_me({ locale: 'de' })
  for (const [name, look] of [
    ['dark', { dark: true }],
    ['phone', { phone: true }],
  ] as const) {
    const other = await s.window('vera@meridian.example', { ...look, locale: 'de' })
    await other.goto(`${s.url}/e/meridian/imports/${id}`)
    await other.getByText('ist kein Land').first().waitFor()
    await accessible(other, `an import in German, ${name}`)
    await picture(other, `import-german-${name}`)
  }
})
