import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DEMO_PASSWORD } from '../modules/cast.ts'
import { type World, world } from '../test/harness.ts'

let w: World
let url: string
const home = mkdtempSync(join(tmpdir(), 'rialto-cli-'))
before(async () => {
  w = await world()
  url = await w.app.server.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  await w.close()
  rmSync(home, { recursive: true, force: true })
})

async function rialto(args: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> {
  const { RIALTO_KEY: _key, RIALTO_URL: _url, ...env } = process.env
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...env, XDG_CONFIG_HOME: home },
  })
  const [out, err]: [string[], string[]] = [[], []]
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, out: out.join(''), err: err.join('') }
}

test('a password that is piped in signs in, and commands then act as that person', async () => {
  const signed = await rialto(['login', '--url', url, '--email', 'vera@meridian.example'], `${DEMO_PASSWORD}\n`)
  assert.deepEqual([signed.code, signed.err], [0, ''])
  const file = join(home, 'rialto', 'login.json')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.ok(!readFileSync(file, 'utf8').includes(DEMO_PASSWORD))
  const me = await rialto(['identity', 'me'])
  assert.equal((JSON.parse(me.out) as { person: { email: string } }).person.email, 'vera@meridian.example')
})

test('it tells its version', async () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string }
  const told = await rialto(['--version'])
  assert.deepEqual([told.code, told.out], [0, `${version}\n`])
})

test('what keeps one from signing in is named, with the remedy', async () => {
  const wrong = await rialto(['login', '--url', url, '--email', 'vera@meridian.example'], 'not this one\n')
  assert.notEqual(wrong.code, 0)
  assert.match(wrong.err, /Sign-in was refused/)
  assert.match((await rialto(['login', '--url', url])).err, /--email/)
  assert.match(
    (await rialto(['login', '--url', 'localhost:3000', '--email', 'a@b.example'], 'x')).err,
    /^'localhost:3000' is no address: give one as http:/,
  )
  assert.match(
    (await rialto(['login', '--url', 'http://127.0.0.1:9', '--email', 'a@b.example'], 'x')).err,
    /Nothing answers.*--url/,
  )
})

test('a program that is not Rialto, and a kept login that is damaged, are named', async (t) => {
  const other = createServer((_, answer) => answer.end('<!doctype html>')).listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
  const signed = await rialto(['login', '--url', address, '--email', 'a@b.example'], 'x')
  assert.match(signed.err, /What answers at http:\S+ is not Rialto \(200\): name the address .*--url/)
  const file = join(home, 'rialto', 'login.json')
  writeFileSync(file, JSON.stringify({ url: address, token: 'x' }))
  const asked = await rialto(['identity', 'me'])
  assert.match(asked.err, /is not Rialto \(200\).*RIALTO_URL/)
  writeFileSync(file, '{"url"')
  const damaged = await rialto(['identity', 'me'])
  assert.match(damaged.err, /login\.json is damaged: run `rialto login` again/)
  assert.deepEqual([signed.code, asked.code, damaged.code], [2, 2, 2])
})
