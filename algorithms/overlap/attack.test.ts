import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFault } from './fault.ts'
import type { Limits, Reveal } from './hello.ts'
import { channelPair } from './memory-channel.ts'
import { localPool } from './pool-local.ts'
import { joinOverlap, type OverlapResult, serveOverlap } from './protocol.ts'

// The attack of THREATS.md: a peer that guesses. It follows the protocol to the letter; only its list is made up.

const pool = localPool()
const SPACE = Array.from({ length: 40 }, (_, i) => `company-${i}.example`)
const VICTIM = SPACE.filter((_, i) => i % 3 === 0)

/** A victim that serves with a budget, session after session. */
function victim(limits: Partial<Limits>) {
  let left = limits.probe_budget ?? 1e9
  return async (guesses: string[], reveal: Reveal, own = pool): Promise<OverlapResult> => {
    const [theirs, ours] = channelPair()
    const charge = (keys: number) => void (left -= keys)
    const serving = serveOverlap(ours, { keys: VICTIM, kind: 'domain', pool, limits: { ...limits, probe_budget: left }, charge })
    const [asked] = await Promise.allSettled([joinOverlap(theirs, { keys: guesses, kind: 'domain', pool: own }, reveal), serving])
    if (asked.status === 'rejected') throw asked.reason
    return asked.value
  }
}

/** Membership of one key by the difference of two counts, among decoys that no real list holds. */
async function differ(ask: ReturnType<typeof victim>, guess: string): Promise<boolean> {
  const decoys = ['decoy-1.example', 'decoy-2.example']
  const without = await ask(decoys, 'count')
  const having = await ask([...decoys, guess], 'count')
  return (having.count ?? 0) > (without.count ?? 0)
}

test('the guessing attack: who may ask about a whole small space learns the whole list, in either mode', async () => {
  const ask = victim({})
  const { rows } = await ask(SPACE, 'both')
  assert.deepEqual(
    rows?.map((row) => SPACE[row]),
    VICTIM,
  )
  for (const guess of SPACE.slice(0, 6)) assert.equal(await differ(ask, guess), VICTIM.includes(guess))
})

test('the probe budget limits it: ten thousand probes learn no more keys than the budget allows', async () => {
  const ask = victim({ probe_budget: 10 })
  const learnt = new Map<string, boolean>()
  let refused = 0
  for (let probe = 0; probe < 10_000; probe++) {
    const guess = SPACE[probe % SPACE.length] ?? ''
    try {
      learnt.set(guess, (await ask([guess], 'both')).count === 1)
    } catch (error) {
      assert.ok(isFault(error) && error.code === 'limit')
      assert.match(error.message, /its probe budget here has 0 left/)
      refused++
    }
  }
  assert.deepEqual([learnt.size, refused], [10, 9990])
})

test('the budget is spent by differencing too, and by a session that the peer breaks off before it answers', async () => {
  const ask = victim({ probe_budget: 9 })
  assert.equal(await differ(ask, VICTIM[0] ?? ''), true)
  const quitter = { ...pool, blindPoints: () => Promise.reject(new Error('pulled the plug')) }
  await assert.rejects(ask(['a.example', 'b.example'], 'count', quitter), /pulled the plug/)
  await assert.rejects(ask(['a.example', 'b.example', 'c.example'], 'count'), /probe budget here has 2 left/)
})

test('a minimum list refuses one-key questions, a minimum overlap hides small counts', async () => {
  await assert.rejects(victim({ min_list: 10 })(['company-0.example'], 'count'), /at least 10 are needed/)
  const hidden = await victim({ min_intersection: 5 })(['company-0.example', 'company-3.example'], 'both')
  assert.deepEqual([hidden.count, hidden.rows, hidden.below], [null, null, 5])
})

test('the mode limits it: a peer that may only count gets no rows, whatever it asks', async () => {
  const ask = victim({ reveal: ['count'] })
  await assert.rejects(ask(SPACE, 'both'), /reveal both is not allowed here; allowed: count/)
  assert.equal((await ask(SPACE, 'count')).rows, null)
})
