import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { fault } from './fault.ts'
import type { Channel } from './frame.ts'
import { FRAME_TYPE, OVERLAP_PATH, SESSION_HEADER } from './http-serve.ts'

/** A channel to an `overlapServer` at `to` (http or https, no path). `most` is the largest answer accepted, in bytes. */
export function httpChannel(to: string, most: number): Channel {
  const base = URL.parse(to)
  if (!base || !['http:', 'https:'].includes(base.protocol))
    throw fault('input', `--to ${to} is no http address; write it as http://127.0.0.1:7400`)
  const url = new URL(OVERLAP_PATH, base)
  let session: string | undefined
  let reply: Promise<Uint8Array> | undefined
  return {
    async send(frame) {
      const told = post(url, frame, session, most).then((got) => {
        session = got.session ?? session
        return got.frame
      })
      // A failure is thrown where the answer is awaited, also when that comes later.
      told.catch(() => {})
      reply = told
    },
    receive() {
      const due = reply
      reply = undefined
      return due ?? Promise.reject(new Error('nothing was asked'))
    },
  }
}

type Reply = { frame: Uint8Array; session: string | undefined }

function post(url: URL, frame: Uint8Array, session: string | undefined, most: number): Promise<Reply> {
  const send = url.protocol === 'https:' ? secure : plain
  const headers = {
    'content-type': FRAME_TYPE,
    'content-length': frame.length,
    ...(session && { [SESSION_HEADER]: session }),
  }
  return new Promise((resolve, reject) => {
    const request = send(url, { method: 'POST', headers }, (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part: Buffer) => {
        size += part.length
        parts.push(part)
        if (size > most) response.destroy(fault('limit', `the peer answers with more than ${most} bytes`))
      })
      response.on('error', reject)
      response.on('end', () => {
        const named = response.headers[SESSION_HEADER]
        if (size === 0) reject(fault('peer', `${url.origin} answered with status ${response.statusCode} and no message`))
        else resolve({ frame: new Uint8Array(Buffer.concat(parts)), session: typeof named === 'string' ? named : undefined })
      })
    })
    request.on('error', (error) => reject(fault('peer', `cannot talk to ${url.origin}: ${error.message}`)))
    request.end(frame)
  })
}
