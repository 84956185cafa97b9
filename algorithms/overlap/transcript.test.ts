import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { FRAMES, type FrameKind } from './frame.ts'
import { POINT_BYTES, randomScalar, UNIFORM_BYTES } from './group.ts'
import { sodiumGroup } from './group-sodium.ts'
import { REVEALS, type Reveal } from './hello.ts'
import { channelPair } from './memory-channel.ts'
import { localPool } from './pool-local.ts'
import { joinOverlap, serveOverlap } from './protocol.ts'
import { loadSodium } from './sodium.ts'

type Frame = { from: 'joiner' | 'server'; kind: FrameKind; body: Uint8Array }
type Output = { joiner: number; server: number; common: number; reveal: Reveal; minimum: number }

const pool = localPool()
const group = sodiumGroup(await loadSodium())
const sizes = {
  joiner: fc.integer({ min: 1, max: 9 }),
  server: fc.integer({ min: 1, max: 9 }),
  common: fc.integer({ min: 0, max: 9 }),
}
const someOutput = fc
  .record({ ...sizes, reveal: fc.constantFrom(...REVEALS), minimum: fc.integer({ min: 0, max: 4 }) })
  .map((given) => ({ ...given, common: Math.min(given.common, given.joiner, given.server) }))

async function record(output: Output, alphabet: string): Promise<Frame[]> {
  const frames: Frame[] = []
  const [left, right] = channelPair((frame, from) => {
    const kind = (Object.keys(FRAMES) as FrameKind[]).find((name) => FRAMES[name] === frame[0])
    assert.ok(kind)
    frames.push({ from, kind, body: frame.slice(1) })
    return frame
  })
  const shared = Array.from({ length: output.common }, (_, i) => `${alphabet} both ${i}`)
  const list = (name: string, size: number) => [
    ...shared,
    ...Array.from({ length: size - output.common }, (_, i) => `${alphabet} ${name} ${i}`),
  ]
  const limits = { reveal: REVEALS, min_intersection: output.minimum }
  await Promise.all([
    joinOverlap(left, { keys: list('j', output.joiner), kind: 'text', pool, limits }, output.reveal),
    serveOverlap(right, { keys: list('s', output.server), kind: 'text', pool, limits }),
  ])
  return frames
}

const randomHex = (bytes: number): string => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex')
const utf8 = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

/** What a simulator sends that knows the sizes, the mode, the minimum and the count, but no key of either list. */
function simulate({ joiner, server, common, reveal, minimum }: Output): Frame[] {
  const points = (n: number) => group.hashBlind(crypto.getRandomValues(new Uint8Array(n * UNIFORM_BYTES)), randomScalar()).points
  const hello = (role: 'joiner' | 'server', size: number) => ({
    protocol: 'rialto-overlap/1',
    group: 'ristretto255',
    role,
    reveal,
    nonce: randomHex(32),
    kind: 'text',
    size,
    min_intersection: minimum,
    list_commitment: randomHex(64),
  })
  const toServer = reveal !== 'joiner' || minimum > 1
  const withheld = toServer && minimum > 1 && common < minimum
  const told = (reveal === 'count' || reveal === 'both') && !withheld
  const close = utf8({ transcript: randomHex(64), count: told ? common : null })
  const last = withheld ? new Uint8Array(0) : points(reveal === 'server' ? 0 : joiner)
  return [
    { from: 'joiner', kind: 'hello', body: utf8(hello('joiner', joiner)) },
    { from: 'server', kind: 'hello', body: utf8(hello('server', server)) },
    { from: 'joiner', kind: 'commit', body: crypto.getRandomValues(new Uint8Array(64)) },
    { from: 'server', kind: 'commit', body: crypto.getRandomValues(new Uint8Array(64)) },
    { from: 'joiner', kind: 'points', body: points(joiner) },
    { from: 'server', kind: 'points', body: points(server) },
    { from: 'joiner', kind: 'double', body: points(toServer ? server : 0) },
    { from: 'server', kind: withheld ? 'withheld' : 'double', body: last },
    { from: 'joiner', kind: 'close', body: close },
    { from: 'server', kind: 'close', body: close },
  ]
}

const shape = (frames: Frame[]): string[] => frames.map(({ from, kind, body }) => `${from} ${kind} ${body.length}`)

function pointsOf(frames: Frame[]): Uint8Array[] {
  return frames.filter(({ kind }) => kind === 'points' || kind === 'double').flatMap(({ body }) => pieces(body))
}

function pieces(body: Uint8Array): Uint8Array[] {
  return Array.from({ length: body.length / POINT_BYTES }, (_, i) => body.slice(i * POINT_BYTES, (i + 1) * POINT_BYTES))
}

test('the transcript has the shape and length that a simulator makes from sizes, mode, minimum and count alone', async () => {
  await fc.assert(
    fc.asyncProperty(someOutput, async (output) => {
      const real = await record(output, 'alpha')
      assert.deepEqual(shape(real), shape(simulate(output)))
      assert.deepEqual(shape(await record(output, 'a wholly different, longer alphabet')), shape(real))
      const all = pointsOf(real)
      for (const point of all) assert.equal(group.blind(point, randomScalar()).bad, -1)
    }),
    { numRuns: 60 },
  )
})

test('two sessions over the same lists share no point, no nonce and no commitment', async () => {
  const output: Output = { joiner: 8, server: 8, common: 4, reveal: 'both', minimum: 0 }
  const seen = new Set<string>()
  let count = 0
  for (let i = 0; i < 3; i++) {
    const frames = await record(output, 'alpha')
    const texts = frames.filter(({ kind }) => kind === 'hello').map(({ body }) => JSON.parse(new TextDecoder().decode(body)))
    const values = [...texts.flatMap(({ nonce, list_commitment }) => [nonce, list_commitment]), ...frames.flatMap(firstSeen)]
    count += values.length
    for (const value of values) seen.add(value)
  }
  assert.equal(seen.size, count)
})

function firstSeen({ kind, body }: Frame): string[] {
  return kind === 'points' ? pieces(body).map((point) => Buffer.from(point).toString('hex')) : []
}

test('no plain, unsalted or publicly salted hash of a key is on the wire, so a dictionary finds nothing in the transcript', async () => {
  const output: Output = { joiner: 6, server: 6, common: 3, reveal: 'both', minimum: 0 }
  const frames = await record(output, 'alpha')
  const wire = Buffer.concat(frames.map(({ body }) => Buffer.from(body)))
  const nonces = frames.slice(0, 2).map(({ body }) => JSON.parse(new TextDecoder().decode(body)).nonce)
  const prefix = createHash('sha512')
    .update(`rialto-overlap/1text${nonces.join('')}`)
    .digest()
  const dictionary = ['both', 'j', 's'].flatMap((name) => Array.from({ length: 6 }, (_, i) => `alpha ${name} ${i}`))
  for (const guess of dictionary) {
    assert.ok(!wire.includes(guess))
    for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512', 'blake2b512']) {
      const digest = createHash(algorithm).update(guess).digest()
      assert.ok(!wire.includes(digest) && !wire.includes(digest.toString('hex')) && !wire.includes(digest.subarray(0, 16)))
    }
    // Even the session's own hash, which an eavesdropper can compute from the nonces, does not show before it is blinded.
    const uniform = createHash('sha512').update(prefix).update(guess).digest()
    const one = Uint8Array.from({ length: POINT_BYTES }, (_, i) => (i === 0 ? 1 : 0))
    assert.ok(!wire.includes(Buffer.from(group.hashBlind(uniform, one).points)))
  }
})
