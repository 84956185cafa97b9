import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begin, type Going, type Part, type Refused, sendParts } from './held-parts.ts'

function going(parts: Part[], refresh: () => Promise<unknown>) {
  const told: Refused[][] = []
  const one: Going = { slug: 'meridian', left: parts, sent: [], refresh, onSent: (refused) => void told.push(refused) }
  return { one, told }
}
const offline = new Error('offline')
const part = (id: string, send: () => Promise<unknown>): Part => ({ id, label: `Deal ${id}`, send })

test('parts go out one after another, then the reads are made anew, then it is told what was refused', async () => {
  const steps: string[] = []
  const sent = (id: string, error?: Error) =>
    part(id, async () => {
      steps.push(`begin ${id}`)
      await new Promise((resolve) => setTimeout(resolve, 2))
      steps.push(`end ${id}`)
      if (error) throw error
    })
  const { one, told } = going([sent('1'), sent('2', offline), sent('3')], async () => void steps.push('refresh'))
  await sendParts(one)
  assert.deepEqual(steps, ['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3', 'refresh'])
  assert.deepEqual(told, [[{ id: '2', label: 'Deal 2', error: offline }]])
})

test('where the reads cannot be made anew, what was refused is told all the same, and no rejection goes unheard', async () => {
  const unheard: unknown[] = []
  const hear = (error: unknown) => void unheard.push(error)
  process.on('unhandledRejection', hear)
  const { one, told } = going([part('1', () => Promise.reject(offline)), part('2', () => Promise.resolve())], () =>
    Promise.reject(offline),
  )
  void sendParts(one)
  await new Promise((resolve) => setTimeout(resolve, 20))
  process.off('unhandledRejection', hear)
  assert.deepEqual(told, [[{ id: '1', label: 'Deal 1', error: offline }]])
  assert.deepEqual(unheard, [])
})

test('what began to go as the page was left is not sent again', async () => {
  let count = 0
  const { one, told } = going(
    [part('1', async () => void (count += 1)), part('2', async () => void (count += 1))],
    async () => {},
  )
  while (begin(one, true));
  await sendParts(one)
  assert.deepEqual([count, told], [2, [[]]])
})
