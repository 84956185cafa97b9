import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { opensCommitment } from './commitment.ts'
import { FRAMES, makeFrame } from './frame.ts'
import { type Limits, REVEALS, type Reveal } from './hello.ts'
import { channelPair } from './memory-channel.ts'
import { localPool } from './pool-local.ts'
import { joinOverlap, serveOverlap } from './protocol.ts'

const pool = localPool()

type Case = { joiner: string[]; server: string[]; reveal: Reveal; limits?: Partial<Limits> }

async function session({ joiner, server, reveal, limits }: Case, tap?: Parameters<typeof channelPair>[0]) {
  const [left, right] = channelPair(tap)
  const allowed = { reveal: REVEALS, ...limits }
  const sides = await Promise.allSettled([
    joinOverlap(left, { keys: joiner, kind: 'text', pool, limits: allowed }, reveal),
    serveOverlap(right, { keys: server, kind: 'text', pool, limits: allowed }),
  ])
  const [a, b] = sides.map((side) => {
    if (side.status === 'rejected') throw side.reason
    return side.value
  })
  assert.ok(a && b)
  return { joiner: a, server: b }
}

const someKey = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'd', 'e', 'acme.com', 'müller'),
  fc.string({ minLength: 1, maxLength: 20 }),
)
const someList = fc.uniqueArray(someKey, { minLength: 1, maxLength: 12 })
const someCase = fc.record({ joiner: someList, server: someList, reveal: fc.constantFrom(...REVEALS) })

function plainRows(mine: string[], theirs: string[]): number[] {
  return mine.flatMap((key, i) => (theirs.includes(key) ? [i] : []))
}

test('the overlap equals the plain intersection, and each side learns what the mode allows and no more', async () => {
  await fc.assert(
    fc.asyncProperty(someCase, async (given) => {
      const { joiner, server } = await session(given)
      const mine = plainRows(given.joiner, given.server)
      const theirs = plainRows(given.server, given.joiner)
      const { reveal } = given
      const everybody = reveal === 'count' || reveal === 'both'
      assert.deepEqual(joiner.rows, reveal === 'both' || reveal === 'joiner' ? mine : null)
      assert.deepEqual(server.rows, reveal === 'both' || reveal === 'server' ? theirs : null)
      assert.equal(joiner.count, everybody || reveal === 'joiner' ? mine.length : null)
      assert.equal(server.count, everybody || reveal === 'server' ? mine.length : null)
      assert.equal(joiner.transcript, server.transcript)
      assert.equal(joiner.peer_commitment, server.commitment.commitment)
      assert.ok(await opensCommitment(given.joiner.toReversed(), joiner.commitment))
      assert.ok(!(await opensCommitment([...given.joiner, 'one more'], joiner.commitment)))
    }),
    { numRuns: 60 },
  )
})

test('an overlap below the minimum of either side is withheld from both', async () => {
  const lists = { joiner: ['a', 'b', 'c', 'x'], server: ['a', 'b', 'c', 'y'] }
  for (const reveal of REVEALS) {
    const told = await session({ ...lists, reveal, limits: { min_intersection: 3 } })
    assert.equal(told.joiner.below, null)
    assert.equal(reveal === 'server' ? told.server.count : told.joiner.count, 3)
    const held = await session({ ...lists, reveal, limits: { min_intersection: 4 } })
    for (const side of [held.joiner, held.server]) assert.deepEqual([side.count, side.rows, side.below], [null, null, 4])
  }
})

test('in mode joiner the server learns the count only when a minimum makes it necessary', async () => {
  const lists = { joiner: ['a', 'b', 'c'], server: ['a', 'b', 'd'], reveal: 'joiner' as const }
  assert.equal((await session(lists)).server.count, null)
  const counted = await session({ ...lists, limits: { min_intersection: 2 } })
  assert.deepEqual([counted.server.count, counted.server.rows], [2, null])
})

test('sizes, budgets, modes and kinds outside the limits are refused before anything is computed', async () => {
  const lists = { joiner: ['a', 'b', 'c'], server: ['a', 'b'], reveal: 'count' as const }
  await assert.rejects(session({ ...lists, limits: { max_list: 2 } }), /this list has 3 keys; 2 are allowed/)
  await assert.rejects(session({ ...lists, limits: { min_list: 3 } }), /list has 2 keys; at least 3/)
  await assert.rejects(session({ ...lists, limits: { probe_budget: 2 } }), /asks about 3 keys; its probe budget here has 2 left/)
  await assert.rejects(session({ ...lists, limits: { min_intersection: -1 } }), /min_intersection must be a whole number/)
  await assert.rejects(session({ ...lists, joiner: [] }), /the list is empty/)
  await assert.rejects(session({ ...lists, joiner: ['a', 'a'] }), /same key twice/)
  const [left, right] = channelPair()
  const [join, serve] = await Promise.allSettled([
    joinOverlap(left, { keys: ['a'], kind: 'email', pool }, 'count'),
    serveOverlap(right, { keys: ['a'], kind: 'domain', pool }),
  ])
  assert.match(String(join.status === 'rejected' && join.reason), /the peer refused: the peer's keys are email, ours domain/)
  assert.equal(serve.status, 'rejected')
})

type Lie = {
  name: string
  frame: keyof typeof FRAMES
  from: 'joiner' | 'server'
  change: (frame: Uint8Array) => Uint8Array
  says: RegExp
}

function patched(at: number, bytes: Uint8Array): (frame: Uint8Array) => Uint8Array {
  return (frame) => {
    const copy = frame.slice()
    copy.set(bytes, at)
    return copy
  }
}

const hello = (change: object) => (frame: Uint8Array) =>
  makeFrame('hello', JSON.stringify({ ...JSON.parse(new TextDecoder().decode(frame.subarray(1))), ...change }))

const LIES: Lie[] = [
  { name: 'another version', frame: 'hello', from: 'joiner', change: hello({ protocol: 'x/2' }), says: /speaks x\/2/ },
  { name: 'another group', frame: 'hello', from: 'server', change: hello({ group: 'p256' }), says: /only ristretto255/ },
  {
    name: 'a size that is no number',
    frame: 'hello',
    from: 'joiner',
    change: hello({ size: '3' }),
    says: /list size is not a whole number/,
  },
  {
    name: 'a false size',
    frame: 'hello',
    from: 'joiner',
    change: hello({ size: 9 }),
    says: /96 bytes of points; its list of 9 makes 288/,
  },
  { name: 'a reflected role', frame: 'hello', from: 'server', change: hello({ role: 'joiner' }), says: /calls itself joiner/ },
  {
    name: 'another mode',
    frame: 'hello',
    from: 'server',
    change: hello({ reveal: 'both' }),
    says: /asks to reveal both, agreed was count/,
  },
  { name: 'a short nonce', frame: 'hello', from: 'server', change: hello({ nonce: 'ab' }), says: /nonce is not 32 bytes/ },
  { name: 'no JSON', frame: 'hello', from: 'server', change: () => makeFrame('hello', '{'), says: /hello is not JSON/ },
  {
    name: 'points it did not commit to',
    frame: 'points',
    from: 'server',
    change: patched(1, new Uint8Array(32)),
    says: /not the ones it committed to/,
  },
  {
    name: 'a truncated message',
    frame: 'points',
    from: 'joiner',
    change: (frame) => frame.slice(0, -1),
    says: /95 bytes of points/,
  },
  {
    name: 'a message out of order',
    frame: 'commit',
    from: 'joiner',
    change: () => makeFrame('points', ''),
    says: /sent points where commit was due/,
  },
  {
    name: 'an unknown message',
    frame: 'commit',
    from: 'server',
    change: () => Uint8Array.of(99),
    says: /unknown message \(99\)/,
  },
  {
    name: 'too few answers',
    frame: 'double',
    from: 'server',
    change: (frame) => frame.slice(0, 33),
    says: /sent back 32 bytes of points; 96 were due/,
  },
  {
    name: 'repeated answers',
    frame: 'double',
    from: 'server',
    change: (frame) => patched(33, frame.slice(1, 33))(frame),
    says: /is a repeat/,
  },
  {
    name: 'a changed answer',
    frame: 'double',
    from: 'server',
    change: patched(1, new Uint8Array(32).fill(7)),
    says: /transcripts differ/,
  },
  {
    name: 'another count',
    frame: 'close',
    from: 'server',
    change: closeWith({ count: 3 }),
    says: /the peer counts 3 in common, this side 2/,
  },
]

function closeWith(change: object): (frame: Uint8Array) => Uint8Array {
  return (frame) => makeFrame('close', JSON.stringify({ ...JSON.parse(new TextDecoder().decode(frame.subarray(1))), ...change }))
}

for (const lie of LIES) {
  test(`a peer that lies gets a precise error: ${lie.name}`, async () => {
    const tap = (frame: Uint8Array, from: string) =>
      from === lie.from && frame[0] === FRAMES[lie.frame] ? lie.change(frame) : frame
    await assert.rejects(session({ joiner: ['a', 'b', 'c'], server: ['b', 'c', 'd'], reveal: 'count' }, tap), lie.says)
  })
}
