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
