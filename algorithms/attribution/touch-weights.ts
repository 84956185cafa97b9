import { badInput } from './bad-input.ts'
import { type CreditRule, ruleWeights } from './credit-rules.ts'
import type { PositionWeights } from './credit-spread.ts'
import type { TimedTouch, Weighed } from './touch.ts'

/** A model over the touches of one opportunity. Weights may have any scale. */
export type TouchModel =
  | { model: 'first' | 'last' | 'linear' }
  | { model: 'last-non-direct'; direct: readonly string[] }
  | { model: 'position'; weights?: PositionWeights }
  /** `milestones`: the stages whose first touch takes a milestone weight, next to the very first touch; `weights`: first, one per milestone, the others. */
  | { model: 'w-shaped'; milestones?: readonly string[]; weights?: readonly number[] }
  | { model: 'time-decay'; half_life_days?: number }
  /** `weights[type][stage]`; the key `*` stands for any other type or stage (and for no stage). */
  | { model: 'custom'; weights: Readonly<Record<string, Readonly<Record<string, number>>>> }
  /** Weights per channel learned elsewhere, such as removal effects of a Markov chain or Shapley values; `source` is shown in the reasons. */
  | { model: 'channel-weights'; weights: Readonly<Record<string, number>>; source: string }
  | { model: 'rules'; rules: readonly CreditRule[] }

/** Weighs eligible touches, oldest first. All weights may be zero. Throws bad input on impossible parameters. */
export function weighTouches(touches: readonly TimedTouch[], spec: TouchModel): Weighed[] {
  const n = touches.length
  switch (spec.model) {
    case 'first':
      return single(touches, 0, 'first touch')
    case 'last':
      return single(touches, n - 1, 'last touch')
    case 'last-non-direct': {
      const at = touches.findLastIndex(({ touch }) => !spec.direct.includes(touch.channel))
      return at === -1
        ? single(touches, n - 1, 'last touch, all are direct')
        : single(touches, at, 'last touch that is not direct')
    }
    case 'linear':
      return touches.map(() => ({ weight: 1, because: `one of ${n} equal touches` }))
    case 'position':
      return position(n, spec.weights ?? [40, 20, 40])
    case 'w-shaped':
      return wShaped(touches, spec.milestones ?? ['lead', 'opportunity'], spec.weights ?? [30, 30, 30, 10])
    case 'time-decay':
      return timeDecay(touches, spec.half_life_days ?? 7)
    case 'custom':
      return touches.map(({ touch }) => custom(touch.type, touch.stage, spec.weights))
    case 'channel-weights':
      return channelWeights(touches, spec.weights, spec.source)
    case 'rules':
      return ruleWeights(touches, spec.rules)
  }
}

function checkWeight(weight: number, what: string): number {
  if (Number.isFinite(weight) && weight >= 0) return weight
  throw badInput(`${what}: weight ${weight} is not a number of zero or more`)
}

function single(touches: readonly TimedTouch[], chosen: number, what: string): Weighed[] {
  return touches.map((_, i) => (i === chosen ? { weight: 1, because: what } : { weight: 0, because: `not the ${what}` }))
}

function position(n: number, weights: PositionWeights): Weighed[] {
  for (const weight of weights) checkWeight(weight, 'position')
  if (n === 1) return [{ weight: 1, because: 'only touch' }]
  if (n === 2) return ['first', 'last'].map((which) => ({ weight: 1, because: `${which} of two touches, half each` }))
  const [first, middle, last] = weights
  return Array.from({ length: n }, (_, i) => {
    if (i === 0) return { weight: first, because: `first touch, weight ${first}` }
    if (i === n - 1) return { weight: last, because: `last touch, weight ${last}` }
    return { weight: middle / (n - 2), because: `one of ${n - 2} middle touches that share weight ${middle}` }
  })
}

/** Milestones that meet in one touch add up; weights of absent milestones and of absent others fall to the present ones in proportion. */
function wShaped(touches: readonly TimedTouch[], milestones: readonly string[], weights: readonly number[]): Weighed[] {
  if (weights.length !== milestones.length + 2) {
    throw badInput(
      `w-shaped: ${weights.length} weights for ${milestones.length} milestones; give the first touch, each milestone and the others`,
    )
  }
  const rest = checkWeight(weights.at(-1) ?? 0, 'w-shaped')
  const weighed = touches.map(() => ({ weight: 0, because: '' }))
  const give = (at: number, weight: number, because: string) => {
    const touch = weighed[at]
    if (!touch) return
    touch.weight += checkWeight(weight, 'w-shaped')
    touch.because = touch.because === '' ? because : `${touch.because}; ${because}`
  }
  give(0, weights[0] ?? 0, `first touch, weight ${weights[0]}`)
  milestones.forEach((stage, i) => {
    const at = touches.findIndex(({ touch }) => touch.stage === stage)
    give(at, weights[i + 1] ?? 0, `first touch of stage ${stage}, weight ${weights[i + 1]}`)
  })
  const others = weighed.filter((touch) => touch.because === '')
  for (const touch of others) {
    touch.weight = rest / others.length
    touch.because = `one of ${others.length} other touches that share weight ${rest}`
  }
  return weighed
}

function timeDecay(touches: readonly TimedTouch[], halfLife: number): Weighed[] {
  if (!(halfLife > 0 && Number.isFinite(halfLife)))
    throw badInput(`time-decay: half-life ${halfLife} is not a number of days above zero`)
  const last = touches.at(-1)?.time ?? 0
  return touches.map(({ time }) => {
    const days = (last - time) / 86_400_000
    const weight = 2 ** (-days / halfLife)
    return {
      weight,
      because: `${Number(days.toFixed(2))} days before the last touch, half-life ${halfLife} days: weight ${Number(weight.toPrecision(4))}`,
    }
  })
}

function custom(
  type: string,
  stage: string | null,
  weights: Readonly<Record<string, Readonly<Record<string, number>>>>,
): Weighed {
  const byType = Object.hasOwn(weights, type) ? weights[type] : weights['*']
  const weight = byType === undefined ? 0 : ((stage !== null && Object.hasOwn(byType, stage) ? byType[stage] : byType['*']) ?? 0)
  checkWeight(weight, `custom weight of ${type}`)
  return { weight, because: `type ${type} in ${stage === null ? 'no stage' : `stage ${stage}`}: weight ${weight}` }
}

function channelWeights(touches: readonly TimedTouch[], weights: Readonly<Record<string, number>>, source: string): Weighed[] {
  const counts = new Map<string, number>()
  for (const { touch } of touches) counts.set(touch.channel, (counts.get(touch.channel) ?? 0) + 1)
  return touches.map(({ touch }) => {
    const weight = checkWeight(
      Object.hasOwn(weights, touch.channel) ? (weights[touch.channel] ?? 0) : 0,
      `weight of ${touch.channel}`,
    )
    const times = counts.get(touch.channel) ?? 1
    const split = times > 1 ? `, shared by its ${times} touches` : ''
    return { weight: weight / times, because: `${source} gives ${touch.channel} weight ${Number(weight.toPrecision(4))}${split}` }
  })
}
