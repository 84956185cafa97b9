import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'

const address = (given: Record<string, string>) => readConfig(given, '/base').public_url

test('where it is found follows from where it listens, in either kind of address', () => {
  const cases: [Record<string, string>, string][] = [
    [{}, 'http://localhost:3000'],
    [{ HOST: '0.0.0.0', PORT: '8080' }, 'http://localhost:8080'],
    [{ HOST: '::' }, 'http://localhost:3000'],
    [{ HOST: '2001:db8::7' }, 'http://[2001:db8::7]:3000'],
    [{ HOST: 'rialto.example' }, 'http://rialto.example:3000'],
    [{ PUBLIC_URL: 'https://Partners.example/' }, 'https://partners.example'],
  ]
  for (const [given, expected] of cases) {
    assert.equal(address(given), expected)
    assert.ok(URL.canParse(address(given)))
  }
})

test('an address that only half works is refused at the start', () => {
  for (const wrong of [
    'https://example.com/rialto',
    'https://example.com/?x=1',
    'https://u:p@example.com',
    'https://example.com/#a',
  ])
    assert.throws(() => address({ PUBLIC_URL: wrong }), /PUBLIC_URL: an address without a path, as https:/, wrong)
  assert.throws(() => address({ PUBLIC_URL: 'example.com' }), /PUBLIC_URL: an address starting with http/)
  assert.throws(() => address({ PORT: '0' }), /PORT=0: a port number from 1/)
})

test('a variable that looks like ours and is none is refused with the nearest one, since it would be of no effect', () => {
  const cases: [string, RegExp][] = [
    ['RIALTO_DEMOO', /RIALTO_DEMOO is no variable of Rialto: the nearest is RIALTO_DEMO$/m],
    ['RIALTO_ROLL', /the nearest is RIALTO_ROLE$/m],
    ['rialto_demo', /rialto_demo is no variable of Rialto: the nearest is RIALTO_DEMO$/m],
    ['RIALTO_PORT', /the nearest is PORT$/m],
    ['RIALTO_DATABASE_URL', /the nearest is DATABASE_URL$/m],
    ['RIALTO_DATADIR', /the nearest is DATA_DIR$/m],
  ]
  for (const [name, told] of cases) assert.throws(() => readConfig({ [name]: '1' }, '/base'), told, name)
  const others = {
    RIALTO_URL: 'http://localhost:3000',
    RIALTO_TEST_DB: 'postgres://localhost/x',
    RIALTO_SERVICE_HOST: '10.0.0.7',
    RIALTO_WEB_SERVICE_PORT_HTTP: '3000',
    RIALTO_PORT: 'tcp://10.0.0.7:3000',
    RIALTO_PORT_3000_TCP_ADDR: '10.0.0.7',
  }
  assert.equal(readConfig(others, '/base').port, 3000)
})

test('each wrong value is told with what the variable takes, an address without its password', () => {
  const wrong = { RIALTO_ROLE: 'boss', RIALTO_DEMO: 'yes', DATABASE_URL: 'mysql://u:hidden@h/x', SMTP_URL: 'mail:25' }
  const lines =
    /RIALTO_ROLE=boss: one of all, web, worker\n.*RIALTO_DEMO=yes: one of on, off\n {2}DATABASE_URL: an address starting with postgres.*\n {2}SMTP_URL: an/
  assert.throws(() => readConfig(wrong, '/base'), lines)
})
