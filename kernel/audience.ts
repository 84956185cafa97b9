import * as z from 'zod'
import { type Audience, isInnerOnly } from './contract.ts'

const PASS = new Set([
  'string',
  'number',
  'int',
  'boolean',
  'bigint',
  'date',
  'enum',
  'literal',
  'null',
  'undefined',
  'any',
  'unknown',
  'void',
  'never',
  'template_literal',
  'custom',
  'file',
])

interface Def {
  type: string
  [part: string]: unknown
}

/** The schema as an audience sees it: for `outer`, fields marked innerOnly are gone. Refuses wrappers that it does not know. */
export function schemaFor(schema: z.ZodType, audience: Audience): z.ZodType {
  if (audience === 'inner') return schema
  return strip(schema)
}

function strip(schema: z.ZodType): z.ZodType {
  const def = schema.def as unknown as Def
  const inner = () => strip(def.innerType as z.ZodType)
  if (PASS.has(def.type)) return schema
  switch (def.type) {
    case 'object': {
      const shape = (schema as z.ZodObject).shape as Record<string, z.ZodType>
      const kept = Object.entries(shape).flatMap(([key, value]) => (isInnerOnly(value) ? [] : [[key, strip(value)] as const]))
      return z.object(Object.fromEntries(kept))
    }
    case 'array':
      return z.array(strip(def.element as z.ZodType))
    case 'nullable':
      return inner().nullable()
    case 'optional':
      return inner().optional()
    case 'default':
    case 'prefault':
      return inner().optional()
    case 'readonly':
      return inner()
    case 'record':
      return z.record(def.keyType as z.core.$ZodRecordKey, strip(def.valueType as z.ZodType))
    case 'union':
      return z.union((def.options as z.ZodType[]).map(strip))
    case 'lazy':
      return z.lazy(() => strip((def.getter as () => z.ZodType)()))
    default:
      throw new Error(`An output schema has a ${def.type}, which the audiences do not know how to walk`)
  }
}

export type Cut = (value: unknown) => unknown

const refuse = (): never => {
  throw new Error('The value does not fit its schema')
}

// What a value of these types must be; `$` stands for it. Formats and ranges are for the tests, which parse what was answered.
const IS: Record<string, string> = {
  string: "typeof $ === 'string'",
  enum: "typeof $ === 'string'",
  number: 'Number.isFinite($)',
  boolean: "typeof $ === 'boolean'",
  unknown: 'true',
}

/** How to copy a value: a condition on it when it stays as it is, a function when it is made anew. */
function partOf(schema: z.ZodType): string | Cut {
  const def = schema.def as unknown as Def
  const plain = IS[def.type]
  if (plain) return plain
  if (def.type === 'nullable' || def.type === 'optional') {
    const [none, part] = [def.type === 'nullable' ? null : undefined, partOf(def.innerType as z.ZodType)]
    return typeof part === 'string' ? `($ === ${none} || ${part})` : (value) => (value === none ? none : part(value))
  }
  if (def.type === 'array') {
    const element = whole(def.element as z.ZodType)
    return (value) => (Array.isArray(value) ? value.map((one) => element(one)) : refuse())
  }
  if (def.type === 'object' && def.catchall === undefined) return copied((schema as z.ZodObject).shape)
  return (value) => schema.parse(value)
}

function whole(schema: z.ZodType): Cut {
  const part = partOf(schema)
  return typeof part === 'string' ? written(`value => ${part.replaceAll('$', 'value')} ? value : refuse()`, []) : part
}

// Written as code, as zod does for itself: a copy that loops over names costs ten times as much as the object that it makes.
function copied(shape: Record<string, z.ZodType>): Cut {
  const names = Object.keys(shape).map((name) => JSON.stringify(name))
  const parts = Object.values(shape).map(partOf)
  const reads = names.map((name, i) => `v${i} = value[${name}]`)
  const checks = parts.flatMap((part, i) => (typeof part === 'string' ? [part.replaceAll('$', `v${i}`)] : []))
  const fields = names.map((name, i) => `${name}: ${typeof parts[i] === 'string' ? `v${i}` : `parts[${i}](v${i})`}`)
  return written(
    `value => {
      if (typeof value !== 'object' || value === null) refuse()
      const ${[...reads, 'end = 0'].join()}
      if (!(${['true', ...checks].join(' && ')})) refuse()
      return {${fields.join()}}
    }`,
    parts,
  )
}

const written = (code: string, parts: (string | Cut)[]): Cut =>
  // oxlint-disable-next-line typescript/no-implied-eval -- the code holds nothing but the names of our own schemas
  new Function('parts', 'refuse', `return ${code}`)(parts, refuse) as Cut

/**
 * Copies of a value only what the schema names, at a small part of what `parse` costs. A value of another type goes to `parse`, which
 * refuses it by the field's name.
 */
export function cutBy(schema: z.ZodType): Cut {
  let cut: Cut | undefined
  return (value) => {
    try {
      // Made at the first call: most routes of a process are never asked.
      return (cut ??= whole(schema))(value)
    } catch {
      return schema.parse(value)
    }
  }
}
