/**
 * Shares of `total` in the ratio of `weights`, none above its cap: what a cap cuts off goes to the others in proportion, until all are
 * capped. Returns shares in the unit of `total`; they fall short of it only when every weighted entry is at its cap.
 */
export function cappedShares(weights: readonly number[], caps: readonly number[], total: number): number[] {
  const shares = weights.map(() => 0)
  let open = weights.flatMap((weight, i) => (weight > 0 ? [i] : []))
  let left = total
  while (open.length > 0 && left > 0) {
    const weight = open.reduce((sum, i) => sum + weights[i]!, 0)
    const over = open.filter((i) => (left * weights[i]!) / weight > caps[i]!)
    if (over.length === 0) {
      for (const i of open) shares[i] = (left * weights[i]!) / weight
      return shares
    }
    for (const i of over) {
      shares[i] = caps[i]!
      left -= caps[i]!
    }
    open = open.filter((i) => !over.includes(i))
  }
  return shares
}
