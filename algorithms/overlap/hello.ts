import { fault } from './fault.ts'
import { readJson } from './frame.ts'

/** The version of the messages; parties of different versions refuse each other. */
export const PROTOCOL = 'rialto-overlap/1'

/** Who learns which rows are common: nobody (only their number), both, or one side. */
export type Reveal = 'count' | 'both' | 'joiner' | 'server'
export const REVEALS: readonly Reveal[] = ['count', 'both', 'joiner', 'server']

/** What one party allows. All numbers are integers; keys are counted after duplicates are gone. */
export type Limits = {
  /** Longest list of either side, ≥ 1. */
  max_list: number
  /** Shortest list of either side: a list of one key would ask for one membership. */
  min_list: number
  /** Smallest overlap that is told; below it both sides learn only that it is below. 0 or 1 switches it off. */
  min_intersection: number
  /** How many of the peer's keys this side still answers for; the caller subtracts `theirs` of every result. */
  probe_budget: number
  /** Modes this side agrees to. */
  reveal: readonly Reveal[]
}

export const DEFAULT_LIMITS: Limits = {
  max_list: 1_000_000,
  min_list: 1,
  min_intersection: 0,
  probe_budget: 10_000_000,
  reveal: ['count', 'both'],
}

export type Hello = {
  protocol: string
  group: 'ristretto255'
  role: 'joiner' | 'server'
  /** 32 random bytes in hex; both nonces salt the hashing of the session. */
  nonce: string
  /** What the keys are, as `domain`; both sides must say the same. */
  kind: string
  size: number
  reveal: Reveal
  min_intersection: number
  /** SHA-512(salt ‖ sorted keys) in hex, salt kept secret: binds the list and says nothing about it. */
  list_commitment: string
}

function hexOf(value: unknown, bytes: number, what: string): string {
  if (typeof value !== 'string' || value.length !== bytes * 2 || !/^[0-9a-f]*$/.test(value)) {
    throw fault('peer', `the peer's ${what} is not ${bytes} bytes in lower-case hex`)
  }
  return value
}

function countOf(value: unknown, what: string): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw fault('peer', `the peer's ${what} is not a whole number from 0`)
  return Number(value)
}

/** Reads the peer's hello and holds it against our own words and limits. */
export function readHello(
  body: Uint8Array,
  own: Pick<Hello, 'role' | 'kind' | 'size'> & { reveal?: Reveal },
  limits: Limits,
): Hello {
  if (body.length > 4096) throw fault('peer', `the peer's hello has ${body.length} bytes; 4,096 are allowed`)
  const said = readJson(body, 'hello')
  const due = own.role === 'joiner' ? 'server' : 'joiner'
  if (said.protocol !== PROTOCOL)
    throw fault('peer', `the peer speaks ${String(said.protocol).slice(0, 50)}, this side ${PROTOCOL}`)
  if (said.group !== 'ristretto255')
    throw fault('peer', `the peer's group is ${String(said.group).slice(0, 50)}; only ristretto255 is allowed`)
  if (said.role !== due) throw fault('peer', `the peer calls itself ${String(said.role).slice(0, 20)}; it must be ${due}`)
  if (said.kind !== own.kind) {
    throw fault(
      'input',
      `the peer's keys are ${String(said.kind).slice(0, 50)}, ours ${own.kind}; both lists must use the same kind`,
    )
  }
  const reveal = REVEALS.find((mode) => mode === said.reveal)
  if (!reveal || (own.reveal && reveal !== own.reveal)) {
    throw fault(
      'peer',
      `the peer asks to reveal ${String(said.reveal).slice(0, 20)}${own.reveal ? `, agreed was ${own.reveal}` : ''}`,
    )
  }
  if (!limits.reveal.includes(reveal))
    throw fault('limit', `reveal ${reveal} is not allowed here; allowed: ${limits.reveal.join(', ')}`)
  const size = countOf(said.size, 'list size')
  checkSizes(own.size, size, limits)
  return {
    protocol: PROTOCOL,
    group: 'ristretto255',
    role: due,
    nonce: hexOf(said.nonce, 32, 'nonce'),
    kind: own.kind,
    size,
    reveal,
    min_intersection: countOf(said.min_intersection, 'minimum intersection'),
    list_commitment: hexOf(said.list_commitment, 64, 'list commitment'),
  }
}

function checkSizes(mine: number, theirs: number, limits: Limits): void {
  for (const [whose, size] of [
    ['this', mine],
    ['the peer’s', theirs],
  ] as const) {
    if (size > limits.max_list) throw fault('limit', `${whose} list has ${size} keys; ${limits.max_list} are allowed`)
    if (size < Math.max(1, limits.min_list))
      throw fault('limit', `${whose} list has ${size} keys; at least ${limits.min_list} are needed`)
  }
  if (theirs > limits.probe_budget) {
    throw fault('limit', `the peer asks about ${theirs} keys; its probe budget here has ${limits.probe_budget} left`)
  }
}

/** Refuses limits that make no sense, by name. */
export function checkLimits(limits: Limits): void {
  for (const name of ['max_list', 'min_list', 'min_intersection', 'probe_budget'] as const) {
    if (!Number.isSafeInteger(limits[name]) || limits[name] < 0)
      throw fault('input', `${name} must be a whole number from 0, not ${limits[name]}`)
  }
  if (limits.reveal.length === 0) throw fault('input', `reveal must allow at least one of ${REVEALS.join(', ')}`)
}
