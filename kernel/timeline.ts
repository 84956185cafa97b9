import { sql } from 'kysely'
import type { TimelineEntry } from './contract.ts'
import type { Ctx } from './module.ts'
import { keysetPage, type Page } from './pages.ts'

export interface TimelineInput {
  id: string
  limit: number
  cursor?: string | undefined
}

/** The history of a record from the event log, the newest first; row rights leave out what the reader may not see. */
export async function timelineOf(ctx: Ctx, subject_type: string, input: TimelineInput): Promise<Page<TimelineEntry>> {
  const query = ctx.db
    .selectFrom('events')
    .select(['id', 'type', 'at', 'actor_id', 'via', 'data', 'changes'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('subject_type', '=', subject_type)
    .where('subject_id', '=', input.id)
  return keysetPage(query, { ...input, sort: '-id' }, { sorts: { id: sql`id` }, fallback: '-id', id: sql`id` })
}
