import fc from 'fast-check'

const deep = (levels: number): unknown => {
  let value: unknown = 'deep'
  for (let i = 0; i < levels; i += 1) value = i % 2 === 0 ? [value] : { deep: value }
  return value
}

/** What people, programs and attackers send where something else is expected. */
export const HOSTILE: readonly unknown[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '💥'.repeat(3000),
  'a'.repeat(100_000),
  '\u202Eabc\u0000',
  "'; drop table partners; --",
  '%00%0d%0aset-cookie: x=1',
  '{{constructor.constructor("return 1")()}}',
  '../../etc/passwd',
  '=cmd|calc',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '275760-09-13T00:00:00Z',
  '2026-13-45T99:99:99Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'not-a-uuid',
  'NaN',
  '1e400',
  '-0',
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  2 ** 31,
  -(2 ** 63),
  true,
  null,
  [],
  {},
  [[]],
  [null],
  { constructor: { prototype: {} } },
  JSON.parse('{"__proto__":{"admin":true}}'),
  deep(50),
  deep(200),
]

type Node = Record<string, unknown> | unknown[]
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** Every place of a value, as paths. */
function placesOf(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (!isNode(value)) return [at]
  const keys = Array.isArray(value) ? value.keys().toArray() : Object.keys(value)
  return [at, ...keys.flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...at, key]))].filter(
    (path) => path.length > 0,
  )
}

function withValue(value: unknown, [key, ...rest]: (string | number)[], put: unknown): unknown {
  if (key === undefined) return put
  if (Array.isArray(value)) return value.map((one, i) => (i === key ? withValue(one, rest, put) : one))
  const object = { ...(value as Record<string, unknown>) }
  return { ...object, [key]: withValue(object[String(key)], rest, put) }
}

const DROP = Symbol('drop')

/** A good input with one place made bad: another value, a missing field, or a field too many. */
export function spoiled(input: Record<string, unknown>, fields: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const places: (string | number)[][] = [...placesOf(input), ...fields.map((field) => [field])]
  const change = fc.record({
    path: fc.constantFrom(...(places.length > 0 ? places : [['extra_field']])),
    put: fc.constantFrom<unknown>(...HOSTILE, DROP),
  })
  const extra = fc
    .constantFrom('extra_field', 'tenant_id', 'partner_id', 'role', 'is_admin', 'constructor', 'toString')
    .map((name) => ({ ...input, [name]: 'x' }))
  const changed = change.map(({ path, put }) => {
    if (put !== DROP) return withValue(input, path, put) as Record<string, unknown>
    const { [String(path[0])]: _, ...rest } = input
    return rest
  })
  return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 1, arbitrary: extra })
}

/** Bodies that are no JSON object at all, and their type. */
export const RAW_BODIES: readonly [type: string, body: string][] = [
  ['application/json', ''],
  ['application/json', '{'],
  ['application/json', 'null'],
  ['application/json', '[]'],
  ['application/json', '"text"'],
  ['application/json', '{"a":1,"a":2}'],
  ['application/json', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['application/json', `{"name":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`],
  ['application/json', '\ufeff{}'],
  ['application/json', '{"a":1e999}'],
  ['text/plain', '{}'],
  ['application/xml', '<a/>'],
  ['application/x-www-form-urlencoded', 'a=1'],
  ['', '{}'],
]
