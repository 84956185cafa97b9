import { type CreditModel, pathwise } from './credit-sums.ts'

/** All credit to the first touch. */
export function firstTouch(): CreditModel {
  return pathwise((block, sums, sign) => {
    const { starts, touches, conversions, values, size } = block
    const { conversions: toConversions, values: toValues } = sums
    for (let p = 0; p < size; p++) {
      const channel = touches[starts[p]!]!
      toConversions[channel]! += sign * conversions[p]!
      toValues[channel]! += sign * values[p]!
    }
  })
}

/** All credit to the last touch. */
export function lastTouch(): CreditModel {
  return pathwise((block, sums, sign) => {
    const { starts, touches, conversions, values, size } = block
    const { conversions: toConversions, values: toValues } = sums
    for (let p = 0; p < size; p++) {
      const channel = touches[starts[p + 1]! - 1]!
      toConversions[channel]! += sign * conversions[p]!
      toValues[channel]! += sign * values[p]!
    }
  })
}

/** All credit to the last touch that is not direct; to the last touch when every touch is. */
export function lastNonDirectTouch(isDirect: (channel: number) => boolean): CreditModel {
  return pathwise((block, sums, sign) => {
    const { starts, touches, conversions, values, size } = block
    for (let p = 0; p < size; p++) {
      const start = starts[p]!
      const last = starts[p + 1]! - 1
      let t = last
      while (t >= start && isDirect(touches[t]!)) t--
      const channel = touches[t < start ? last : t]!
      sums.conversions[channel]! += sign * conversions[p]!
      sums.values[channel]! += sign * values[p]!
    }
  })
}
