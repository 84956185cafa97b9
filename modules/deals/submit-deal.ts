import type { Input } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { submit } from './contract.ts'
import { changeFields } from './edit-deal.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { fileDraft } from './register-deal.ts'
import type { Deal } from './shapes.ts'

/** Registers a draft that was kept, or anew one whose place in line lapsed; with what is typed anew of it. */
export async function submitDeal(ctx: Ctx, { id, ...fields }: Input<typeof submit>): Promise<Deal> {
  const deal = await dealForUpdate(ctx, id)
  await fileDraft(ctx, Object.keys(fields).length > 0 ? await changeFields(ctx, deal, fields) : deal)
  return getDeal(ctx, { id })
}
