import { useSyncExternalStore } from 'react'

// The demo world's clock runs ahead of the wall after Advance the clock; every ring and "ago" must follow it.
let offset = 0
let tick = Date.now()
const listeners = new Set<() => void>()

const beat = () => {
  tick = Date.now()
  for (const listener of listeners) listener()
}

export function setServerTime(now: string): void {
  offset = new Date(now).getTime() - Date.now()
  beat()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  const timer = listeners.size === 1 ? setInterval(beat, 30_000) : null
  return () => {
    listeners.delete(listener)
    if (timer) clearInterval(timer)
  }
}

/** The present moment of the server, moving every half minute. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => tick) + offset
