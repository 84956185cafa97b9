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
