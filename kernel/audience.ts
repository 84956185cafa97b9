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
