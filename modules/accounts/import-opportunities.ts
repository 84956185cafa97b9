import type { Issue } from '../../kernel/errors.ts'
import type { ImportOutcome } from '../../kernel/importing.ts'
import type { Ctx } from '../../kernel/module.ts'
import { productsNamed } from '../ecosystems/products-named.ts'
import { saveOpportunities } from './save-opportunities.ts'

type Rows = Parameters<typeof saveOpportunities>[1]

/**
 * Opportunities as a file has them, whose products are names. A registration is compared by the product's code, so a
 * product that is none of ours would let an opportunity of our own count for nothing: it is left out, and told.
 */
export async function importOpportunities(ctx: Ctx, rows: Rows): Promise<ImportOutcome[]> {
  const { codeOf, names } = await productsNamed(ctx)
  const warnings = new Map<number, Issue>()
  const meant = rows.map((row, i) => {
    const { product, ...rest } = row
    if (typeof product !== 'string') return row
    const code = codeOf(product)
    if (code) return { ...rest, product: code }
    const message = `'${product}' is no product and was left out; there are ${names.join(', ') || 'none yet'}`
    warnings.set(i, { path: 'product', message, code: 'product_unknown', values: { text: product } })
    return rest
  })
  const saved = await saveOpportunities(ctx, meant)
  return saved.map((one, i) => {
    const warning = warnings.get(i)
    return warning ? { ...one, warnings: [...one.warnings, warning] } : one
  })
}
