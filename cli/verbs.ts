import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import * as z from 'zod'
import { ClientError, callOf } from '../kernel/client.ts'
import { isRoute, pathParameters, type Route } from '../kernel/contract.ts'
import { contracts } from '../modules/contract.ts'
import { routes } from '../modules/routes.gen.ts'
import { jsonOf, placeOf, readLogin } from './login.ts'

const kebab = (name: string): string => name.replaceAll('_', '-')

interface Property {
  type?: string | string[]
  anyOf?: { type?: string }[]
  items?: Property
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

/** A list of words may be written as such, `a,b`; whatever else is not plain is JSON. */
function partsOf(name: string, text: string, { type, items }: Property): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    if (type === 'array' && items && isPlain(items)) return text.split(',').map((one) => valueOf(one.trim(), items))
    throw new Error(
      `--${kebab(name)}: takes JSON${type === 'array' ? ', as [{…}]' : ', as {…}'}; in a shell, within single quotes`,
    )
  }
}

function fileAt(path: string): Record<string, unknown> {
  if (!existsSync(path)) throw new Error(`--file: there is no file ${path}`)
  return { file: new Uint8Array(readFileSync(path)) }
}

async function send(route: Route, input: Record<string, unknown>, version: string | undefined): Promise<void> {
  // Without it there is no address to call; whatever else is missing the server names.
  const missing = pathParameters(route.path).find((name) => input[name] === undefined)
  if (missing) throw new Error(`--${kebab(missing)}: say which, as this command needs it`)
  const login = readLogin()
  const { method, url, body } = callOf(routes, route.name, input)
  const headers = {
    ...login.headers,
    accept: 'application/json',
    'x-rialto-via': 'cli',
    ...(version === undefined ? {} : { 'if-match': version }),
    ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'application/json' : 'application/octet-stream' }),
  }
  const sent = { method, headers, ...(body === undefined ? {} : { body }) }
  const answer = await fetch(placeOf(url, login.url), sent).catch((error: Error) => {
    throw new Error(`Nothing answers at ${login.url}: start Rialto there, or name its address with RIALTO_URL`, { cause: error })
  })
  const found = await jsonOf(answer, login.url)
  if (!answer.ok) throw new ClientError(answer.status, (found ?? {}) as Record<string, unknown>)
  if (found !== undefined) console.log(JSON.stringify(found, null, 2))
}

interface Schema {
  properties?: Record<string, Property>
  required?: string[]
}

const isFile = (route: Route, name: string): boolean => route.upload !== undefined && name === 'file'

function hintOf(route: Route, name: string, property: Property): string {
  if (isFile(route, name)) return 'path'
  if (isPlain(property)) return 'value'
  return property.items && isPlain(property.items) ? 'a,b' : 'json'
}

function readJson(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new Error(`--json: ${path} cannot be read as JSON (${error instanceof Error ? error.message : error})`, {
      cause: error,
    })
  }
}

/** The input of a verb from the options of its command, over what a file gives. */
function inputOf(route: Route, { properties = {} }: Schema, { json, ...given }: Record<string, string | undefined>) {
  const named = Object.entries(properties).flatMap(([name, property]): [string, unknown][] => {
    const text = given[name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]
    if (text === undefined) return []
    if (isFile(route, name)) return [['name', basename(text)], ...Object.entries(fileAt(text))]
    return [[name, isPlain(property) ? valueOf(text, property) : partsOf(name, text, property)]]
  })
  // What is named wins over what goes without saying, as a file's own name.
  return { ...(json ? readJson(json) : {}), ...Object.fromEntries(named.toReversed()) }
}

function addVerb(parent: Command, verb: string, route: Route): void {
  const schema = z.toJSONSchema(route.input, { io: 'input', unrepresentable: 'any' }) as Schema
  const command = parent.command(kebab(verb)).description(route.summary)
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const choices = property.enum ?? property.items?.enum
    const words = [property.description, choices?.join('|')].filter(Boolean).join('; ')
    const flags = `--${kebab(name)} <${hintOf(route, name, property)}>`
    if (schema.required?.includes(name)) command.option(flags, `${words} (needed)`)
    else command.option(flags, words)
  }
  command.option('--json <file>', 'read the whole input as JSON from a file, - for standard input')
  if (route.versioned)
    command.option('--if-match <version>', 'only if this is still its version: refused (412) when it has changed')
  command.action((options: Record<string, string | undefined>) => send(route, inputOf(route, schema, options), options.ifMatch))
}

/** One command for each verb of the product: `rialto deals approve --id …`. */
export function addVerbs(program: Command): void {
  for (const [module, contract] of Object.entries(contracts)) {
    const parent = program.command(module).description(`Verbs of ${module}, on a running Rialto`)
    for (const [verb, value] of Object.entries(contract)) if (isRoute(value)) addVerb(parent, verb, value)
  }
}
