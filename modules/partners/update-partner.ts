import { passClocks } from '../../kernel/clocks.ts'
import type { Input, Output } from '../../kernel/contract.ts'
import { invalid, Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { lockHierarchy } from '../circles.ts'
import { checkReferences, refuseCircles } from './check-references.ts'
import type * as contract from './contract.ts'
import { type PartnerPatch, planPartner } from './plan-partner.ts'
import { getPartner, partnerForUpdate } from './queries.ts'
import { lockKnown } from './save-partners.ts'
import { writePartners } from './write-partners.ts'

async function change(ctx: Ctx, id: string, patch: PartnerPatch): Promise<Output<typeof contract.get>> {
  if (patch.parent_id || patch.distributor_id) await lockHierarchy(ctx)
  await partnerForUpdate(ctx, id)
  const known = (await lockKnown(ctx, [id])).get(id)
  if (!known) throw new Refusal('not_found', 'There is no such partner, or it is not yours to see')
  const plan = planPartner(id, known, patch)
  await checkReferences(ctx, [plan])
  await refuseCircles(ctx, [plan])
  if (plan.issues.length > 0) throw invalid(plan.issues)
  await writePartners(ctx, [plan])
  return getPartner(ctx, { id })
}

export const updatePartner = (ctx: Ctx, { id, ...patch }: Input<typeof contract.update>) => change(ctx, id, patch)

export async function updateProfile(ctx: Ctx, { id, ...patch }: Input<typeof contract.update_profile>) {
  if (ctx.actor.side === 'outer' && ctx.actor.party_id !== id) {
    await getPartner(ctx, { id })
    throw new Refusal('forbidden', 'You may change the profile of your own firm only')
  }
  return change(ctx, id, patch)
}

export const setTracks = (ctx: Ctx, { id, tracks }: Input<typeof contract.set_tracks>) => change(ctx, id, { tracks })

export async function assignManager(ctx: Ctx, { id, manager_id }: Input<typeof contract.assign_manager>) {
  const { manager_id: from } = await partnerForUpdate(ctx, id)
  if (from !== null && from !== manager_id) await passClocks(ctx, from, manager_id, id)
  return change(ctx, id, { manager_id })
}
