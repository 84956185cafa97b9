import { useSyncExternalStore } from 'react'
import { slugOf } from '../ask.ts'
import { begin, type Going, type Part, type Refused, sendParts } from './held-parts.ts'
import { toast } from './toast.tsx'

/** How long a decision can be taken back before it is sent. */
const HELD_MS = 8000

export interface Wait {
  /** What was done, as the toast says it. */
  text: string
  /** What a record in it says of itself meanwhile. */
  state: string
  parts: Part[]
  /** It must not wait: it is sent at once, and there is no way back. */
  isPressing?: boolean
  /** It was taken back: nothing was sent. */
  onBack?: () => void
  /** Reads what it touched anew, once all is sent. */
  refresh: () => Promise<unknown>
  /** All is sent and read anew; those that were refused. */
  onSent: (refused: Refused[]) => void
}

interface Held extends Wait, Going {
  closeToast: () => void
}

let all: Held[] = []
let states: ReadonlyMap<string, string> = new Map()
const listeners = new Set<() => void>()

function put(next: Held[]): void {
  all = next
  states = new Map(all.flatMap(({ parts, state }) => parts.map(({ id }) => [id, state] as const)))
  for (const listener of listeners) listener()
}

/** Sends what waits; then the records speak for themselves again. */
async function release(held: Held): Promise<void> {
  try {
    await sendParts(held)
  } finally {
    put(all.filter((one) => one !== held))
  }
}

/** The page goes, or may be ended unseen as on a phone: what waits is sent now, all at once. */
function part(): void {
  for (const held of all) {
    while (begin(held, true));
    held.closeToast()
  }
}
const onHidden = () => document.visibilityState === 'hidden' && part()

let isListening = false
function listen(): void {
  if (isListening) return
  isListening = true
  window.addEventListener('pagehide', part)
  document.addEventListener('visibilitychange', onHidden)
}

/** Holds something back for some seconds, in which it can be taken back; then it is sent, and earlier when the page goes. */
export function hold(wait: Wait): void {
  listen()
  const held: Held = { ...wait, slug: slugOf(location.pathname), left: [...wait.parts], sent: [], closeToast: () => undefined }
  put([...all, held])
  const back = () => {
    put(all.filter((one) => one !== held))
    wait.onBack?.()
  }
  if (wait.isPressing) {
    toast(wait.text)
    void release(held)
  } else held.closeToast = toast(wait.text, back, { ms: HELD_MS, onGone: () => void release(held) })
}

/** Sends what waits and ends when it is done, as before signing out. */
export async function sendHeld(): Promise<void> {
  const waiting = [...all]
  part()
  await Promise.all(waiting.flatMap(({ sent }) => sent))
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What waits to be sent, by the record's id. */
export const useHeld = (): ReadonlyMap<string, string> => useSyncExternalStore(subscribe, () => states)
