import { sql } from 'kysely'
import type { Ctx } from '../../kernel/module.ts'
import type { FirstSteps } from './contract.ts'
import { FIRST_STEPS } from './hide-first-steps.ts'

/** How far a new house is set up, told by what there is: nobody ticks anything. */
export async function firstSteps(ctx: Ctx): Promise<FirstSteps> {
  const { tenant_id, now } = ctx
  const { rows } = await sql<FirstSteps>`select
      exists (select from regions r where r.tenant_id = ${tenant_id} and r.state = 'active') as regions,
      not exists (select from ecosystems e, unnest(e.currencies) as used(currency)
        where e.tenant_id = ${tenant_id} and used.currency <> e.reporting_currency
          and not exists (select from rates x where x.tenant_id = ${tenant_id} and used.currency in (x.currency, x.base))) as currencies,
      exists (select from products p where p.tenant_id = ${tenant_id} and p.state = 'active') as products,
      exists (select from members m where m.tenant_id = ${tenant_id} and m.side = 'inner' and m.state <> 'ended'
        and m.id is distinct from ${ctx.actor.member_id}) as people,
      exists (select from partners p where p.tenant_id = ${tenant_id}) as partners,
      exists (select from accounts a where a.tenant_id = ${tenant_id}) as accounts,
      exists (select from rule_documents d where d.tenant_id = ${tenant_id} and d.kind = 'deals.review' and d.state = 'published'
        and (d.retired_at is null or d.retired_at > ${now})) as rule,
      exists (select from hidden_parts h where h.tenant_id = ${tenant_id} and h.member_id = ${ctx.actor.member_id}
        and h.part = ${FIRST_STEPS}) as hidden`.execute(ctx.db)
  const [row] = rows
  if (!row) throw new Error('A select without a source gives one row')
  return row
}
