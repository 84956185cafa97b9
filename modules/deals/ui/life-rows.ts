/** Words nearer than this part of the line would cover each other. */
const ROOM = 0.2

/** The row of each word below a line, by where it stands from 0 to 1: the first in which its neighbours are far enough. */
export function rowsOf(places: readonly number[]): number[] {
  const ends: number[] = []
  const rows = places.map(() => 0)
  for (const i of [...places.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))) {
    const place = places[i] ?? 0
    const free = ends.findIndex((end) => place - end >= ROOM)
    const row = free < 0 ? ends.length : free
    ends[row] = place
    rows[i] = row
  }
  return rows
}
