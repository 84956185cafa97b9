import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { migrate } from '../../kernel/migrate.ts'
import { freshDatabase } from '../database.ts'

const folder = mkdtempSync(join(tmpdir(), 'rialto-migrate-'))
const LATER = '209901010000_deals.sql'
after(() => rmSync(folder, { recursive: true, force: true }))

test('a migration waits ten seconds for a long reader, then changes nothing, and runs when that one has gone', async () => {
  cpSync(join(import.meta.dirname, '..', '..', 'migrations'), folder, { recursive: true })
  writeFileSync(join(folder, LATER), 'alter table deals add column planted int;')
  const database = await freshDatabase()
  const reader = new Client({ connectionString: database.owner_url })
  await reader.connect()
  try {
    await reader.query('begin')
    await reader.query('select from deals')
    await assert.rejects(migrate(database.owner_url, folder), /^Error: 209901010000_deals\.sql: .* lock timeout/)
    await reader.query('rollback')
    assert.deepEqual((await migrate(database.owner_url, folder)).applied, [LATER])
  } finally {
    await reader.end()
    await database.drop()
  }
})
