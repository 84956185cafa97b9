import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { openQueue } from '../../kernel/jobs.ts'
import { silent } from '../../kernel/log.ts'
import { startWorker, type Worker } from '../../kernel/worker.ts'
import { type World, world } from '../../test/harness.ts'

let w: World
let worker: Worker
let port: number
before(async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as { port: number }).port
  await new Promise((resolve) => server.close(resolve))
  // Nobody listens at the port now.
  const config = { smtp_url: `smtp://127.0.0.1:${port}` }
  w = await world({ config, queue: (url) => openQueue(url, silent, { worker: true }) })
  worker = await startWorker(w.house, fetch, silent)
})
after(async () => {
  await worker.stop()
  await w.close()
})

/** Waits for something that the background work leads to. */
async function until<T>(seen: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 300; i += 1) {
    const found = await seen()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.fail('it did not happen')
}

test('a mail that fails for good in the real queue is parked, replayed through the API, and then goes out', async () => {
  const { ecosystems, access } = w.as('vera')
  const email = 'nora@parked.example'
  await access.invite({ name: 'Nora', email, party_id: null, roles: [{ role: 'finance', scope: {} }] })
  const parked = await until(async () => {
    // The waits between its tries are a minute in all, and nothing that this is about.
    await w.owner("update pgboss.job set start_after = now() where state = 'retry'")
    return (await ecosystems.parked_jobs()).items[0]
  })
  assert.deepEqual([parked.job, parked.cause, parked.tries], ['mail.send', 'no_answer', 6])

  const received: ParsedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        received.push(mail)
        done()
      }, done)
    },
  })
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  try {
    assert.equal(received.length, 0)
    await ecosystems.replay_job({ id: parked.id })
    const mail = await until(async () => received[0])
    assert.match(JSON.stringify(mail.to), /nora@parked\.example/)
    await until(async () => ((await access.list_mails({ to_address: email })).items[0]?.state === 'sent' ? true : undefined))
    assert.deepEqual((await ecosystems.parked_jobs()).items, [])
  } finally {
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
})
