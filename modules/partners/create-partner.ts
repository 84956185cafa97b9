import type { Input, Output } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { checkReferences } from './check-references.ts'
import type * as contract from './contract.ts'
import { findCandidates } from './find-candidates.ts'
import { planPartner } from './plan-partner.ts'
import { getPartner } from './queries.ts'
import { writePartners } from './write-partners.ts'

export async function createPartner(
  ctx: Ctx,
  { is_new, ...row }: Input<typeof contract.create>,
): Promise<Output<typeof contract.create>> {
  const plan = planPartner(ctx.id(), null, row)
  if (row.status) plan.values.status = row.status
  await checkReferences(ctx, [plan])
  if (plan.issues.length > 0) throw invalid(plan.issues)
  if (!is_new) await refuseDuplicate(ctx, row)
  await writePartners(ctx, [plan])
  return getPartner(ctx, { id: plan.id })
}

async function refuseDuplicate(ctx: Ctx, row: Omit<Input<typeof contract.create>, 'is_new'>): Promise<void> {
  const group = [row.parent_id, row.distributor_id].filter((id) => typeof id === 'string')
  const { items } = await findCandidates(ctx, {
    name: row.trading_name ?? row.legal_name,
    domain: row.domain ?? undefined,
    country: row.country,
  })
  const same = items.filter(({ id, score, is_family }) => score >= 0.9 && !is_family && !group.includes(id))
  const first = same[0]
  if (!first) return
  throw new Refusal(
    'conflict',
    `This may be ${first.name} (same ${first.agrees.join(', ')}): open that one, make this its child, or say is_new`,
    { candidates: same },
  )
}
