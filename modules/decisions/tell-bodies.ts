import * as z from 'zod'
import { type Field, OPERATORS } from '../../kernel/conditions.ts'
import { DocumentBody, StoredBody } from './contract.ts'
import type { Kind } from './kinds.ts'

type Json = { [key: string]: unknown }

// A group of conditions holds groups. Its form is written out this often, so that a reader follows no reference; deeper ones are the same.
const DEPTH = 2
const DEEPER = { type: 'object', description: 'A group within a group has the same form' }

const DEFINED = '#/$defs/'
function inlined(part: unknown, defs: Json, depth: number): unknown {
  if (Array.isArray(part)) return part.map((one) => inlined(one, defs, depth))
  if (typeof part !== 'object' || part === null) return part
  if ('$ref' in part && typeof part.$ref === 'string' && part.$ref.startsWith(DEFINED))
    return depth === DEPTH ? DEEPER : inlined(defs[part.$ref.slice(DEFINED.length)], defs, depth + 1)
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inlined(value, defs, depth)]))
}

const factText = ({ name, type, choices, label }: Field) =>
  `${name} (${choices ? choices.join(', ') : type})${label ? `: ${label}` : ''}`

/** The form of a kind's body in JSON Schema; the facts that its table may use stand in words. */
function schemaOf(name: string, { body, facts }: Kind): Json {
  const {
    $schema: _,
    $defs = {},
    ...schema
  } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json
  const told = facts
    ? `. Its facts are ${facts.map(factText).join('; ')}. Its operators are ${Object.keys(OPERATORS).join(' ')}`
    : ''
  // The definitions of a JSON Schema are schemas by their names.
  const written = inlined(schema, $defs as Json, 0) as Json
  return { ...written, title: name, description: `The body of a document of the kind ${name}${told}` }
}

/** Puts the forms of all bodies into what is told of the routes, OpenAPI and the tools of agents, and makes them when that is asked for. */
export function tellBodies(kinds: ReadonlyMap<string, Kind>): void {
  const told = {
    get anyOf() {
      return [...kinds].map(([name, kind]) => schemaOf(name, kind))
    },
  }
  for (const schema of [DocumentBody, StoredBody]) z.globalRegistry.add(schema, told)
}
