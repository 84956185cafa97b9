import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { makeFrame } from './frame.ts'
import { httpChannel } from './http-join.ts'
import { FRAME_TYPE, overlapServer, SESSION_HEADER } from './http-serve.ts'
import { localPool } from './pool-local.ts'
import { joinOverlap, serveOverlap } from './protocol.ts'

const pool = localPool()
const party = { keys: ['a', 'b', 'c'], kind: 'text', pool }

async function listening(server: Server, work: (to: string) => Promise<void>): Promise<void> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

function honest(seconds = 60): Server {
  const run = (channel: Parameters<typeof serveOverlap>[0]) =>
    serveOverlap(channel, party).then(
      () => {},
      () => {},
    )
  return overlapServer({ run, max_list: 100, max_sessions: 1, seconds })
}

function post(to: string, body: string, session?: string): Promise<Response> {
  const headers = { 'content-type': FRAME_TYPE, ...(session && { [SESSION_HEADER]: session }) }
  return fetch(`${to}/overlap`, { method: 'POST', body, headers })
}

test('sessions come one after the other; a stranger, a second peer and an oversized message are refused with a reason', async () => {
  await listening(honest(), async (to) => {
    for (let i = 0; i < 2; i++) assert.equal((await joinOverlap(httpChannel(to, 9999), party, 'count')).count, 3)
    assert.match(await (await post(to, 'x', 'no-such-session')).text(), /this session is unknown or over/)
    assert.match(await (await post(to, 'x'.repeat(4000))).text(), /a message may have 3201 bytes/)
    assert.match(await (await fetch(to)).text(), /only POST \/overlap is answered here/)
    assert.match(
      await (await fetch(`${to}/overlap`, { method: 'POST', body: 'x' })).text(),
      /messages are of type application\/octet-stream/,
    )
    const channel = httpChannel(to, 9999)
    await assert.rejects(joinOverlap(channel, { ...party, kind: 'email' }, 'count'), /keys are email, ours text/)
  })
})

test('a silent peer loses its seat, and another may come', async () => {
  await listening(honest(2), async (to) => {
    const { promise: seated, resolve: sits } = Promise.withResolvers<void>()
    const held = new Promise<never>(() => {})
    const stuck = {
      ...pool,
      blindKeys: () => {
        sits()
        return held
      },
    }
    void joinOverlap(httpChannel(to, 9999), { ...party, pool: stuck }, 'count')
    await seated
    await assert.rejects(joinOverlap(httpChannel(to, 9999), party, 'count'), /1 sessions are running; try again later/)
    const again = () => joinOverlap(httpChannel(to, 9999), party, 'count').catch(() => null)
    let found = await again()
    for (const end = performance.now() + 20_000; !found && performance.now() < end; found = await again())
      await new Promise((resolve) => setTimeout(resolve, 100))
    assert.equal(found?.count, 3)
  })
})

test('a server that is no overlap server, or that floods, is named', async () => {
  const page = createServer((_, response) => void response.end('<html>hello</html>'))
  await listening(page, (to) =>
    assert.rejects(joinOverlap(httpChannel(to, 9999), party, 'count'), /unknown message \(60\) where hello was due/),
  )
  const empty = createServer((_, response) => void response.writeHead(502).end())
  await listening(empty, (to) =>
    assert.rejects(joinOverlap(httpChannel(to, 9999), party, 'count'), /answered with status 502 and no message/),
  )
  const flood = createServer((_, response) => void response.end(makeFrame('hello', 'x'.repeat(20_000))))
  await listening(flood, (to) =>
    assert.rejects(joinOverlap(httpChannel(to, 9999), party, 'count'), /answers with more than 9999 bytes/),
  )
})
