import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openapi } from '../../kernel/openapi.ts'
import { allRoutes } from './estate.ts'

const folder = mkdtempSync(join(tmpdir(), 'rialto-openapi-'))
after(() => rmSync(folder, { recursive: true, force: true }))

interface Operation {
  operationId: string
  summary: string
  responses: Record<string, unknown>
  requestBody?: { content: Record<string, { schema: Schema }> }
}

const document = openapi(allRoutes, { title: 'Rialto', version: '0.0.0', url: 'https://rialto.example' }) as {
  paths: Record<string, Record<string, Operation>>
}
const operations = Object.values(document.paths).flatMap((path) => Object.values(path))

test('each operation is module.verb, once, and says what it does', () => {
  const ids = operations.map((operation) => operation.operationId)
  assert.deepEqual(ids.toSorted(), allRoutes.map((route) => route.name).toSorted())
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(
    ids.filter((id) => !/^[a-z_]+\.[a-z_]+$/.test(id)),
    [],
  )
  assert.deepEqual(
    operations.filter((one) => one.summary.length < 4).map((one) => one.operationId),
    [],
  )
})

interface Schema {
  title?: string
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

/** Where an object lets fields pass that it does not know. */
function openings(schema: Schema, at: string): string[] {
  const parts = [schema.items, schema.anyOf, schema.oneOf, schema.allOf].flatMap((part) => part ?? [])
  return [
    ...(schema.properties && schema.additionalProperties !== false ? [at] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => openings(inner, `${at}.${name}`)),
    ...parts.flatMap((part) => openings(part, at)),
  ]
}

test('a misspelt field is refused at every depth of a request, never dropped', () => {
  assert.deepEqual(openings({ anyOf: [{ items: { properties: { a: {} } } }] }, 'x'), ['x'])
  const bodies = operations.flatMap(({ operationId, requestBody }) =>
    Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => openings(schema, operationId)),
  )
  assert.deepEqual(bodies, [])
})

test('a request says the form of each of its fields, and a rule document that of each kind', () => {
  const formless = operations.flatMap(({ operationId, requestBody }) =>
    Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
      Object.entries(schema.properties ?? {})
        .filter(([, field]) => Object.keys(field).every((key) => key === 'description'))
        .map(([name]) => `${operationId} ${name}`),
    ),
  )
  assert.deepEqual(formless, [])
  const bodies = operations.flatMap(({ operationId, requestBody }) =>
    operationId === 'decisions.draft' ? (requestBody?.content['application/json']?.schema.properties?.body?.anyOf ?? []) : [],
  )
  const fields = Object.fromEntries(bodies.map(({ title, properties }) => [title, Object.keys(properties ?? {})]))
  assert.deepEqual(fields['deals.review'], ['title', 'fields', 'rows', 'hit', 'otherwise'])
  assert.ok(fields['deals.terms']?.includes('protection_days'))
  assert.deepEqual(fields.engagement, ['clauses'])
  const row = bodies.find(({ title }) => title === 'deals.review')?.properties?.rows?.items
  assert.ok(row?.properties?.when?.properties?.rules?.items?.anyOf?.[1]?.properties?.rules, 'a group in a group is written out')
})

// What they make has an address only under another path, or none yet.
const MAKES = ['access.found', 'accounts.add_named', 'deals.save_draft']

test('whatever makes a record answers 201, and nothing else does', () => {
  const paths = Object.keys(document.paths)
  // A POST to a collection makes one of its records.
  const isCollection = (path: string) =>
    paths.some((other) => other.startsWith(`${path}/{`) && !other.slice(path.length + 2).includes('/'))
  const posts = Object.entries(document.paths).flatMap(([path, { post }]) => (post ? [{ path, ...post }] : []))
  const making = posts.filter(({ path, operationId }) => isCollection(path) || MAKES.includes(operationId))
  assert.ok(making.length > MAKES.length + 8, `${making.length} make a record`)
  assert.deepEqual(
    operations
      .filter(({ responses }) => '201' in responses)
      .map(({ operationId }) => operationId)
      .toSorted(),
    making.map(({ operationId }) => operationId).toSorted(),
  )
  assert.deepEqual(
    making.filter(({ responses }) => '200' in responses).map(({ operationId }) => operationId),
    [],
  )
})

test('the document is clean by the rules of Redocly', () => {
  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(document))
  writeFileSync(join(folder, 'redocly.yaml'), 'extends:\n  - recommended\n')
  const cli = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'redocly')
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' }
  const done = spawnSync(cli, ['lint', file, '--config', join(folder, 'redocly.yaml'), '--format', 'json'], {
    encoding: 'utf8',
    env,
    cwd: folder,
  })
  const report = JSON.parse(done.stdout || '{}') as {
    totals?: { errors: number; warnings: number }
    problems?: { ruleId: string; message: string; location: { pointer?: string }[] }[]
  }
  assert.ok(report.totals, `redocly said: ${done.stderr}`)
  const problems = (report.problems ?? []).map(
    ({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer ?? ''}`,
  )
  console.log(`openapi: ${operations.length} operations, ${problems.length} problems`)
  assert.deepEqual(problems, [])
})

test('the linter would say what is wrong', () => {
  const file = join(folder, 'bad.json')
  writeFileSync(file, JSON.stringify({ ...document, paths: { '/x': { get: { responses: {} } } } }))
  const cli = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'redocly')
  const done = spawnSync(cli, ['lint', file], {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
    cwd: folder,
  })
  assert.notEqual(done.status, 0)
})
