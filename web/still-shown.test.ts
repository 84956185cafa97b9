import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientError } from '../kernel/client.ts'
import { stillShown } from './still-shown.ts'

const refused = (status: number, code: string) => new ClientError(status, { code })

test('what was read stays while the server is away, and only then', () => {
  const away = refused(503, 'unavailable')
  assert.deepEqual(stillShown({ data: [1], error: away }), { data: [1], error: null })
  assert.equal(stillShown({ data: [1], error: refused(0, 'offline') }).error, null)
  assert.equal(stillShown({ data: undefined, error: away }).error, away)
  const gone = refused(404, 'not_found')
  assert.equal(stillShown({ data: [1], error: gone }).error, gone)
})
