import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { type Server, startPostgres } from './postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'rialto-postgres-'))
let server: Server | undefined
const other = createServer((socket) => socket.destroy())
after(async () => {
  other.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const portOf = () => (JSON.parse(readFileSync(join(folder, 'postgres.json'), 'utf8')) as { port: number }).port

/** Writes one row more, and tells how many there are. */
async function write(url: string): Promise<number> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    await db.query('create table if not exists kept (at timestamptz)')
    await db.query('insert into kept values (now())')
    return (await db.query('select from kept')).rows.length
  } finally {
    await db.end()
  }
}

test('a database that was killed and whose port another program took meanwhile comes back at another one, with what is in it', async () => {
  server = await startPostgres(folder)
  const first = portOf()
  assert.equal(await write(server.owner_url), 1)
  process.kill(server.pid, 'SIGKILL')
  const { promise: taken, resolve } = Promise.withResolvers<void>()
  // Its socket stays its own until its last process is gone.
  const take = () => other.listen(first, '127.0.0.1')
  other.on('error', () => setTimeout(take, 20))
  other.on('listening', resolve)
  take()
  await taken
  server = await startPostgres(folder)
  assert.notEqual(portOf(), first)
  assert.equal(new URL(server.owner_url).port, String(portOf()))
  assert.equal(await write(server.owner_url), 2)
  await server.stop()
  // Where nobody takes it, it stays: tools that were told of it find it again.
  const second = portOf()
  server = await startPostgres(folder)
  assert.equal(portOf(), second)
})
