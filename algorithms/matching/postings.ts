/** Ids by hashed key; most keys have one id, which then needs no array. */
export type Postings = Map<number, number | number[]>

/** A 31-bit FNV-1a hash: small integers keep a large map small. Callers compare what they find, so a collision costs time, not truth. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 31)) & 0x3fffffff
}

export function addTo(postings: Postings, key: number, id: number): void {
  const list = postings.get(key)
  if (list === undefined) postings.set(key, id)
  else if (typeof list === 'number') postings.set(key, [list, id])
  else list.push(id)
}

export function removeFrom(postings: Postings, key: number, id: number): void {
  const list = postings.get(key)
  if (list === id) postings.delete(key)
  else if (Array.isArray(list)) {
    const rest = list.filter((other) => other !== id)
    if (rest.length === 0) postings.delete(key)
    else postings.set(key, rest)
  }
}

export function idsOf(postings: Postings, key: number): number[] {
  const list = postings.get(key)
  return list === undefined ? [] : typeof list === 'number' ? [list] : list
}
