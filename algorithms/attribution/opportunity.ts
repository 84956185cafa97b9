import { allocate } from './allocate.ts'
import { badInput } from './bad-input.ts'
import { cappedShares } from './capped-shares.ts'
import { type Eligibility, type Excluded, eligibleTouches, type TimedTouch, type Touch, type Weighed } from './touch.ts'
import { type TouchModel, weighTouches } from './touch-weights.ts'

export interface Opportunity {
  /** What is shared out, in minor units of one currency; negative for a refund. */
  amount_minor: number
  touches: readonly Touch[]
  model: TouchModel
  /** Part of the amount that stays with the vendor, 0 … 1; default 0. The partner pool is the rest. */
  vendor_share?: number
  /** Largest share of the partner pool per touch and per channel, 0 … 1; default 1. */
  caps?: { touch?: number; channel?: number }
  eligibility?: Eligibility
}

/** @public */
export interface TouchCredit {
  touch_id: string
  channel: string
  /** Share of the partner pool, 0 … 1; the shares sum to 1 unless caps or a lack of touches leave a part uncredited. */
  pool_share: number
  amount_minor: number
  /** Why this touch gets this amount, one sentence per step. */
  because: string[]
}

export interface OpportunityCredit {
  credits: TouchCredit[]
  /** The vendor's own share. */
  vendor_minor: number
  /** What nobody may take: everything capped, or no touch with a weight. */
  uncredited_minor: number
  excluded: Excluded[]
}

function share(value: number | undefined, fallback: number, what: string): number {
  const given = value ?? fallback
  if (given >= 0 && given <= 1) return given
  throw badInput(`${what} ${given} is not between 0 and 1`)
}

/** Channels are capped first, each by its own cap and by what its touches may take; then the touches within each channel. */
function poolShares(
  touches: readonly TimedTouch[],
  weighed: readonly Weighed[],
  caps: { touch: number; channel: number },
): number[] {
  const byChannel = new Map<string, number[]>()
  touches.forEach(({ touch }, i) => byChannel.set(touch.channel, [...(byChannel.get(touch.channel) ?? []), i]))
  const touchCaps = touches.map(({ touch }) => Math.min(caps.touch, touch.cap ?? 1))
  const groups = [...byChannel.values()]
  const sum = (group: readonly number[], of: (i: number) => number) => group.reduce((total, i) => total + of(i), 0)
  const weight = (i: number) => weighed[i]!.weight
  const room = groups.map((group) =>
    Math.min(
      caps.channel,
      sum(group, (i) => (weight(i) > 0 ? touchCaps[i]! : 0)),
    ),
  )
  const groupShares = cappedShares(
    groups.map((group) => sum(group, weight)),
    room,
    1,
  )
  const shares = touches.map(() => 0)
  groups.forEach((group, g) => {
    const inner = cappedShares(
      group.map(weight),
      group.map((i) => touchCaps[i]!),
      groupShares[g]!,
    )
    group.forEach((i, k) => {
      shares[i] = inner[k]!
    })
  })
  return shares
}

const percent = (value: number) => `${Number((100 * value).toFixed(4))} %`

function reasons(
  weighed: Weighed,
  parts: { uncapped: number; share: number; vendor: number; exact: number; amount: number },
): string[] {
  const because = [weighed.because]
  const { uncapped, share: taken, vendor, exact, amount } = parts
  because.push(`${percent(uncapped)} of the partner pool by weight`)
  if (taken < uncapped - 1e-12) because.push(`cut to ${percent(taken)} by a cap`)
  if (taken > uncapped + 1e-12) because.push(`raised to ${percent(taken)} by what caps cut off elsewhere`)
  if (vendor > 0) because.push(`the vendor keeps ${percent(vendor)} of the amount`)
  const rounding = amount - exact
  if (Math.abs(rounding) > 1e-9)
    because.push(`${rounding > 0 ? 'rounded up' : 'rounded down'} to whole minor units by largest remainder`)
  return because
}

/**
 * Credits one opportunity's touches. Credits, vendor and uncredited part sum to the amount exactly; equal remainders go to the older
 * touch, then to the smaller id, the uncredited part last. Throws bad input on impossible parameters.
 */
export function creditOpportunity(opportunity: Opportunity): OpportunityCredit {
  const { amount_minor, model } = opportunity
  const vendor = share(opportunity.vendor_share, 0, 'vendor_share')
  const caps = {
    touch: share(opportunity.caps?.touch, 1, 'caps.touch'),
    channel: share(opportunity.caps?.channel, 1, 'caps.channel'),
  }
  const { eligible, excluded } = eligibleTouches(opportunity.touches, opportunity.eligibility ?? {})
  const weighed = weighTouches(eligible, model)
  const total = weighed.reduce((sum, touch) => sum + touch.weight, 0)
  const capped = caps.touch < 1 || caps.channel < 1 || eligible.some(({ touch }) => touch.cap !== undefined)
  const uncapped = weighed.map((touch) => (total > 0 ? touch.weight / total : 0))
  const shares = capped ? poolShares(eligible, weighed, caps) : uncapped
  const credited = shares.reduce((sum, part) => sum + part, 0)
  const uncredited = total > 0 && !(capped && credited < 1 - 1e-12) ? 0 : 1 - credited
  const [pool_minor = 0, vendor_minor = 0] = allocate(amount_minor, [1 - vendor, vendor])
  // Without caps the model's own weights go into the split, so that whole weights stay exact.
  const plain = !capped && total > 0
  const parts = allocate(pool_minor, plain ? weighed.map((touch) => touch.weight) : [...shares, uncredited])
  const credits = eligible.map(({ touch }, i) => {
    const exact = pool_minor * shares[i]!
    const amount = parts[i]!
    const because = reasons(weighed[i]!, { uncapped: uncapped[i]!, share: shares[i]!, vendor, exact, amount })
    return { touch_id: touch.touch_id, channel: touch.channel, pool_share: shares[i]!, amount_minor: amount, because }
  })
  return { credits, vendor_minor, uncredited_minor: plain ? 0 : parts.at(-1)!, excluded }
}
