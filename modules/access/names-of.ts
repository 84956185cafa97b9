import type { Audience } from '../../kernel/contract.ts'
import type { NamesOf } from '../timeline.ts'

/** The names of members, as far as row rights show them: one's own firm's and the host's. */
export const namesOf: NamesOf = async (ctx, ids) => {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('members')
    .select(['id', 'name', 'side'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, name, side }) => [id, { name, side: side as Audience }]))
}
