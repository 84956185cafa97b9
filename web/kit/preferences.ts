import { useSyncExternalStore } from 'react'

/** What a person chose for this device. */
export interface Preferences {
  scheme: 'light' | 'dark' | 'auto'
  density: 'comfortable' | 'compact' | null
  language: string | null
}

const KEY = 'rialto.preferences'
const DEFAULT: Preferences = { scheme: 'auto', density: null, language: null }

function stored(): Preferences {
  try {
    return { ...DEFAULT, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    return DEFAULT
  }
}

let current = stored()
const listeners = new Set<() => void>()

export const preferences = (): Preferences => current

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // A browser that refuses storage still honours the choice until the page closes.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences)
