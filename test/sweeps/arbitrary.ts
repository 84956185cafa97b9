// oxlint-disable no-underscore-dangle -- zod keeps its definitions there
import fc from 'fast-check'
import type * as z from 'zod'

/** Values that mean something in the world under test, by the name of the field that takes them. */
export type Pools = Readonly<Record<string, readonly unknown[]>>

export interface Wishes {
  pools: Pools
  /** Leave out whatever may be left out. */
  minimal?: boolean
}

interface Def {
  type: string
  format?: string
  checks?: { _zod: { def: { check: string } } }[]
  [part: string]: unknown
}
const defOf = (schema: z.ZodType): Def => schema.def as unknown as Def

/** Texts that some pattern of ours takes; a field's own `examples` come before them. */
const TEXTS = [
  'EMEA',
  'DE',
  'EUR',
  'en',
  'lake',
  'deals',
  'nordwind',
  'Brightpath',
  '2027-03',
  '2026-11-22',
  '2026-11-22T09:30:00Z',
  '#0b5fff',
  '1.0850',
  '09:00',
  'Europe/Berlin',
  '/logo.png',
  'somebody@brightpath.example',
  'firm.example',
  'https://firm.example/x',
  'a long enough secret',
]

const examplesOf = (schema: z.ZodType): unknown[] => {
  const examples = (schema as { meta?: () => { examples?: unknown[] } | undefined }).meta?.()?.examples
  return Array.isArray(examples) ? examples : []
}

const takes = (schema: z.ZodType) => (value: unknown) => schema.safeParse(value).success

function texts(schema: z.ZodType): fc.Arbitrary<unknown> {
  const { minLength, maxLength, format } = schema as {
    minLength?: number | null
    maxLength?: number | null
    format?: string | null
  }
  if (format === 'uuid' || format === 'guid') return fc.uuid({ version: [4, 7] })
  if (format === 'email') return fc.stringMatching(/^[a-z]{3,9}$/).map((name) => `${name}@firm.example`)
  const known = [...examplesOf(schema), ...TEXTS].filter(takes(schema))
  const [minLength_, maxLength_] = [minLength ?? 0, Math.min(maxLength ?? 40, 40)]
  const any = fc.string({ unit: 'grapheme', minLength: minLength_, maxLength: Math.max(minLength_, maxLength_) })
  const free = any.filter((text) => !text.includes('\0') && takes(schema)(text))
  const pattern = (schema as { _zod: { bag: { patterns?: Set<RegExp> } } })._zod.bag.patterns
  // A check of its own may refuse nearly all texts: then only known ones are tried.
  const picky = (pattern?.size ?? 0) > 0 || fc.sample(any, { numRuns: 20, seed: 1 }).filter(takes(schema)).length < 4
  if (!picky) return free
  if (known.length > 0) return fc.constantFrom(...known)
  const [only] = pattern ?? []
  if (!only) throw new Error('A text with a check of its own needs an example: `.meta({ examples: […] })`')
  return fc.stringMatching(only).filter(takes(schema))
}

function numbers(schema: z.ZodType): fc.Arbitrary<unknown> {
  const { minValue, maxValue, isInt, format } = schema as {
    minValue?: number | null
    maxValue?: number | null
    isInt?: boolean
    format?: string | null
  }
  const low = Math.max(minValue ?? -1_000_000, -1_000_000_000_000)
  const high = Math.min(maxValue ?? 1_000_000, 1_000_000_000_000)
  if (isInt || format === 'safeint' || format === 'int32')
    return fc.integer({ min: Math.max(Math.ceil(low), -2_147_483_648), max: Math.min(Math.floor(high), 2_147_483_647) })
  return fc.double({ min: low, max: high, noNaN: true })
}

const JSON_VALUE = fc.jsonValue({ maxDepth: 2 })

function fromPool(name: string, schema: z.ZodType, { pools }: Wishes): unknown[] {
  return (pools[name] ?? []).filter(takes(schema))
}

function objects(schema: z.ZodType, wishes: Wishes): fc.Arbitrary<unknown> {
  const shape = (schema as z.ZodObject).shape as Record<string, z.ZodType>
  const model: Record<string, fc.Arbitrary<unknown>> = {}
  const required: string[] = []
  for (const [name, field] of Object.entries(shape)) {
    const optional = field.safeParse(undefined).success
    if (optional && wishes.minimal) continue
    if (!optional) required.push(name)
    model[name] = fieldOf(name, field, wishes)
  }
  return fc.record(model, { requiredKeys: required }).map((value) => ({ ...value }))
}

/** A field by its name: mostly what the world knows, sometimes anything that the schema takes. */
function fieldOf(name: string, schema: z.ZodType, wishes: Wishes): fc.Arbitrary<unknown> {
  const known = fromPool(name, schema, wishes)
  if (known.length > 0) return fc.constantFrom(...known)
  return arbitraryOf(schema, wishes, name)
}

type Maker = (schema: z.ZodType, wishes: Wishes, name: string) => fc.Arbitrary<unknown>
const inner =
  (part: string): Maker =>
  (schema, wishes, name) =>
    arbitraryOf(defOf(schema)[part] as z.ZodType, wishes, name)
const orNothing =
  (nothing: unknown): Maker =>
  (schema, wishes, name) =>
    wishes.minimal
      ? fc.constant(nothing)
      : fc.oneof(
          { weight: 3, arbitrary: inner('innerType')(schema, wishes, name) },
          { weight: 1, arbitrary: fc.constant(nothing) },
        )

const lengthOf = (schema: z.ZodType, check: string, fallback: number): number => {
  const found = defOf(schema).checks?.find((one) => one._zod.def.check === check)?._zod.def as
    | { minimum?: number; maximum?: number }
    | undefined
  return found?.minimum ?? found?.maximum ?? fallback
}

const MAKERS: Record<string, Maker> = {
  string: (schema) => texts(schema),
  number: (schema) => numbers(schema),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  undefined: () => fc.constant(undefined),
  unknown: () => JSON_VALUE,
  any: () => JSON_VALUE,
  enum: (schema) => fc.constantFrom(...(schema as z.ZodEnum).options),
  literal: (schema) => fc.constantFrom(...(defOf(schema).values as unknown[])),
  object: objects,
  array: (schema, wishes, name) => {
    const minLength = lengthOf(schema, 'min_length', 0)
    const maxLength = Math.max(minLength, wishes.minimal ? minLength : Math.min(lengthOf(schema, 'max_length', 3), 3))
    return fc.array(fieldOf(name, defOf(schema).element as z.ZodType, wishes), { minLength, maxLength })
  },
  record: (schema, wishes, name) =>
    fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), arbitraryOf(defOf(schema).valueType as z.ZodType, wishes, name), {
      maxKeys: 3,
    }),
  union: (schema, wishes, name) =>
    fc.oneof(...(defOf(schema).options as z.ZodType[]).map((one) => arbitraryOf(one, wishes, name))),
  nullable: orNothing(null),
  optional: orNothing(undefined),
  default: inner('innerType'),
  prefault: inner('innerType'),
  readonly: inner('innerType'),
  nonoptional: (schema, wishes, name) => {
    const within = defOf(schema).innerType as z.ZodType
    return defOf(within).type === 'optional' ? inner('innerType')(within, wishes, name) : arbitraryOf(within, wishes, name)
  },
  catch: inner('innerType'),
  lazy: () => JSON_VALUE,
  // A preprocess has its transform first: what it makes is taken as well.
  pipe: (schema, wishes, name) => {
    const { in: before, out } = defOf(schema) as { in: z.ZodType; out: z.ZodType } & Def
    return arbitraryOf(defOf(before).type === 'transform' ? out : before, wishes, name)
  },
  tuple: (schema, wishes, name) => fc.tuple(...(defOf(schema).items as z.ZodType[]).map((one) => arbitraryOf(one, wishes, name))),
  void: () => fc.constant(undefined),
}

/** Inputs that a schema takes. Refuses a kind of schema that it does not know, so that no route goes untried. */
export function arbitraryOf(schema: z.ZodType, wishes: Wishes, name = ''): fc.Arbitrary<unknown> {
  const own = examplesOf(schema)
  const make = MAKERS[defOf(schema).type]
  if (own.length > 0 && (!make || defOf(schema).type !== 'string')) return fc.constantFrom(...own)
  if (!make)
    throw new Error(`${name}: say in test/sweeps/arbitrary.ts how to make a ${defOf(schema).type}, or give the schema examples`)
  return make(schema, wishes, name)
}
