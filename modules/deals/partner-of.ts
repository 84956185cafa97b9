import { sql } from 'kysely'
import type { WorkCalendar } from '../../kernel/dates.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { runRemembered } from '../../kernel/statements.ts'

export interface DealPartner {
  id: string
  name: string
  status: string
  /** The leading one: its calendar runs the clocks, and its rules judge. */
  region: string | null
  /** The countries where it is at home by any of its regions; empty or null where nobody said so. */
  territory: string[] | null
  manager_id: string | null
  /** The names are read with one partner only, and the second is of the member who asks. */
  manager_name?: string | null
  caller_name?: string | null
  distributor_id: string | null
  tracks: string[]
  /** Working hours of its region; null runs day and night. */
  calendar: WorkCalendar | null
}

/** Of a partner p with its leading region r: the countries of all its regions, none where one of them does not say. */
export const TERRITORY = sql<string[] | null>`case when p.more_regions = '{}' then r.territory
  when exists (select from regions x where x.tenant_id = p.tenant_id and x.code = any(p.more_regions || p.region) and x.territory = '{}') then null
  else array(select distinct c.country from regions x cross join lateral unnest(x.territory) as c (country)
    where x.tenant_id = p.tenant_id and x.code = any(p.more_regions || p.region)) end`

/** What the checks need of a deal's partner, in one read. */
export async function partnerOf(ctx: Ctx, id: string): Promise<DealPartner> {
  const [partner] = await runRemembered(ctx, 'deals.partner', { id }, (bare, marks) => ({
    compile: () =>
      sql<DealPartner>`select p.id, p.name, p.status, p.region, p.manager_id, p.distributor_id, r.calendar, ${TERRITORY} as territory,
        (select m.name from members m where m.tenant_id = p.tenant_id and m.id = p.manager_id) as manager_name,
        (select m.name from members m where m.tenant_id = p.tenant_id and m.id = ${bare.actor.member_id}) as caller_name,
        array(select t.track from partner_tracks t where t.tenant_id = p.tenant_id and t.partner_id = p.id order by t.track) as tracks
      from partners p left join regions r on r.tenant_id = p.tenant_id and r.code = p.region
      where p.tenant_id = ${bare.tenant_id} and p.id = ${marks.id}`.compile(bare.db),
  }))
  if (!partner) throw new Refusal('not_found', 'There is no such partner, or it is not yours to see')
  return partner
}
