import { sql } from 'kysely'
import type { Facts } from '../../kernel/conditions-run.ts'
import type { Ctx, JobCtx } from '../../kernel/module.ts'
import type { Reason, Replayed, RuleDocument } from './contract.ts'
import { judgeBy, reasonsThatHeld } from './decide.ts'
import { type Alike, type ChangedCase, decisionOf, judgePart, nextStretches, ofPartners, type Part } from './judge-history.ts'
import { partnersUnder } from './partners-under.ts'
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

/** Decisions judged by one statement; a history shorter than this is judged at once. */
export const PART = 25_000
/** Transactions of a long replay side by side. */
const AT_ONCE = 2
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
    .where(ofPartners(await partnersUnder(ctx, document)))
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

const own = (ctx: Ctx, id: string) => sql<boolean>`tenant_id = ${ctx.tenant_id} and id = ${id}`

async function opened(ctx: Ctx, id: string): Promise<{ replay: Running; document: RuleDocument }> {
  const row = await ctx.db.selectFrom('rule_replays').selectAll().where(own(ctx, id)).forUpdate().executeTakeFirstOrThrow()
  const replay = row as unknown as Running // jsonb and text hold what this file wrote
  const document = await visibleDocuments(ctx).where('id', '=', replay.document_id).forUpdate().executeTakeFirstOrThrow()
  return { replay, document: shown(document) }
}

/** What a replay has to judge next; null when it is over. */
async function nextOf(ctx: Ctx, id: string) {
  const { replay, document } = await opened(ctx, id)
  if (replay.state !== 'running') return null
  const { since, last_id: after } = replay
  const isIdle = document.version !== replay.document_version || !hasRows(document.body)
  const partners = isIdle ? null : await partnersUnder(ctx, document)
  const stretches = isIdle ? [] : await nextStretches(ctx, document.kind, { since, after, partners, size: PART, most: AT_ONCE })
  return { document, after, stretches, show: SHOWN - replay.found.changed.length }
}

/** Keeps what stretches found; when there were none, history is over and the document is tested. Where another went on meanwhile, nothing is kept. */
async function keepParts(ctx: Ctx, id: string, next: NonNullable<Awaited<ReturnType<typeof nextOf>>>, parts: readonly Part[]) {
  const { replay, document } = await opened(ctx, id)
  if (replay.state !== 'running' || replay.last_id !== next.after) return
  const isStale = document.version !== replay.document_version
  const { found } = replay
  for (const part of parts) addAlike(found, part.alike)
  const changed = parts.flatMap((part) => part.changed).slice(0, next.show)
  if (!isStale) found.changed.push(...(await explained(ctx, document, changed)))
  const isOver = isStale || parts.length === 0
  await ctx.db
    .updateTable('rule_replays')
    .set({
      done: replay.done + parts.reduce((sum, part) => sum + part.cases, 0),
      last_id: next.stretches.at(-1)?.until ?? replay.last_id,
      found: JSON.stringify(found),
      ...(isOver ? { state: isStale ? 'stale' : 'done', ended_at: ctx.now } : {}),
    })
    .where(own(ctx, id))
    .execute()
  if (isOver && !isStale) await markTested(ctx, document)
}

/** Judges a short history in one go. */
export async function replayAtOnce(ctx: Ctx, id: string): Promise<void> {
  for (;;) {
    const next = await nextOf(ctx, id)
    if (!next) return
    const parts: Part[] = []
    for (const stretch of next.stretches) parts.push(await judgePart(ctx, next.document, { ...stretch, show: next.show }))
    await keepParts(ctx, id, next, parts)
  }
}

/** The job of a long replay: stretches side by side, each in a transaction of its own; it goes on where it stood. */
export async function replayHistory(job: JobCtx, { replay_id }: Record<string, unknown>): Promise<void> {
  const id = String(replay_id)
  for (;;) {
    const next = await job.tx((ctx) => nextOf(ctx, id))
    if (!next) return
    const { document, stretches, show } = next
    const parts = await Promise.all(stretches.map((stretch) => job.tx((ctx) => judgePart(ctx, document, { ...stretch, show }))))
    await job.tx((ctx) => keepParts(ctx, id, next, parts))
  }
}
