import assert from 'node:assert/strict'

interface Asked {
  limit: number
  cursor?: string
}

interface Pages<R> {
  list: (asked: Asked) => Promise<{ items: R[]; next: string | null }>
  isDown: boolean
  valueOf: (row: R) => string
}

/** Reads a list in pages of three: each row comes once, in the order of the values, of which there are at least `kinds`. */
export async function pagesInOrder<R extends { id: string }>({ list, isDown, valueOf }: Pages<R>, kinds = 2): Promise<void> {
  const seen: R[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await list({ limit: 3, ...(cursor ? { cursor } : {}) })
    seen.push(...page.items)
    cursor = page.next
  }
  const all = (await list({ limit: 200 })).items
  assert.equal(seen.length, all.length)
  assert.equal(new Set(seen.map(({ id }) => id)).size, all.length)
  const values = seen.map(valueOf)
  const sorted = [...values].sort()
  assert.deepEqual(values, isDown ? sorted.reverse() : sorted)
  assert.ok(new Set(values).size >= kinds, 'the order decides something')
}
