import type { Input, Output } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { extendProtection, extensionOf } from '../deals/extend-protection.ts'
import { toldOf } from '../deals/on-deal-news.ts'
import { dealForUpdate, getDeal } from '../deals/queries.ts'
import { getEcosystem } from '../ecosystems/queries.ts'
import { actAs, actorBy, readAs } from './act-as.ts'
import type * as contract from './contract.ts'
import { findLink, isOver, type Link, useUp } from './find-link.ts'

export const VERB = 'deals.extend'
const NEEDS = ['deals.read', 'deals.register']

type Opened = Output<typeof contract.open_extension>

/** What the link would do now; null where the deal has moved on since the mail was written. */
async function offerOf(ctx: Ctx, { subject_id: id, basis, name }: Link): Promise<Opened['extension']> {
  const deal = await getDeal(ctx, { id })
  if (deal.protection !== 'protected' || deal.protected_until !== basis) return null
  const { until_at, moved_from, left, zone, isAllowed } = await extensionOf(ctx, deal)
  const told = await toldOf(ctx, id)
  if (!told || !isAllowed || left <= 0) return null
  const { number, customer, product, partner } = told
  const about = { deal_id: id, number, customer, product, partner, person: name }
  return { ...about, zone, protected_until: basis, until: until_at, moved_from, left: left - 1 }
}

/** Says what a mailed link would do. A scanner that opens it uses nothing up. */
export async function openExtension(ctx: Ctx, { token }: Input<typeof contract.open_extension>): Promise<Opened> {
  const link = await findLink(ctx, token, VERB)
  const { ecosystem, expires_at, used_at } = link
  const { branding } = await getEcosystem(ctx)
  const told = { ecosystem, branding, expires_at, used_at, extension: null }
  if (used_at) return { ...told, state: 'used' }
  if (isOver(ctx, link)) return { ...told, state: 'ended' }
  const actor = actorBy(link, NEEDS)
  if (!actor) return { ...told, state: 'no_access' }
  const extension = await readAs(ctx, actor, (inside) => offerOf(inside, link))
  return { ...told, extension, state: extension ? 'open' : 'ended' }
}

/** Extends as the person whom the link was mailed to, by their rights of this moment. */
export async function extendByLink(
  ctx: Ctx,
  { token, progress }: Input<typeof contract.extend>,
): Promise<Output<typeof contract.extend>> {
  const link = await findLink(ctx, token, VERB)
  if (link.used_at) throw new Refusal('conflict', 'This link was used already, and it works once: sign in to see the deal')
  if (isOver(ctx, link)) throw new Refusal('conflict', 'This link has ended: sign in to extend the protection')
  const actor = actorBy(link, NEEDS)
  if (!actor) throw new Refusal('forbidden', 'The person whom this link was mailed to has no access any more')
  await actAs(ctx, actor)
  const deal = await dealForUpdate(ctx, link.subject_id)
  if (deal.protected_until !== link.basis)
    throw new Refusal('conflict', 'The deal has moved on since this mail was written: sign in to see how it stands')
  await useUp(ctx, link)
  const { id, protected_until } = await extendProtection(ctx, { id: link.subject_id, progress })
  return { id, protected_until }
}
