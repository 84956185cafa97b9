import { sql } from 'kysely'
import type { Facts } from '../../kernel/conditions-run.ts'
import type { Ctx, JobCtx } from '../../kernel/module.ts'
import type { Reason, Replayed, RuleDocument } from './contract.ts'
import { judgeBy, reasonsThatHeld } from './decide.ts'
import { type Alike, type ChangedCase, decisionOf, judgePart } from './judge-history.ts'
import { shown, visibleDocuments } from './queries.ts'
import { compareOutcomes, DOCUMENT } from './rules.ts'

/** What a replay has found so far; it grows with rows and partners, never with cases. */
export interface Found {
  alike: Omit<Alike, 'partner_id'>[]
  parties: Record<string, [better: number, worse: number]>
  changed: (ChangedCase & { because: Reason[] })[]
}

interface Running {
  document_id: string
  document_version: number
  since: string
  state: Replayed['state']
  done: number
  last_id: string
  found: Found
}

/** Decisions judged in one transaction; a history shorter than this is judged at once. */
export const PART = 25_000
/** How many changed cases, and how many partners, are named. */
const SHOWN = 200

const hasRows = (body: unknown): boolean => typeof body === 'object' && body !== null && 'rows' in body

/** Counts what there is to judge; the replay stands at the start of history. */
export async function startReplay(ctx: Ctx, document: RuleDocument, since: string): Promise<{ id: string; total: number }> {
  const counted = await ctx.db
    .selectFrom('decisions')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('tenant_id', '=', ctx.tenant_id)
    .where('kind', '=', document.kind)
    .where('decided_by', '=', 'rule')
    .where('at', '>=', since)
    .executeTakeFirstOrThrow()
  // A text decides nothing: there is no case to judge again.
  const [id, total] = [ctx.id(), hasRows(document.body) ? counted.total : 0]
  const found: Found = { alike: [], parties: {}, changed: [] }
  const about = { document_id: document.id, document_version: document.version, since, found: JSON.stringify(found) }
  await ctx.db
    .insertInto('rule_replays')
    .values({ tenant_id: ctx.tenant_id, id, ...about, state: 'running', total, started_at: ctx.now })
    .execute()
  return { id, total }
}

/** Why changed cases come out otherwise: the rows of the draft that hold, with what each comparison saw. */
async function explained(ctx: Ctx, document: RuleDocument, changed: readonly ChangedCase[]): Promise<Found['changed']> {
  if (changed.length === 0) return []
  const ids = changed.map(({ decision_id }) => decision_id)
  const rows = await ctx.db
    .selectFrom('decision_facts')
    .select(['decision_id', 'facts'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('decision_id', 'in', ids)
    .execute()
  const facts = new Map(rows.map((row) => [row.decision_id, row.facts as Facts])) // stored as they were given to the table
  return changed.map((one) => {
    const judged = judgeBy(document, facts.get(one.decision_id) ?? {})
    const after = decisionOf(judged.verdict.outcome)
    if (after !== one.after) throw new Error(`${one.decision_id} is ${one.after} by SQL, but ${after} by the evaluator`)
    return { ...one, because: reasonsThatHeld(judged) }
  })
}

function addAlike(found: Found, more: readonly Alike[]): void {
  const known = new Map(found.alike.map((one) => [JSON.stringify([one.row_before, one.row, one.before, one.after]), one]))
  for (const { partner_id, ...one } of more) {
    const key = JSON.stringify([one.row_before, one.row, one.before, one.after])
    const there = known.get(key)
    if (there) there.count += one.count
    else {
      known.set(key, one)
      found.alike.push(one)
    }
    const change = compareOutcomes(one.before, one.after)
    if (partner_id === null || change === 0) continue
    const party = (found.parties[partner_id] ??= [0, 0])
    party[change > 0 ? 0 : 1] += one.count
  }
}

async function markTested(ctx: Ctx, document: RuleDocument): Promise<void> {
  await ctx.db
    .updateTable('rule_documents')
    .set({ state: DOCUMENT.move(document.state, 'test'), tested_at: ctx.now, version: sql`version + 1` })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', document.id)
    .execute()
}

/** Judges the next part of history; at its end the document is tested. False when there is nothing left to do. */
export async function replayPart(ctx: Ctx, id: string): Promise<boolean> {
  const own = <T extends { where: (column: never, operator: '=', value: never) => T }>(query: T): T =>
    query.where('tenant_id' as never, '=', ctx.tenant_id as never).where('id' as never, '=', id as never)
  const row = await own(ctx.db.selectFrom('rule_replays').selectAll()).forUpdate().executeTakeFirstOrThrow()
  const replay = row as unknown as Running // jsonb and text hold what this file wrote
  if (replay.state !== 'running') return false
  const { document_id, found, since, last_id } = replay
  const document = shown(await visibleDocuments(ctx).where('id', '=', document_id).forUpdate().executeTakeFirstOrThrow())
  const isStale = document.version !== replay.document_version
  const part =
    isStale || !hasRows(document.body)
      ? { cases: 0, last: null, alike: [], changed: [] }
      : await judgePart(ctx, document, { since, after: last_id, size: PART, show: SHOWN - found.changed.length })
  addAlike(found, part.alike)
  found.changed.push(...(await explained(ctx, document, part.changed)))
  const isOver = part.cases < PART
  await own(ctx.db.updateTable('rule_replays'))
    .set({
      done: replay.done + part.cases,
      last_id: part.last ?? last_id,
      found: JSON.stringify(found),
      ...(isOver ? { state: isStale ? 'stale' : 'done', ended_at: ctx.now } : {}),
    })
    .execute()
  if (isOver && !isStale) await markTested(ctx, document)
  return !isOver
}

/** The job of a long replay; it goes on where it stood. */
export async function replayHistory(job: JobCtx, { replay_id }: Record<string, unknown>): Promise<void> {
  while (await job.tx((ctx) => replayPart(ctx, String(replay_id))));
}
