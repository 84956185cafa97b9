import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import { namesOf } from '../access/names-of.ts'
import { timelineOf } from '../timeline.ts'
import type * as contract from './contract.ts'
import { getPartner } from './queries.ts'

export async function partnerPeople(ctx: Ctx, { id }: Input<typeof contract.people>): Promise<Output<typeof contract.people>> {
  await getPartner(ctx, { id })
  const members = await ctx.db
    .selectFrom('members')
    .select(['id as member_id', 'name', 'email', 'state as status'])
    .select(
      sql<
        string[]
      >`array(select r.role from member_roles r where r.tenant_id = ${ctx.tenant_id} and r.member_id = members.id order by r.role)`.as(
        'roles',
      ),
    )
    .where('members.tenant_id', '=', ctx.tenant_id)
    .where('members.party_id', '=', id)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return { items: members }
}

export async function partnerTimeline(
  ctx: Ctx,
  input: Input<typeof contract.timeline>,
): Promise<Output<typeof contract.timeline>> {
  await getPartner(ctx, { id: input.id })
  return timelineOf(ctx, 'partners', input, namesOf)
}
