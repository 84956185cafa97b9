import type { Ctx } from '../../kernel/module.ts'
import { regionsBelow } from '../ecosystems/queries.ts'
import type { RuleDocument } from './contract.ts'

export interface RuleScope {
  /** Of several the leading one. */
  region: string | null
  tracks: readonly string[]
}

/** A document and, where it is for a region, the regions it holds for: that one and those below it, by their steps. */
export type Published = RuleDocument & { regions: ReadonlyMap<string, number> | null }

/** Documents with the regions that they hold for. */
export async function withRegions(ctx: Ctx, documents: readonly RuleDocument[]): Promise<Published[]> {
  const named = documents.flatMap(({ scope }) => (scope.kind === 'region' && scope.value ? [scope.value] : []))
  const below = await regionsBelow(ctx, [...new Set(named)])
  return documents.map((one) => ({
    ...one,
    regions: one.scope.kind === 'region' ? (below.get(one.scope.value ?? '') ?? new Map()) : null,
  }))
}

const RANK = { ecosystem: 0, region: 1, track: 2 }

function holdsFor({ scope: own, regions }: Published, { region, tracks }: RuleScope): boolean {
  if (own.kind === 'ecosystem') return true
  return own.kind === 'track' ? tracks.includes(own.value ?? '') : region !== null && regions?.has(region) === true
}

/** Of published documents those that a scope goes by: of each kind the most specific, as the nearest region, then the newest. */
export function fitting(published: readonly Published[], scope: RuleScope): Map<string, Published> {
  const fits = published.filter((one) => holdsFor(one, scope))
  const steps = ({ regions }: Published) => regions?.get(scope.region ?? '') ?? 0
  // The best comes last, and so stays in the map.
  fits.sort((a, b) => RANK[a.scope.kind] - RANK[b.scope.kind] || steps(b) - steps(a) || a.number - b.number)
  return new Map(fits.map((document) => [document.kind, document]))
}
