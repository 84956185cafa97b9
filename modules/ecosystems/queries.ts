import type { Ctx } from '../../kernel/module.ts'
import type { Ecosystem } from './contract.ts'

export async function getEcosystem(ctx: Ctx): Promise<Ecosystem> {
  return ctx.db.selectFrom('ecosystems').selectAll().where('tenant_id', '=', ctx.tenant_id).executeTakeFirstOrThrow()
}
