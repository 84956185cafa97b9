import type { z } from 'zod'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { EngagementRules } from './contract.ts'
import { documentInForce } from './queries.ts'

type Rules = z.output<typeof EngagementRules>

/** The rules of engagement in force, as anybody may read them. */
export async function engagementRules(ctx: Ctx, _input: { slug: string }): Promise<Rules> {
  const ecosystem = await ctx.db
    .selectFrom('ecosystems')
    .select(['name', 'branding'])
    .where('tenant_id', '=', ctx.tenant_id)
    .executeTakeFirst()
  const document = ecosystem ? await documentInForce(ctx, 'engagement', { region: null, tracks: [] }) : null
  if (!ecosystem || !document) throw new Refusal('not_found', 'This ecosystem has published no rules of engagement')
  const { clauses } = document.body as Pick<Rules, 'clauses'>
  return {
    ecosystem: ecosystem.name,
    // As it was checked when it was saved.
    branding: ecosystem.branding as Rules['branding'],
    title: document.title,
    number: document.number,
    published_from: document.published_from ?? document.created_at,
    clauses,
  }
}
