import { sql } from 'kysely'
import type { z } from 'zod'
import type { Facts } from '../../kernel/conditions-run.ts'
import type { Input, Output } from '../../kernel/contract.ts'
import type { Ctx } from '../../kernel/module.ts'
import type { Replayed, RuleDocument, test } from './contract.ts'
import { tableOf } from './decide.ts'
import { documentForUpdate, getDocument } from './queries.ts'
import { DOCUMENT } from './rules.ts'

const BATCH = 2000
const SHOWN = 200

const decisionOf = (outcome: unknown): string => {
  const named = typeof outcome === 'object' && outcome !== null && 'decision' in outcome ? outcome.decision : outcome
  return typeof named === 'string' ? named : JSON.stringify(named)
}

/** Judges every recorded case of the kind under the draft, with the facts that it had then. */
async function replay(ctx: Ctx, document: RuleDocument, since: string): Promise<z.output<typeof Replayed>> {
  const evaluate = tableOf(document)
  const replayed: z.output<typeof Replayed> = { decisions: 0, same: 0, changed: [] }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await ctx.db
      .selectFrom('decisions as d')
      .innerJoin('decision_facts as f', (join) =>
        join.onRef('f.tenant_id', '=', 'd.tenant_id').onRef('f.decision_id', '=', 'd.id'),
      )
      .select(['d.id', 'd.subject_id', 'd.outcome', 'f.facts'])
      .where('d.tenant_id', '=', ctx.tenant_id)
      .where('d.kind', '=', document.kind)
      .where('d.decided_by', '=', 'rule')
      .where('d.at', '>=', since)
      .where('d.id', '>', after)
      .orderBy('d.id')
      .limit(BATCH)
      .execute()
    for (const row of rows) {
      const outcome = decisionOf(evaluate(row.facts as Facts).outcome)
      replayed.decisions += 1
      if (outcome === row.outcome) replayed.same += 1
      else if (replayed.changed.length < SHOWN)
        replayed.changed.push({ decision_id: row.id, subject_id: row.subject_id, before: row.outcome, after: outcome })
      after = row.id
    }
    if (rows.length < BATCH) return replayed
  }
}

/** Replays a draft over history and marks it tested; texts without rules are only marked. */
export async function testDocument(ctx: Ctx, { id, since }: Input<typeof test>): Promise<Output<typeof test>> {
  const document = await documentForUpdate(ctx, id)
  const state = DOCUMENT.move(document.state, 'test')
  const decides = typeof document.body === 'object' && document.body !== null && 'rows' in document.body
  const result = decides
    ? await replay(ctx, document, `${since ?? '1970-01-01'}T00:00:00Z`)
    : { decisions: 0, same: 0, changed: [] }
  await ctx.db
    .updateTable('rule_documents')
    .set({ state, tested_at: ctx.now, version: sql`version + 1` })
    .where('tenant_id', '=', ctx.tenant_id)
    .where('id', '=', id)
    .execute()
  return { document: await getDocument(ctx, { id }), replay: result }
}
