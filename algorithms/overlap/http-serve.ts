import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { fault, isFault } from './fault.ts'
import { type Channel, makeFrame } from './frame.ts'
import { POINT_BYTES } from './group.ts'

/** The one path; every message is a POST and its answer the response. */
export const OVERLAP_PATH = '/overlap'
/** Names the session in every request but the first, and in every answer. */
export const SESSION_HEADER = 'x-overlap-session'
/** The content type of every message. */
export const FRAME_TYPE = 'application/octet-stream'

/** `run` carries one session over the channel; `seconds` is how long a silent session is kept. */
export type ServeOptions = { run: (channel: Channel) => Promise<void>; max_list: number; max_sessions: number; seconds: number }

type Session = { exchange: (frame: Uint8Array) => Promise<Uint8Array>; end: () => void; timer: NodeJS.Timeout | undefined }

/** An HTTP server (not yet listening) that gives every new peer a channel. */
export function overlapServer(options: ServeOptions): Server {
  const sessions = new Map<string, Session>()
  return createServer((request, response) => {
    answer(request, response, sessions, options).catch((error) => refuse(response, error))
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  sessions: Map<string, Session>,
  options: ServeOptions,
): Promise<void> {
  if (request.method !== 'POST' || request.url !== OVERLAP_PATH) throw fault('peer', `only POST ${OVERLAP_PATH} is answered here`)
  // A web page of another origin can post to this machine, but not with this type: then the browser would have to ask first.
  if (request.headers['content-type'] !== FRAME_TYPE) throw fault('peer', `messages are of type ${FRAME_TYPE} here`)
  const frame = await readBody(request, 1 + options.max_list * POINT_BYTES)
  const named = request.headers[SESSION_HEADER]
  const id = typeof named === 'string' ? named : open(sessions, options)
  const session = sessions.get(id)
  if (!session) throw fault('peer', 'this session is unknown or over; start again')
  clearTimeout(session.timer)
  const reply = await session.exchange(frame)
  session.timer = setTimeout(
    () => void session.exchange(makeFrame('refusal', silence)).catch(() => {}),
    options.seconds * 1000,
  ).unref()
  response.writeHead(200, { 'content-type': FRAME_TYPE, 'content-length': reply.length, [SESSION_HEADER]: id }).end(reply)
}

const silence = JSON.stringify({ code: 'peer', message: 'it fell silent' })

function open(sessions: Map<string, Session>, options: ServeOptions): string {
  if (sessions.size >= options.max_sessions) throw fault('limit', `${sessions.size} sessions are running; try again later`)
  const id = randomUUID()
  const { channel, session } = turnChannel()
  sessions.set(id, session)
  // What the session throws has been told to the peer and reported by `run`; here only the seat is freed.
  void options.run(channel).finally(() => {
    clearTimeout(session.timer)
    sessions.delete(id)
    session.end()
  })
  return id
}

/** A channel for strict turns: a request delivers one frame, the next frame sent is its answer. */
function turnChannel(): { channel: Channel; session: Session } {
  let deliver: ((frame: Uint8Array) => void) | undefined
  let early: Uint8Array | undefined
  let reply: ((frame: Uint8Array) => void) | undefined
  let over = false
  const session: Session = {
    timer: undefined,
    end() {
      over = true
      reply?.(makeFrame('refusal', JSON.stringify({ code: 'peer', message: 'the session is over' })))
    },
    exchange(frame) {
      if (over || reply) return Promise.reject(fault('peer', 'a message came out of turn'))
      const answered = new Promise<Uint8Array>((resolve) => {
        reply = resolve
      })
      if (deliver) deliver(frame)
      else early = frame
      deliver = undefined
      return answered
    },
  }
  const channel: Channel = {
    async send(frame) {
      const waiting = reply
      reply = undefined
      waiting?.(frame)
    },
    async receive() {
      const frame = early
      early = undefined
      return frame ?? new Promise<Uint8Array>((resolve) => (deliver = resolve))
    },
  }
  return { channel, session }
}

async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += part.length
    if (size > most) throw fault('limit', `a message may have ${most} bytes here`)
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

function refuse(response: ServerResponse, error: unknown): void {
  const told = isFault(error) ? error : fault('peer', 'the server failed')
  const frame = makeFrame('refusal', JSON.stringify({ code: told.code, message: told.message }))
  response.writeHead(told.code === 'limit' ? 429 : 400, { connection: 'close' }).end(frame)
}
