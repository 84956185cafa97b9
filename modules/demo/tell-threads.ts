import type { Thread } from '../story.ts'

interface Waiting {
  at: string
  order: number
  thread: Thread
}

// Threads number some hundreds at a time, so a sorted list is quick enough.
function put(list: Waiting[], one: Waiting): void {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const other = list[middle] as Waiting
    if (other.at < one.at || (other.at === one.at && other.order < one.order)) low = middle + 1
    else high = middle
  }
  list.splice(low, 0, one)
}

/** Tells threads side by side in the order of their moments, until all are told or the end is reached. Returns how many steps there were. */
export async function tellThreads(
  threads: readonly Thread[],
  { end, goTo, after }: { end: string; goTo: (at: string) => Promise<void>; after: (at: string) => Promise<void> },
): Promise<number> {
  const waiting: Waiting[] = []
  for (const [order, thread] of threads.entries()) {
    const first = await thread.next()
    if (!first.done) put(waiting, { at: first.value, order, thread })
  }
  let steps = 0
  for (let now = waiting.shift(); now && now.at <= end; now = waiting.shift()) {
    const { at, order, thread } = now
    await goTo(at)
    const next = await thread.next()
    steps += 1
    if (!next.done) put(waiting, { at: next.value < at ? at : next.value, order, thread })
    await after(at)
  }
  await goTo(end)
  return steps
}
