import { sql } from 'kysely'
import type { Audience, TimelineEntry } from '../kernel/contract.ts'
import type { Ctx } from '../kernel/module.ts'
import { keysetPage, type Page } from '../kernel/pages.ts'

export interface TimelineInput {
  id: string
  limit: number
  cursor?: string | undefined
}

/** Who the actors of these ids are, as far as the reader may know. */
export type NamesOf = (ctx: Ctx, ids: string[]) => Promise<ReadonlyMap<string, { name: string; side: Audience }>>

/** The history of a record from the event log, the newest first; row rights leave out what the reader may not see. */
export async function timelineOf(
  ctx: Ctx,
  subject_type: string,
  input: TimelineInput,
  namesOf: NamesOf,
): Promise<Page<TimelineEntry>> {
  const query = ctx.db
    .selectFrom('events')
    .select(['id', 'type', 'at', 'actor_id', 'via', 'data', 'changes'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('subject_type', '=', subject_type)
    .where('subject_id', '=', input.id)
  const page = await keysetPage(query, { ...input, sort: '-id' }, { sorts: { id: sql`id` }, fallback: '-id', id: sql`id` })
  const names = await namesOf(ctx, [...new Set(page.items.flatMap((item) => item.actor_id ?? []))])
  const items = page.items.map((item) => {
    const actor = item.actor_id === null ? undefined : names.get(item.actor_id)
    return { ...item, actor_name: actor?.name ?? null, actor_side: actor?.side ?? null }
  })
  return { ...page, items }
}
