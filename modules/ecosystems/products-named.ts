import type { Ctx } from '../../kernel/module.ts'

export interface NamedProducts {
  /** The code of an active product that goes by this code or name, however it is written; nothing where two share the name. */
  codeOf: (text: string) => string | undefined
  /** What there is, as people call it. */
  names: string[]
}

const plain = (text: string) => text.trim().toLowerCase()

/** Products as a file names them: people write names, and seldom the code. */
export async function productsNamed(ctx: Ctx): Promise<NamedProducts> {
  const products = await ctx.db
    .selectFrom('products')
    .select(['code', 'name'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('state', '=', 'active')
    .orderBy('code')
    .execute()
  const byName = Map.groupBy(products, ({ name }) => plain(name))
  const codes = new Map(products.map(({ code }) => [plain(code), code]))
  const codeOf = (text: string) => {
    const named = byName.get(plain(text)) ?? []
    return codes.get(plain(text)) ?? (named.length === 1 ? named[0]?.code : undefined)
  }
  return { codeOf, names: products.map(({ name }) => name) }
}
