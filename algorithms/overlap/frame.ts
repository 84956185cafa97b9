import { type FaultCode, fault } from './fault.ts'

/** The kinds of message, in the order in which a session uses them; `withheld` takes the place of the last `double`. */
export const FRAMES = { hello: 1, commit: 2, points: 3, double: 4, withheld: 5, close: 6, refusal: 7 } as const
export type FrameKind = keyof typeof FRAMES

/** Any ordered, reliable way to pass byte strings to one peer: HTTP, a socket, a queue, a mailbox. */
export type Channel = { send: (frame: Uint8Array) => Promise<void>; receive: () => Promise<Uint8Array> }

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** SHA-512 of the parts, one after the other. */
export async function sha512(...parts: (Uint8Array | string)[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-512', join(parts)))
}

function join(parts: (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part))
  const out = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of bytes) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** One byte of kind, then the body; text bodies are JSON in UTF-8. */
export function makeFrame(kind: FrameKind, body: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return join([Uint8Array.of(FRAMES[kind]), body])
}

/** A frame of JSON read back as a plain object; `what` names the message in the error. */
export function readJson(body: Uint8Array, what: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(body))
  } catch {
    throw fault('peer', `the peer's ${what} is not JSON in UTF-8`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fault('peer', `the peer's ${what} is not a JSON object`)
  // JSON.parse makes only string keys, so the object is a record.
  return value as Record<string, unknown>
}

export type Talk = {
  send: (kind: FrameKind, body: Uint8Array | string) => Promise<void>
  /** The body of the next frame, which must be of one of the kinds. */
  receive: (...kinds: FrameKind[]) => Promise<{ kind: FrameKind; body: Uint8Array<ArrayBuffer> }>
  /** Running hash over every frame so far, both directions; equal on both sides when both saw the same. */
  transcript: () => Promise<string>
}

/** Wraps a channel with kinds, order and the transcript: h ← SHA-512(h ‖ sender ‖ SHA-512(frame)), h₀ = SHA-512(protocol name). */
export function openTalk(channel: Channel, role: 'joiner' | 'server', protocol: string): Talk {
  const other = role === 'joiner' ? 'server' : 'joiner'
  let hash = sha512(protocol)
  function note(sender: string, frame: Uint8Array): void {
    const before = hash
    hash = sha512(frame).then(async (digest) => sha512(await before, sender, digest))
  }
  return {
    async send(kind, body) {
      const frame = makeFrame(kind, body)
      note(role, frame)
      await channel.send(frame)
    },
    async receive(...kinds) {
      const frame = await channel.receive()
      note(other, frame)
      const kind = (Object.keys(FRAMES) as FrameKind[]).find((name) => FRAMES[name] === frame[0])
      const body = frame.slice(1)
      if (kind === 'refusal') throw refusalOf(body)
      if (!kind || !kinds.includes(kind)) {
        throw fault(
          'peer',
          `the peer sent ${kind ?? `an unknown message (${frame[0] ?? 'empty'})`} where ${kinds.join(' or ')} was due`,
        )
      }
      return { kind, body }
    },
    transcript: async () => toHex(await hash),
  }
}

function refusalOf(body: Uint8Array): Error {
  const { code, message } = readJson(body, 'refusal')
  const codes: FaultCode[] = ['input', 'peer', 'limit']
  const known = codes.find((name) => name === code) ?? 'peer'
  return fault(known, `the peer refused: ${typeof message === 'string' ? message.slice(0, 500) : 'no reason given'}`)
}
