import type * as z from 'zod'

/** The eight refusals; anything else that is thrown is a bug. */
const REFUSALS = {
  invalid: [422, 'The request is not valid'],
  unauthenticated: [401, 'Sign in first'],
  forbidden: [403, 'You may not do this'],
  not_found: [404, 'There is nothing here, or it is not yours to see'],
  conflict: [409, 'This conflicts with what is there'],
  stale: [412, 'This has changed since you read it'],
  limit: [429, 'Too many requests'],
  unavailable: [503, 'Not available just now'],
} as const satisfies Record<string, readonly [number, string]>

export type RefusalCode = keyof typeof REFUSALS

/** One field that is wrong and what to do about it; `path` as in `rows.3.amount_minor`. */
export interface Issue {
  path: string
  message: string
  /** What the message says, for saying it in another language: a code and what it speaks of. */
  code?: string | undefined
  values?: Readonly<Record<string, string>> | undefined
}

/** A refusal with a code of `REFUSALS`, a sentence for people, and details that the caller may see. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly details: Record<string, unknown>
  constructor(code: RefusalCode, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.details = details
  }
}

/** A refusal 'invalid' that names the fields. */
export function invalid(issues: Issue[]): Refusal {
  const first = issues[0]
  return new Refusal('invalid', first ? `${first.path || 'input'}: ${first.message}` : REFUSALS.invalid[1], { issues })
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}
const FORMS: Readonly<Record<string, string>> = {
  email: 'a mail address as name@example.com',
  uuid: 'an id as 0199a0b2-4c3d-7e5f-8a6b-7c8d9e0f1a2b',
  url: 'an address as https://example.com',
  date: 'a day as 2026-11-22',
}

function sayLimit(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig>): string {
  const isSmall = issue.code === 'too_small'
  const count = Number(isSmall ? issue.minimum : issue.maximum)
  const [beyond, bound] = isSmall ? ['above', 'at least'] : ['below', 'at most']
  if (issue.origin !== 'string' && issue.origin !== 'array') return `must be ${issue.inclusive ? bound : beyond} ${count}`
  if (issue.origin === 'string' && isSmall && count === 1) return 'must not be empty'
  const [one, many] = issue.origin === 'string' ? ['character', 'characters'] : ['entry', 'entries']
  return `must have ${issue.exact ? 'exactly' : bound} ${count} ${count === 1 ? one : many}`
}

/** What a schema without words of its own says of a field: what it takes, in plain words. */
export function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'too_small' || issue.code === 'too_big') return sayLimit(issue)
  if (issue.code === 'invalid_type') return `must be ${KINDS[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`
  if (issue.code === 'not_multiple_of') return `must be a multiple of ${issue.divisor}`
  if (issue.code === 'invalid_format')
    return issue.format === 'regex'
      ? `must have the form ${String(issue.pattern).replace(/^\/|\/\w*$/g, '')}`
      : `must be ${FORMS[issue.format] ?? issue.format}`
  if (issue.code === 'invalid_union' && Array.isArray(issue.options)) return `must be one of ${issue.options.join(', ')}`
  return undefined
}

/** Is nothing there, as the path of an issue leads through what was sent? */
const isAbsent = (sent: unknown, path: readonly PropertyKey[]): boolean =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], sent) === undefined

const NEEDS = new Set(['invalid_type', 'invalid_value', 'invalid_union'])

/** What a schema found in `sent`, field by field; a field of several shapes is told by the one that it comes nearest to. */
export function issuesIn(found: readonly z.core.$ZodIssue[], sent: unknown, above: readonly PropertyKey[] = []): Issue[] {
  return found.flatMap((issue) => {
    const at = [...above, ...issue.path]
    const path = at.join('.')
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: 'is not a field of this request' }))
    if (NEEDS.has(issue.code) && isAbsent(sent, at)) return [{ path, message: 'is missing' }]
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }]
    const shapes = issue.errors.map((one) => issuesIn(one, sent, at))
    const [nearest] = shapes.filter((one) => one.every((inner) => inner.path !== path)).sort((a, b) => a.length - b.length)
    return nearest ?? [{ path, message: [...new Set(shapes.flat().map(({ message }) => message))].join(', or ') }]
  })
}

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  [extra: string]: unknown
}

/** The RFC 9457 document of a refusal. */
export function problem(refusal: Refusal): Problem {
  const [status, title] = REFUSALS[refusal.code]
  return { type: `urn:rialto:${refusal.code}`, title, status, detail: refusal.message, code: refusal.code, ...refusal.details }
}
