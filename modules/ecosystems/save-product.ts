import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import * as contract from './contract.ts'

export async function saveProduct(
  ctx: Ctx,
  input: Input<typeof contract.save_product>,
): Promise<Output<typeof contract.save_product>> {
  const { code, name, family, state } = input
  const row = await ctx.db
    .selectFrom('products')
    .select(['id', 'version'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst()
  ctx.match(row?.version ?? 0)
  const id = row?.id ?? ctx.id()
  const values = { name, family, state, version: (row?.version ?? 0) + 1 }
  if (row) await ctx.db.updateTable('products').set(values).where('tenant_id', '=', ctx.tenant_id).where('id', '=', id).execute()
  else
    await ctx.db
      .insertInto('products')
      .values({ tenant_id: ctx.tenant_id, id, code, ...values })
      .execute()
  ctx.emit(contract.product_saved, { product_id: id, code })
  return { id, code, ...values }
}
