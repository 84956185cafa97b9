import { sql } from 'kysely'
import type { Output } from '../../kernel/contract.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { succession } from './contract.ts'
import { visibleDeals } from './queries.ts'

type Succession = Output<typeof succession>

const successionsOf = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom('deal_successions as s')
    // A partner reads those of its own only, by row rights; the deals beside them go through the one door.
    .leftJoin(visibleDeals(ctx).select(['d.id', 'd.number', 'd.account_name', 'partners.name']).as('o'), (join) =>
      join.on(sql<boolean>`o.id = case when s.deal_id = ${id} then s.by_deal_id else s.deal_id end`),
    )
    .select(['s.deal_id', 's.decided_by', 's.opportunity_id', 's.written_on', 's.at'])
    .select(['o.id as other_id', 'o.number', 'o.account_name', 'o.name as partner_name'])
    .where('s.tenant_id', '=', ctx.tenant_id)
    .where((eb) => eb.or([eb('s.deal_id', '=', id), eb('s.by_deal_id', '=', id)]))
    .orderBy('s.at')
    .limit(50)
    .execute()

type Row = Awaited<ReturnType<typeof successionsOf>>[number]

const shown = ({ other_id, number, account_name, partner_name, decided_by, opportunity_id, written_on, at }: Row) => ({
  // The database's check holds these very words.
  by: decided_by as NonNullable<Succession['superseded']>['by'],
  at,
  deal:
    other_id === null || number === null || account_name === null
      ? null
      : { id: other_id, number, account_name, partner_name: partner_name ?? '' },
  opportunity_id,
  written_on,
})

/** What took a deal's place, and whose place it took, as far as the reader may know. */
export async function getSuccession(ctx: Ctx, { id }: { id: string }): Promise<Succession> {
  const seen = await visibleDeals(ctx).select('d.id').where('d.id', '=', id).executeTakeFirst()
  if (!seen) throw new Refusal('not_found', 'There is no such deal, or it is not yours to see')
  const rows = await successionsOf(ctx, id)
  const own = rows.find((row) => row.deal_id === id)
  return { superseded: own ? shown(own) : null, in_place_of: rows.filter((row) => row.deal_id !== id).map(shown) }
}
