import { sql } from 'kysely'
import type { Input, Output } from '../../kernel/contract.ts'
import { dismissParked, replayParked } from '../../kernel/jobs.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetPage, type Page } from '../../kernel/pages.ts'
import type * as contract from './contract.ts'
import { causeOf, plainReason } from './plain-reason.ts'

/** Work that was given up and that nobody has put back or let go yet. What it was given stays inside. */
export async function listParkedJobs(ctx: Ctx, input: Input<typeof contract.parked_jobs>): Promise<Page<contract.ParkedJob>> {
  let query = ctx.db
    .selectFrom('parked_jobs')
    .select(['id', 'job', 'reason', 'tries', 'parked_at as at'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('replayed_at', 'is', null)
    .where('dismissed_at', 'is', null)
  if (input.q) query = query.where(sql<boolean>`position(lower(${input.q}) in lower(job)) > 0`)
  const { items, next } = await keysetPage(query, input, { sorts: { at: sql`parked_at` }, fallback: '-at', id: sql`id` })
  const plain = ({ id, job, reason, tries, at }: (typeof items)[number]) => ({
    id,
    job,
    cause: causeOf(reason),
    reason: plainReason(reason),
    tries,
    at,
  })
  return { items: items.map(plain), next }
}

export async function replayJob(
  ctx: Ctx,
  { id }: Input<typeof contract.replay_job>,
): Promise<Output<typeof contract.replay_job>> {
  await replayParked(ctx, id)
  return { id, replayed_at: ctx.now }
}

export async function dismissJob(
  ctx: Ctx,
  { id }: Input<typeof contract.dismiss_job>,
): Promise<Output<typeof contract.dismiss_job>> {
  await dismissParked(ctx, id)
  return { id, dismissed_at: ctx.now }
}
