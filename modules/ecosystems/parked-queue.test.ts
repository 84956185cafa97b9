import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openQueue } from '../../kernel/jobs.ts'
import { silent } from '../../kernel/log.ts'
import { startWorker, type Worker } from '../../kernel/worker.ts'
import { type World, world } from '../../test/harness.ts'
import { smtpPeer } from '../../test/smtp-peer.ts'

let w: World
let worker: Worker
/** Where nobody listens until a peer is opened there. */
let url: string
before(async () => {
  const gone = await smtpPeer()
  await gone.close()
  url = gone.url
  w = await world({ config: { smtp_url: url }, queue: (address) => openQueue(address, silent, { worker: true }) })
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

  const { received, close } = await smtpPeer(Number(new URL(url).port))
  try {
    assert.equal(received.length, 0)
    await ecosystems.replay_job({ id: parked.id })
    const mail = await until(async () => received[0])
    assert.match(JSON.stringify(mail.to), /nora@parked\.example/)
    await until(async () => ((await access.list_mails({ to_address: email })).items[0]?.state === 'sent' ? true : undefined))
    assert.deepEqual((await ecosystems.parked_jobs()).items, [])
  } finally {
    await close()
  }
})
