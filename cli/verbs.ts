import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import * as z from 'zod'
import { ClientError, callOf } from '../kernel/client.ts'
import { isRoute, type Route } from '../kernel/contract.ts'
import { contracts } from '../modules/contract.ts'
import { routes } from '../modules/routes.gen.ts'
import { readLogin } from './login.ts'

const kebab = (name: string): string => name.replaceAll('_', '-')

interface Property {
  type?: string | string[]
  anyOf?: { type?: string }[]
  description?: string
  enum?: unknown[]
}

const isPlain = (property: Property): boolean =>
  !['object', 'array'].includes(String(property.type)) &&
  !property.anyOf?.some((one) => ['object', 'array'].includes(String(one.type)))

/** A word of the command line as the field's type: JSON where it is JSON, else the text itself. */
function valueOf(text: string, property: Property): unknown {
  const types = [property.type, ...(property.anyOf ?? []).map((one) => one.type)].flat()
  if (types.includes('string') && !types.includes('null')) return text
  if (text === 'null') return null
  if (types.includes('string')) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

async function send(route: Route, input: Record<string, unknown>): Promise<void> {
  const login = readLogin()
  const { method, url, body } = callOf(routes, route.name, input)
  const headers = {
    ...login.headers,
    accept: 'application/json',
    'x-rialto-via': 'cli',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const answer = await fetch(new URL(url, login.url), { method, headers, ...(body === undefined ? {} : { body }) })
  const text = await answer.text()
  if (!answer.ok) throw new ClientError(answer.status, JSON.parse(text) as Record<string, unknown>)
  if (text) console.log(JSON.stringify(JSON.parse(text), null, 2))
}

function addVerb(parent: Command, verb: string, route: Route): void {
  const schema = z.toJSONSchema(route.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>
    required?: string[]
  }
  const command = parent.command(kebab(verb)).description(route.summary)
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const hint = isPlain(property) ? 'value' : 'json'
    const words = [property.description, property.enum?.join('|')].filter(Boolean).join('; ')
    const flags = `--${kebab(name)} <${hint}>`
    if (schema.required?.includes(name)) command.option(flags, `${words} (needed)`)
    else command.option(flags, words)
  }
  command.option('--json <file>', 'read the whole input as JSON from a file, - for standard input')
  command.action(async (options: Record<string, string | undefined>) => {
    const { json, ...given } = options
    const base = json ? (JSON.parse(readFileSync(json === '-' ? 0 : json, 'utf8')) as Record<string, unknown>) : {}
    const named = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
      const text = given[name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]
      return text === undefined
        ? []
        : [[name, isPlain(property) ? valueOf(text, property) : (JSON.parse(text) as unknown)] as const]
    })
    await send(route, { ...base, ...Object.fromEntries(named) })
  })
}

/** One command for each verb of the product: `rialto deals approve --id …`. */
export function addVerbs(program: Command): void {
  for (const [module, contract] of Object.entries(contracts)) {
    const parent = program.command(module).description(`Verbs of ${module}, on a running Rialto`)
    for (const [verb, value] of Object.entries(contract)) if (isRoute(value)) addVerb(parent, verb, value)
  }
}
