import { checkKeys } from './check-keys.ts'
import { type Commitment, commitToList } from './commitment.ts'
import { fault, isFault } from './fault.ts'
import { type Channel, makeFrame, openTalk, readJson, sha512, type Talk, toHex } from './frame.ts'
import { POINT_BYTES, randomScalar } from './group.ts'
import { checkLimits, DEFAULT_LIMITS, type Hello, type Limits, PROTOCOL, type Reveal, readHello } from './hello.ts'
import type { Pool } from './pool.ts'
import { findRecord, indexRecords, toWords } from './record-index.ts'
import { randomOrder, reorder } from './shuffle.ts'

/** One party's side of a session. */
export type Party = {
  /** Canonical keys, all different; `overlap` is over exact equality of these strings. */
  keys: readonly string[]
  /** What the keys are (`domain`, `email`, `text` or a word both sides agreed on). */
  kind: string
  pool: Pool
  limits?: Partial<Limits>
  /** Told how many keys the peer asks about, once its hello is accepted and before anything is computed for it. */
  charge?: (keys: number) => void
  /** Told what is being done, with points done and to do. */
  progress?: (step: string, done: number, total: number) => void
}

export type OverlapResult = {
  /** Size of the overlap; null when this side is not meant to learn it or it is below the agreed minimum. */
  count: number | null
  /** Ascending indices into the own keys; null when this side is not meant to learn them. */
  rows: number[] | null
  /** The agreed minimum, when the overlap was below it and therefore withheld; otherwise null. */
  below: number | null
  reveal: Reveal
  /** Sizes of the two lists. */
  mine: number
  theirs: number
  /** SHA-512 over all messages, equal on both sides. */
  transcript: string
  /** The own commitment with its salt, and the peer's. */
  commitment: Commitment
  peer_commitment: string
}

type Side = {
  talk: Talk
  party: Party
  limits: Limits
  mine: Hello
  theirs: Hello
  commitment: Commitment
  scalar: Uint8Array
  /** Own blinded points as sent, and their order: point k is key order[k]. */
  points: Uint8Array<ArrayBuffer>
  order: Uint32Array
  /** The peer's blinded points as received. */
  peer: Uint8Array<ArrayBuffer>
}

/** Starts a session as the side that asks; resolves with what the mode lets this side learn. Throws faults (see fault.ts). */
export async function joinOverlap(channel: Channel, party: Party, reveal: Reveal): Promise<OverlapResult> {
  return guarded(channel, async () => {
    const limits = { ...DEFAULT_LIMITS, ...party.limits, reveal: [reveal] }
    const { talk, hello, commitment } = await prepare(channel, party, limits, { role: 'joiner', reveal })
    await talk.send('hello', JSON.stringify(hello))
    const answer = await talk.receive('hello')
    const theirs = readHello(answer.body, hello, limits)
    const side = await exchange({ talk, party, limits, mine: hello, theirs, commitment })

    const again = await double(side, 'ours over theirs')
    await talk.send('double', sendable(side, again))
    const last = await talk.receive('double', 'withheld')
    const back = last.kind === 'withheld' ? null : checkDouble(side, last.body)
    const result = conclude(side, again, back)
    if (last.kind === 'withheld') result.below = agreedMinimum(side)
    return close(side, result)
  })
}

/** Answers one session as the side that is asked, and enforces the minimum: it decides before it sends what tells the overlap. */
export async function serveOverlap(channel: Channel, party: Party): Promise<OverlapResult> {
  return guarded(channel, async () => {
    const limits = { ...DEFAULT_LIMITS, ...party.limits }
    const { talk, hello, commitment } = await prepare(channel, party, limits, { role: 'server', reveal: 'count' })
    const first = await talk.receive('hello')
    const theirs = readHello(first.body, { role: 'server', kind: hello.kind, size: hello.size }, limits)
    const mine = { ...hello, reveal: theirs.reveal }
    await talk.send('hello', JSON.stringify(mine))
    const side = await exchange({ talk, party, limits, mine, theirs, commitment })

    const [again, { body }] = await Promise.all([double(side, 'ours over theirs'), talk.receive('double')])
    const back = checkDouble(side, body)
    const common = back && commonRows(again, back).length
    const minimum = agreedMinimum(side)
    if (common !== null && minimum > 1 && common < minimum) {
      await talk.send('withheld', '')
      return close(side, { ...conclude(side, again, null), below: minimum })
    }
    await talk.send('double', sendable(side, again))
    return close(side, conclude(side, again, back))
  })
}

async function guarded<T>(channel: Channel, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const told = isFault(error) ? { code: error.code, message: error.message } : { code: 'peer', message: 'it failed' }
    // The peer is told why; that it may be gone by now must not hide the error itself.
    if (!told.message.startsWith('the peer refused'))
      await channel.send(makeFrame('refusal', JSON.stringify(told))).catch(() => {})
    throw error
  }
}

async function prepare(channel: Channel, party: Party, limits: Limits, as: Pick<Hello, 'role' | 'reveal'>) {
  checkLimits(limits)
  checkKeys(party.keys)
  if (party.keys.length > limits.max_list)
    throw fault('limit', `this list has ${party.keys.length} keys; ${limits.max_list} are allowed`)
  const commitment = await commitToList(party.keys)
  const hello: Hello = {
    protocol: PROTOCOL,
    group: 'ristretto255',
    ...as,
    nonce: toHex(crypto.getRandomValues(new Uint8Array(32))),
    kind: party.kind,
    size: party.keys.length,
    min_intersection: limits.min_intersection,
    list_commitment: commitment.commitment,
  }
  return { talk: openTalk(channel, as.role, PROTOCOL), hello, commitment }
}

/** Blinds the own list, exchanges commitments to the blinded points and then the points, and validates the peer's. */
async function exchange(base: Omit<Side, 'scalar' | 'points' | 'order' | 'peer'>): Promise<Side> {
  const { talk, party, mine, theirs } = base
  party.charge?.(theirs.size)
  const nonces = mine.role === 'joiner' ? mine.nonce + theirs.nonce : theirs.nonce + mine.nonce
  const prefix = await sha512(PROTOCOL, mine.kind, nonces)
  const scalar = randomScalar()
  const order = randomOrder(party.keys.length)
  const blinded = await party.pool.blindKeys(party.keys, prefix, scalar, (done, total) =>
    party.progress?.('blinding our list', done, total),
  )
  const points = reorder(blinded.points, order)
  const digest = await sha512(points)
  let promised: Uint8Array
  let peer: Uint8Array<ArrayBuffer>
  if (mine.role === 'joiner') {
    await talk.send('commit', digest)
    promised = (await talk.receive('commit')).body
    await talk.send('points', points)
    peer = (await talk.receive('points')).body
  } else {
    promised = (await talk.receive('commit')).body
    await talk.send('commit', digest)
    peer = (await talk.receive('points')).body
  }
  await checkPoints(peer, theirs.size, promised)
  if (mine.role === 'server') await talk.send('points', points)
  return { ...base, scalar, order, points, peer }
}

async function checkPoints(peer: Uint8Array, size: number, promised: Uint8Array): Promise<void> {
  if (peer.length !== size * POINT_BYTES) {
    throw fault('peer', `the peer sent ${peer.length} bytes of points; its list of ${size} makes ${size * POINT_BYTES}`)
  }
  if (toHex(await sha512(peer)) !== toHex(promised)) throw fault('peer', 'the peer’s points are not the ones it committed to')
  const { repeat } = indexRecords(toWords(peer), POINT_BYTES / 4)
  if (repeat >= 0) throw fault('peer', `the peer's point ${repeat + 1} is a repeat; every key may appear once`)
}

/** Multiplies the peer's points by the own scalar, in the peer's order. */
async function double(side: Side, step: string): Promise<Uint8Array<ArrayBuffer>> {
  const { points, bad } = await side.party.pool.blindPoints(side.peer, side.scalar, (done, total) =>
    side.party.progress?.(step, done, total),
  )
  if (bad >= 0)
    throw fault('peer', `the peer's point ${bad + 1} is no canonical encoding of a ristretto255 point, or the identity`)
  return points
}

function agreedMinimum({ mine, theirs }: Side): number {
  return Math.max(mine.min_intersection, theirs.min_intersection)
}

/** What goes back to the peer: in its order when it may link points to its rows, shuffled when it may count, else nothing. */
function sendable(side: Side, again: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { reveal, role } = side.mine
  const peer = role === 'joiner' ? 'server' : 'joiner'
  if (reveal === 'both' || reveal === peer) return again
  if (reveal === 'count' || countsOnly(side, peer)) return reorder(again, randomOrder(again.length / POINT_BYTES))
  return new Uint8Array(0)
}

/** In mode `joiner` the server needs the count, and only that, to enforce a minimum. */
function countsOnly(side: Side, who: 'joiner' | 'server'): boolean {
  return who === 'server' && side.mine.reveal === 'joiner' && agreedMinimum(side) > 1
}

/** Validates what the peer made of our points; null when the mode gives this side none. */
function checkDouble(side: Side, body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const { reveal, role, size } = side.mine
  const due = reveal === 'count' || reveal === 'both' || reveal === role || countsOnly(side, role)
  const bytes = due ? size * POINT_BYTES : 0
  if (body.length !== bytes) throw fault('peer', `the peer sent back ${body.length} bytes of points; ${bytes} were due`)
  if (!due) return null
  const words = toWords(body)
  const { index, repeat } = indexRecords(words, POINT_BYTES / 4)
  if (repeat >= 0)
    throw fault('peer', `point ${repeat + 1} of those the peer sent back is a repeat; it must multiply each of ours once`)
  for (const [what, list] of [
    ['its own', side.peer],
    ['our', side.points],
  ] as const) {
    const seen = toWords(list)
    for (let row = 0; row < list.length / POINT_BYTES; row++) {
      if (findRecord(index, seen, row) >= 0)
        throw fault('peer', `the peer sent back ${what} point ${row + 1} without multiplying it`)
    }
  }
  return body
}

/** Positions in `back` whose point is also in `again`. */
function commonRows(again: Uint8Array, back: Uint8Array): number[] {
  const { index } = indexRecords(toWords(again), POINT_BYTES / 4)
  const words = toWords(back)
  const rows: number[] = []
  for (let row = 0; row < back.length / POINT_BYTES; row++) if (findRecord(index, words, row) >= 0) rows.push(row)
  return rows
}

function conclude(side: Side, again: Uint8Array, back: Uint8Array | null): OverlapResult {
  const { reveal, role } = side.mine
  const places = back && commonRows(again, back)
  const linked = places !== null && (reveal === 'both' || reveal === role)
  return {
    count: places?.length ?? null,
    rows: linked ? places.map((place) => side.order[place] ?? 0).sort((a, b) => a - b) : null,
    below: null,
    reveal,
    mine: side.mine.size,
    theirs: side.theirs.size,
    transcript: '',
    commitment: side.commitment,
    peer_commitment: side.theirs.list_commitment,
  }
}

/** Both sides say the transcript and, where both know it, the count; a difference means somebody lied or a message was changed. */
async function close(side: Side, result: OverlapResult): Promise<OverlapResult> {
  const transcript = await side.talk.transcript()
  const both = side.mine.reveal === 'count' || side.mine.reveal === 'both'
  const count = both ? result.count : null
  const saying = JSON.stringify({ transcript, count })
  if (side.mine.role === 'joiner') await side.talk.send('close', saying)
  const said = readJson((await side.talk.receive('close')).body, 'close')
  if (said.transcript !== transcript) throw fault('peer', 'the two sides saw different messages: the transcripts differ')
  if (said.count !== count) throw fault('peer', `the peer counts ${String(said.count)} in common, this side ${String(count)}`)
  if (side.mine.role === 'server') await side.talk.send('close', saying)
  return { ...result, transcript }
}
