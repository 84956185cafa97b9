export type WeighedPair = { a: number; b: number; log_odds: number }

/**
 * Clusters rows so that weak links do not chain: starting from the strongest pair, two clusters join when the mean log-odds over *all* pairs
 * between them reaches `threshold` (average linkage, R. Sokal & C. Michener 1958); a pair never compared counts as `floor`. Ties go by row number.
 * Gives each row's cluster as the smallest row in it. `pairs` name rows 0..count-1. Throws RangeError on a row outside.
 */
export function cluster(count: number, pairs: WeighedPair[], threshold: number, floor = -7): number[] {
  const members = new Map<number, number[]>()
  const home = Array.from({ length: count }, (_, row) => row)
  const known = new Map<string, number>()
  for (const { a, b, log_odds } of pairs) {
    if (a < 0 || b < 0 || a >= count || b >= count) throw new RangeError(`pair (${a}, ${b}) names a row outside 0..${count - 1}`)
    known.set(pairKey(a, b), Math.max(log_odds, known.get(pairKey(a, b)) ?? -Infinity))
  }
  const sorted = pairs.filter(({ log_odds }) => log_odds >= threshold).sort(byStrength)
  for (const { a, b } of sorted) {
    const [one = a, two = b] = [home[a], home[b]].sort((x, y) => (x ?? 0) - (y ?? 0))
    if (one === two) continue
    const [first, second] = [members.get(one) ?? [one], members.get(two) ?? [two]]
    let sum = 0
    for (const x of first) for (const y of second) sum += known.get(pairKey(x, y)) ?? floor
    if (sum / (first.length * second.length) < threshold) continue
    members.set(one, [...first, ...second])
    members.delete(two)
    for (const row of second) home[row] = one
  }
  return home
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}

function byStrength(x: WeighedPair, y: WeighedPair): number {
  return y.log_odds - x.log_odds || Math.min(x.a, x.b) - Math.min(y.a, y.b) || Math.max(x.a, x.b) - Math.max(y.a, y.b)
}
