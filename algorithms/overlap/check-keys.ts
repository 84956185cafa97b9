import { fault } from './fault.ts'

/** Longest key in characters. */
export const MAX_KEY = 1000

/** Refuses a list that is empty, repeats a key, or holds a key that is empty, too long or no Unicode; positions count from 1. */
export function checkKeys(keys: readonly string[]): void {
  if (keys.length === 0) throw fault('input', 'the list is empty')
  const seen = new Set<string>()
  for (const [i, key] of keys.entries()) {
    if (key === '') throw fault('input', `key ${i + 1} is empty`)
    if (key.length > MAX_KEY) throw fault('input', `key ${i + 1} has ${key.length} characters; ${MAX_KEY} are allowed`)
    if (!key.isWellFormed()) throw fault('input', `key ${i + 1} is no well-formed Unicode`)
    if (seen.size === seen.add(key).size)
      throw fault('input', `the list holds the same key twice, the second time as key ${i + 1}; remove duplicates first`)
  }
}
