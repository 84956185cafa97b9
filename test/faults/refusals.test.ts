import assert from 'node:assert/strict'
import { copyFileSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, before, test } from 'node:test'
import pg from 'pg'
import { endChildren, ownFolder } from '../child.ts'
import { freePort } from '../free-port.ts'
import { npmStart } from './npm-start.ts'

// What a person reads when a start cannot be: the cause and the remedy; and after the remedy everything is there.
const folder = ownFolder('refusals')
const data = join(folder, 'data')
const inData = (...path: string[]) => join(data, ...path)

const started = async (env: Record<string, string> = {}) => (await npmStart(folder, { DATA_DIR: data, ...env })).ready()

before(async () => {
  const first = await started()
  const founded = await fetch(`${first.address}/api/first-run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ecosystem_name: 'Kept',
      slug: 'kept',
      reporting_currency: 'EUR',
      name: 'Owner',
      email: 'owner@kept.example',
      password: 'a long enough secret',
    }),
  })
  assert.ok(founded.ok, await founded.text())
  await first.stop()
})
afterEach(endChildren)

async function refused(env: Record<string, string>, ...expected: RegExp[]): Promise<void> {
  const tried = await npmStart(folder, { DATA_DIR: data, ...env })
  if (await tried.answers()) {
    await tried.stop()
    assert.fail(`it started with ${JSON.stringify(env)}`)
  }
  const { status, said } = await tried.ended
  assert.equal(status, 1, said)
  for (const text of expected) assert.match(said, text)
  assert.doesNotMatch(said, /^\s+at .*\d+:\d+/m, 'a person gets a sentence, not a stack')
}

const stillThere = async (env: Record<string, string> = {}) => {
  const again = await started(env)
  const open = (await (await fetch(`${again.address}/api/first-run`)).json()) as { open: boolean }
  await again.stop()
  assert.equal(open.open, false, 'the ecosystem is there')
}

/** Damages a file of the data folder, asks for the refusal, and puts the file back. */
async function damaged(path: string, content: string | Uint8Array | null, ...expected: RegExp[]): Promise<void> {
  renameSync(inData(path), `${inData(path)}.kept`)
  if (content !== null) writeFileSync(inData(path), content)
  await refused({}, ...expected)
  rmSync(inData(path), { force: true })
  renameSync(`${inData(path)}.kept`, inData(path))
}

test('a damaged data folder is refused with cause and remedy, and good again once it is put back', async () => {
  const saved = JSON.parse(readFileSync(inData('postgres.json'), 'utf8')) as Record<string, unknown>
  const remedy = [/postgres\.json/, /Put it back from a backup/, /Nothing was changed/]
  await damaged('postgres.json', null, /is missing/, ...remedy)
  await damaged('postgres.json', '{"port": 54', /is damaged/, ...remedy)
  await damaged('postgres.json', JSON.stringify({ ...saved, owner_password: undefined }), /is damaged.*owner_password/, ...remedy)
  await damaged('postgres.json', 'null', /is damaged/, ...remedy)
  await damaged(join('postgres', 'PG_VERSION'), null, /PG_VERSION is missing/, /Restore it from a backup/)
  await damaged(join('postgres', 'PG_VERSION'), '17\n', /made by PostgreSQL 17/, /pg_dump/, /Nothing was changed/)
  const control = readFileSync(inData('postgres', 'global', 'pg_control'))
  await damaged(join('postgres', 'global', 'pg_control'), control.subarray(0, 100), /pg_control/, /backup/)
  await damaged(
    join('postgres', 'global', 'pg_control'),
    control.map((byte, i) => (i < 64 ? 255 - byte : byte)),
    /backup/,
  )
  await damaged('secret', 'short', /secret .*is damaged/, /Restore it from a backup, or remove the file/)
  await stillThere()
})

test('a wrong value of any variable is named with what it takes', async (t) => {
  const wrong: [string, string, RegExp][] = [
    ['PORT', 'http', /PORT=http: a port number from 1 to 65535/],
    ['PORT', '70000', /PORT=70000: a port number/],
    ['RIALTO_DEMO', 'yes', /RIALTO_DEMO=yes: one of on, off/],
    ['RIALTO_ROLE', 'boss', /RIALTO_ROLE=boss: one of all, web, worker/],
    ['RIALTO_DEMOO', 'on', /RIALTO_DEMOO is no variable of Rialto: the nearest is RIALTO_DEMO/],
    ['DATABASE_URL', 'mysql://u:hidden@localhost/x', /DATABASE_URL: an address starting with postgres:\/\//],
    ['DATABASE_APP_URL', 'nonsense', /DATABASE_APP_URL: an address starting with/],
    ['DATABASE_APP_URL', 'postgres://a:hidden@localhost/x', /DATABASE_APP_URL needs DATABASE_URL/],
    ['SMTP_URL', 'mail.example:25', /SMTP_URL: an address starting with smtp:\/\//],
    ['S3_URL', 'ftp://x', /S3_URL: an address starting with http:\/\//],
    ['PUBLIC_URL', 'rialto.example', /PUBLIC_URL: an address starting with http:\/\//],
    ['HOST', '203.0.113.7', /HOST=203\.0\.113\.7 is no address of this machine/],
    ['HOST', 'nowhere.invalid', /HOST=nowhere\.invalid is no name/],
    ['DATA_DIR', inData('secret', 'below'), /data folder .* cannot be used .*DATA_DIR/],
  ]
  for (const [name, value, expected] of wrong) await refused({ [name]: value }, expected)
  const port = await freePort()
  const other = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1')
  t.after(() => other.close())
  await refused({ PORT: String(port) }, new RegExp(`Port ${port} is taken`), new RegExp(`PORT=${port + 1} npm start`))
  await stillThere()
})

test('two copies run side by side, each on its own folder; a second one on the same folder is refused', async () => {
  const [first, second] = await Promise.all([started(), started({ DATA_DIR: join(folder, 'second') })])
  await refused({}, /runs on the data folder .* already \(process \d+\)/, /folder of its own with DATA_DIR/)
  const open = async (address: string) => ((await (await fetch(`${address}/api/first-run`)).json()) as { open: boolean }).open
  assert.deepEqual([await open(first.address), await open(second.address)], [false, true])
  await Promise.all([first.stop(), second.stop()])
  // A copy that was killed leaves its number, which another process may have by now.
  writeFileSync(inData('rialto.pid'), `${process.pid} 1`)
  await stillThere()
})

test('a database that cannot be used is named, with the remedy and without its password', async (t) => {
  const given = process.env.RIALTO_TEST_DB
  assert.ok(given, 'npm test gives a cluster')
  const to = (change: Partial<URL>) => Object.assign(new URL(given), change).href
  const socketless = new URL(given)
  socketless.search = ''
  const nobody = Object.assign(new URL(socketless), { port: String(await freePort()) }).href
  await refused({ DATABASE_URL: nobody }, /cannot be used: .*ECONNREFUSED/, /Start it, or correct the address/)
  await refused(
    { DATABASE_URL: 'postgres://u:hidden@nowhere.invalid/x' },
    /cannot be used: .*nowhere\.invalid/,
    /Correct the host/,
  )
  await refused({ DATABASE_URL: to({ password: 'hidden' }) }, /password authentication failed/, /Correct user and password/)
  await refused(
    { DATABASE_URL: to({ pathname: '/no_such_database' }) },
    /no_such_database.* does not exist/,
    /Create the database/,
  )
  const server = new pg.Client({ connectionString: given })
  await server.connect()
  t.after(() => server.end())
  const name = `refusals_${process.pid}`
  await server.query(`create database ${name}`)
  const db = new pg.Client({ connectionString: to({ pathname: `/${name}` }) })
  await db.connect()
  t.after(() => db.end())
  // A server that says of itself that it is of version 14.
  await db.query(`create schema old`)
  await db.query(`create function old.current_setting(text) returns text language sql as $$ select '140011' $$`)
  await db.query(`alter database ${name} set search_path = old, pg_catalog, public`)
  await refused({ DATABASE_URL: to({ pathname: `/${name}` }) }, /too old \(14\)/, /version 15 or newer/, /Nothing was changed/)
  const { rows } = await db.query(`select from pg_catalog.pg_tables where schemaname = 'public'`)
  assert.equal(rows.length, 0)
  await db.end()
  await server.query(`drop database ${name} with (force)`)
})

test('a node with another secret than those before it on one database is refused; with their secret it starts', async () => {
  const holder = await started()
  const { port, owner_password } = JSON.parse(readFileSync(inData('postgres.json'), 'utf8')) as Record<string, string>
  const DATABASE_URL = `postgres://rialto_owner:${owner_password}@127.0.0.1:${port}/rialto`
  const [one, two] = ['node-one', 'node-two'].map((name) => join(folder, name)) as [string, string]
  const first = await started({ DATABASE_URL, DATA_DIR: one })
  await refused({ DATABASE_URL, DATA_DIR: two }, /node-two\/secret is not the one that signs sessions/, /Copy the file/)
  copyFileSync(join(one, 'secret'), join(two, 'secret'))
  await stillThere({ DATABASE_URL, DATA_DIR: two })
  await first.stop()
  await holder.stop()
})

test('a start that is broken off while it makes the database goes on the next time', async () => {
  const begun = join(folder, 'begun')
  mkdirSync(begun)
  copyFileSync(inData('postgres.json'), join(begun, 'postgres.json'))
  cpSync(inData('postgres', 'global'), join(begun, 'postgres.new', 'global'), { recursive: true })
  await (await started({ DATA_DIR: begun })).stop()
})
