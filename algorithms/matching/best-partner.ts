/**
 * The best of a row's candidates with its probability among all of them and "none": e^best ÷ (1 + Σ e^candidate). Candidates that score exactly
 * like the best are its copies, not rivals; of them the first row is taken. Undefined without candidates.
 */
export function bestPartner<T extends { right: number; log_odds: number }>(found: T[]): (T & { score: number }) | undefined {
  let best: T | undefined
  for (const pair of found) {
    const more = pair.log_odds - (best?.log_odds ?? Number.NEGATIVE_INFINITY)
    if (more > 0 || (more === 0 && best !== undefined && pair.right < best.right)) best = pair
  }
  if (best === undefined) return undefined
  const top = best.log_odds
  let total = Math.exp(-top) + 1
  for (const { log_odds } of found) if (log_odds < top) total += Math.exp(log_odds - top)
  return { ...best, score: 1 / total }
}
