import { badInput } from './bad-input.ts'
import type { TimedTouch, Weighed } from './touch.ts'

/**
 * One rule of the rule-based model: a share of the pool for touches that match. Absent conditions match everything.
 * Rules are asked in order and a touch answers to the first rule that takes it.
 */
export interface CreditRule {
  label: string
  types?: readonly string[]
  stages?: readonly string[]
  channels?: readonly string[]
  /** Which of the matching touches share it; default all, in equal parts. */
  pick?: 'first' | 'last' | 'all'
  /** Weight of the rule, any scale. Weights of rules that nothing matches fall to the others in proportion. */
  weight: number
}

function matches({ touch }: TimedTouch, rule: CreditRule): boolean {
  if (rule.types && !rule.types.includes(touch.type)) return false
  if (rule.stages && !(touch.stage !== null && rule.stages.includes(touch.stage))) return false
  return !rule.channels || rule.channels.includes(touch.channel)
}

/** Weights by ordered rules. A touch that no rule takes gets nothing. Throws bad input on weights and on an empty list. */
export function ruleWeights(touches: readonly TimedTouch[], rules: readonly CreditRule[]): Weighed[] {
  if (rules.length === 0) throw badInput('rules: give at least one rule')
  const weighed: Weighed[] = touches.map(() => ({ weight: 0, because: 'no rule takes this touch' }))
  const free = new Set(touches.keys())
  for (const rule of rules) {
    if (!(Number.isFinite(rule.weight) && rule.weight >= 0))
      throw badInput(`rule "${rule.label}": weight ${rule.weight} is not zero or more`)
    const matching = [...free].filter((i) => matches(touches[i]!, rule))
    const taken = rule.pick === 'first' ? matching.slice(0, 1) : rule.pick === 'last' ? matching.slice(-1) : matching
    for (const i of taken) {
      const sharing = taken.length > 1 ? `, shared by ${taken.length} touches` : ''
      weighed[i] = { weight: rule.weight / taken.length, because: `rule "${rule.label}": weight ${rule.weight}${sharing}` }
      free.delete(i)
    }
  }
  return weighed
}
