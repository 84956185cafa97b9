import { conflictAmong } from './conflict-among.ts'
import { familiesOf, isOwn, productsOf, type Rival } from './find-rivals.ts'
import type { DealState } from './queries.ts'

type Products = Pick<DealState, 'product' | 'more_products' | 'refused_products'>

/**
 * What of a registration of several products is left where others hold some of them, or the partner has them already. Where nothing
 * would be left, all stays: then the whole is refused.
 */
export function leaveTaken(deal: DealState, rivals: readonly Rival[], familyOf: ReadonlyMap<string, string>): Products {
  const asked = productsOf(deal)
  const stays = { product: deal.product, more_products: deal.more_products, refused_products: deal.refused_products }
  if (asked.length === 1) return stays
  const isTaken = (product: string) => {
    const family = familyOf.get(product) ?? product
    const there = rivals.filter((one) => one.met.includes(family))
    const own = there.some((one) => isOwn(deal, one))
    return own || conflictAmong(there, deal) === 'protected'
  }
  const [product, ...more_products] = asked.filter((one) => !isTaken(one))
  if (product === undefined) return stays
  const left = new Set([product, ...more_products])
  return { product, more_products, refused_products: [...deal.refused_products, ...asked.filter((one) => !left.has(one))] }
}

/** Rivals as they stand against what is left of a registration. */
export function rivalsOfLeft(rivals: readonly Rival[], left: Products, familyOf: ReadonlyMap<string, string>): Rival[] {
  const families = new Set(familiesOf(left, familyOf))
  return rivals.map((one) => {
    const met = one.met.filter((family) => families.has(family))
    return { ...one, met, same_scope: met.length > 0 }
  })
}
