import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type World, world } from '../test/harness.ts'

let w: World
let env: Record<string, string | undefined>
const folder = mkdtempSync(join(tmpdir(), 'rialto-verbs-'))
before(async () => {
  w = await world()
  const url = await w.app.server.listen({ port: 0, host: '127.0.0.1' })
  const [own] = (await w.as('vera').identity.me()).ecosystems
  const { key } = await w.as('vera').access.create_key({ name: 'Command line', scopes: own?.permissions ?? [] })
  env = { ...process.env, RIALTO_URL: url, RIALTO_KEY: key ?? '', RIALTO_ECOSYSTEM: 'meridian' }
})
after(async () => {
  await w.close()
  rmSync(folder, { recursive: true, force: true })
})

async function rialto(args: string[], more: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { env: { ...env, ...more } })
  const [out, err]: [string[], string[]] = [[], []]
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, err: err.join(''), told: out.length > 0 ? (JSON.parse(out.join('')) as Record<string, unknown>) : {} }
}

test('a list is filtered by words, and a word that it does not know is named with those that it does', async () => {
  const { code, err, told } = await rialto(['partners', 'list', '--track', 'si,reseller', '--limit', '200'])
  assert.deepEqual([code, err], [0, ''])
  const names = (told.items as { name: string }[]).map((one) => one.name)
  assert.ok(names.includes('Brightpath') && !names.includes('Castellan'), names.join(', '))
  const wrong = await rialto(['partners', 'list', '--track', 'nosuch'])
  assert.equal(wrong.code, 1)
  assert.match(wrong.err, /track.*one of .*reseller/s)
})

test('a file is imported by its path, under its own name', async () => {
  const path = join(folder, 'accounts of today.csv')
  writeFileSync(path, 'Name,Country\nErlenbach Optik AG,DE\n')
  const { code, err, told } = await rialto(['imports', 'upload', '--kind', 'accounts', '--file', path])
  assert.deepEqual([code, err, told.name], [0, '', 'accounts of today.csv'])
  const named = await rialto(['imports', 'upload', '--kind', 'accounts', '--file', path, '--name', 'Other'])
  assert.equal(named.told.name, 'Other')
  assert.match(
    (await rialto(['imports', 'upload', '--kind', 'accounts', '--file', 'no.csv'])).err,
    /--file: there is no file no\.csv/,
  )
})

test('a change is refused when the record is no longer in the version that was read', async () => {
  const [member] = (await w.as('vera').access.list({ q: 'elif@' })).items
  const [id, version] = [member?.id ?? '', member?.version ?? 0]
  const rename = (read: string) => rialto(['access', 'update', '--id', id, '--name', 'Elif A.', '--if-match', read])
  const stale = await rename(String(version + 1))
  const { status, code, detail } = JSON.parse(stale.err) as Record<string, unknown>
  assert.deepEqual([stale.code, status, code], [1, 412, 'stale'])
  assert.match(String(detail), new RegExp(`You read version ${version + 1}, it is now version ${version}`))
  const done = await rename(String(version))
  assert.deepEqual([done.err, done.told.name], ['', 'Elif A.'])
  assert.match((await rename(String(version))).err, /"stale"/)
  assert.match((await rename('yesterday')).err, /If-Match: send the ETag/)
  assert.match((await rialto(['access', 'get', '--id', id, '--if-match', '1'])).err, /unknown option '--if-match'/)
})

test('what keeps a command from being carried out is named, with the remedy', async () => {
  assert.match((await rialto(['imports', 'map', '--id', 'x', '--settings', 'decimal'])).err, /--settings: takes JSON, as \{…\}/)
  assert.match((await rialto(['partners', 'get'])).err, /^--id: say which/)
  writeFileSync(join(folder, 'bad.json'), '{')
  assert.match((await rialto(['deals', 'get', '--json', join(folder, 'bad.json')])).err, /--json: .*bad\.json cannot be read/)
  assert.match((await rialto(['identity', 'me'], { RIALTO_URL: 'http://127.0.0.1:9' })).err, /Nothing answers.*RIALTO_URL/)
})
