import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AUTH_PATHS, SHUT_AUTH_PATHS } from '../../modules/identity/auth-paths.ts'
import { type World, world } from '../harness.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

interface Endpoint {
  path?: string
  options?: { method?: string | string[] }
}

test('every path of the sign-in library was decided on, open or shut, and no other is named', async () => {
  const api = (await w.app.sign_in.library()).api as unknown as Record<string, Endpoint>
  const paths = new Set(Object.values(api).flatMap(({ path }) => (path ? [path] : [])))
  const decided = new Set<string>([...AUTH_PATHS.map(([, path]) => path), ...SHUT_AUTH_PATHS])
  const open = new Set<string>(AUTH_PATHS.map(([, path]) => path))
  console.log(`sign-in: ${paths.size} paths of the library, ${open.size} open, ${SHUT_AUTH_PATHS.length} shut`)
  assert.ok(paths.size > 30)
  assert.deepEqual(
    [...open].filter((path) => !paths.has(path)),
    [],
    'open by the list and not there',
  )
  // What nobody decided on must be as shut as the rest; the next test asks for it.
  assert.deepEqual(
    [...paths].filter((path) => !decided.has(path) && !path.startsWith('/api-key')),
    [],
    'decide on these in modules/identity/auth-paths.ts',
  )
})

test('a shut path answers as if it were not there, to strangers and to those who are signed in', async () => {
  const api = (await w.app.sign_in.library()).api as unknown as Record<string, Endpoint>
  const open = new Set(AUTH_PATHS.map(([method, path]) => `${method} ${path}`))
  const wrong: string[] = []
  let tried = 0
  for (const { path, options } of Object.values(api)) {
    if (!path) continue
    for (const method of [options?.method ?? 'POST'].flat()) {
      if (open.has(`${method} ${path}`) || !['GET', 'POST'].includes(method)) continue
      for (const who of [null, 'pat']) {
        const body =
          method === 'POST'
            ? { payload: { email: 'pat@brightpath.example', password: 'rialto-demo', newEmail: 'x@y.example', name: 'X' } }
            : {}
        const answer = await w.request(who, {
          method: method as 'GET' | 'POST',
          url: `/api/auth${path.replace(/:\w+/g, 'x')}`,
          ...body,
        })
        tried += 1
        if (answer.statusCode !== 404) wrong.push(`${who ?? 'nobody'}: ${method} ${path}: ${answer.statusCode}`)
      }
    }
  }
  console.log(`sign-in: ${tried} requests to shut paths`)
  assert.deepEqual(wrong, [])
})
