import { type CreditModel, pathwise } from './credit-sums.ts'

/**
 * The Shapley value of the game v(S) = conversions of the paths whose set of channels lies within S (value likewise).
 * That game is a sum of unanimity games, so each path's conversions fall in equal parts to its distinct channels: exact for any
 * number of channels (Harsanyi 1959; Zhao, Mahboobi and Bagheri 2018, arXiv:1804.05327). Nulls play no part.
 */
export function shapleyOfPaths(): CreditModel {
  let seen = new Int32Array(16)
  let distinct = new Int32Array(16)
  let stamp = 0
  return pathwise((block, sums, sign) => {
    const { starts, touches, conversions, values, size } = block
    const { conversions: toConversions, values: toValues } = sums
    if (block.channel_count > seen.length) {
      seen = new Int32Array(block.channel_count * 2)
      distinct = new Int32Array(block.channel_count * 2)
      stamp = 0
    }
    if (stamp + size > 2 ** 31 - 2) {
      seen.fill(0)
      stamp = 0
    }
    let mark = stamp
    for (let p = 0; p < size; p++) {
      mark++
      let n = 0
      for (let t = starts[p]!; t < starts[p + 1]!; t++) {
        const channel = touches[t]!
        if (seen[channel] === mark) continue
        seen[channel] = mark
        distinct[n++] = channel
      }
      const conversion = (sign * conversions[p]!) / n
      const value = (sign * values[p]!) / n
      for (let i = 0; i < n; i++) {
        toConversions[distinct[i]!]! += conversion
        toValues[distinct[i]!]! += value
      }
    }
    stamp = mark
  })
}
