import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
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
    (await rialto(['login', '--url', 'http://127.0.0.1:9', '--email', 'a@b.example'], 'x')).err,
    /Nothing answers.*--url/,
  )
})
