import { invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { TRACKS } from '../partners/rules.ts'
import type { RuleDocument } from './contract.ts'

async function placesOf(ctx: Ctx, kind: 'region' | 'track'): Promise<readonly string[]> {
  if (kind === 'track') return TRACKS
  const rows = await ctx.db
    .selectFrom('regions')
    .select('code')
    .where('tenant_id', '=', ctx.tenant_id)
    .where('state', '=', 'active')
    .orderBy('code')
    .execute()
  return rows.map(({ code }) => code)
}

/** Refuses a scope that no partner could ever fall under: a region or track that is not there or is retired. */
export async function checkScope(ctx: Ctx, { kind, value }: RuleDocument['scope']): Promise<void> {
  const refuse = (message: string) => invalid([{ path: 'scope.value', message }])
  if (kind === 'ecosystem') {
    if (value !== null) throw refuse('a document for the whole ecosystem names none: give null')
    return
  }
  const places = await placesOf(ctx, kind)
  if (value !== null && places.includes(value)) return
  const list = places.join(', ') || 'not set up yet'
  throw refuse(`${value === null ? `name a ${kind}` : `there is no ${kind} '${value}'`}; the ${kind}s are ${list}`)
}
