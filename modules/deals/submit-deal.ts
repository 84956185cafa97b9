import type { Ctx } from '../../kernel/module.ts'
import { dealForUpdate, getDeal } from './queries.ts'
import { fileDraft } from './register-deal.ts'
import type { Deal } from './shapes.ts'

/** Registers a draft that was kept, or anew one whose place in line lapsed. */
export async function submitDeal(ctx: Ctx, { id }: { id: string }): Promise<Deal> {
  await fileDraft(ctx, await dealForUpdate(ctx, id))
  return getDeal(ctx, { id })
}
