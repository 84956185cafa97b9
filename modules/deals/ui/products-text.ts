import { comma } from '../../../web/kit/locale.ts'
import { useProductName } from '../../ecosystems/ui/product-name.ts'

/** All products of a deal in a few words: the first, and how many more. */
export function useProductsText(): (deal: { product: string; more_products: string[] }, isWhole?: boolean) => string {
  const nameOf = useProductName()
  return ({ product, more_products }, isWhole = false) => {
    if (isWhole) return [product, ...more_products].map(nameOf).join(comma())
    return more_products.length > 0 ? `${nameOf(product)} +${more_products.length}` : nameOf(product)
  }
}
