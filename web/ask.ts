import { ClientError, type Received, type Sent } from '../kernel/client.ts'
import type { Answered } from './first/begin.ts'

/** The ecosystem of the page, from /e/<slug>/…; every call is made in its name. */
export const slugOf = (pathname: string): string | null => {
  const slug = /^\/e\/([^/]+)/.exec(pathname)?.[1]
  return slug ? decodeURIComponent(slug) : null
}

let signedIn: (() => void) | null = null
let waiting: Promise<void> | null = null
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** Whether a call found the session expired; the sign-in sheet shows itself while true. */
export const sessionGate = {
  isOpen: (): boolean => waiting !== null,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** Called by the sign-in sheet: the calls that waited are sent again. */
  pass() {
    signedIn?.()
    signedIn = null
    waiting = null
    tell()
  },
}

/** Opens the sign-in sheet over the page, once for all who wait, and ends when somebody signed in. */
export function waitForSignIn(): Promise<void> {
  if (!waiting) {
    waiting = new Promise((resolve) => {
      signedIn = resolve
    })
    tell()
  }
  return waiting
}

let isParting = false
let nameOf: string | null = null

/** Calls begun inside are made in the name of another ecosystem than the page's now, and outlive the page where it is left. */
export function onBehalf<T>({ slug, parting }: { slug: string | null; parting: boolean }, doing: () => T): T {
  nameOf = slug
  isParting = parting
  try {
    return doing()
  } finally {
    nameOf = null
    isParting = false
  }
}

/** What the page itself asked before this code came, in its own ecosystem's name; each answer is taken once. */
function begun({ method, url, headers }: Sent): Promise<Answered | null> | undefined {
  const isOwn = (headers['x-ecosystem'] ?? null) === slugOf(location.pathname)
  const answer = method === 'GET' && isOwn ? globalThis.rialtoBegun?.[url] : undefined
  if (answer) delete globalThis.rialtoBegun?.[url]
  return answer
}

async function once(sent: Sent): Promise<Received> {
  const asked = begun(sent)
  const early = asked && (await asked)
  if (early) return early
  const init: RequestInit = { method: sent.method, headers: sent.headers, credentials: 'same-origin' }
  if (isParting) init.keepalive = true
  if (sent.body !== undefined) init.body = sent.body
  if (sent.signal) init.signal = sent.signal
  try {
    const answer = await fetch(sent.url, init)
    return { status: answer.status, text: await answer.text() }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ClientError(0, { code: 'unavailable', detail: '' })
  }
}

/** Sends a call; when the session has expired it waits for a new sign-in and sends the same call again. */
export async function send(sent: Sent): Promise<Received> {
  const answer = await once(sent)
  if (answer.status !== 401) return answer
  await waitForSignIn()
  return once(sent)
}

export const ecosystemHeader = (): Record<string, string> => {
  const slug = nameOf ?? slugOf(location.pathname)
  return slug ? { 'x-ecosystem': slug } : {}
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return { detail: text.slice(0, 300) }
  }
}

/** A call outside the contracts (sign-in, demo), by method and path. It never waits for a sign-in. */
export async function ask<T>(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', ...ecosystemHeader(), ...more }
  const sent: Sent = { method, url: `/api${path}`, headers }
  if (body !== undefined) {
    headers['content-type'] = 'application/json'
    sent.body = JSON.stringify(body)
  }
  const { status, text } = await once(sent)
  if (status >= 400) {
    const problem = parsed(text)
    // better-auth answers {code, message}, the verbs answer problem documents.
    throw new ClientError(status, { ...problem, detail: problem.detail ?? problem.message })
  }
  // The shape is the caller's word: these few paths have no contract.
  return (text ? JSON.parse(text) : undefined) as T
}

/** A key that makes a repeated write happen once; `crypto.randomUUID` is missing where the page came over plain HTTP. */
export function writeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}
