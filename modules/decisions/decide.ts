import type { Facts } from '../../kernel/conditions-run.ts'
import type { Ctx } from '../../kernel/module.ts'
import { insertLater } from '../../kernel/statements.ts'
import { compileTable, RuleTable, type Verdict, visibleReasons, type Reason as Weighed } from '../../kernel/tables.ts'
import type { Reason, RuleDocument } from './contract.ts'
import { outerFacts } from './kinds.ts'

const compiled = new Map<string, (facts: Facts) => Verdict>()

/** A document's table as a function; compiled once for each version of the document. */
function tableOf({ id, version, body }: Pick<RuleDocument, 'id' | 'version' | 'body'>): (facts: Facts) => Verdict {
  const key = `${id}:${version}`
  const known = compiled.get(key)
  if (known) return known
  const table = compileTable(RuleTable.parse(body))
  if (compiled.size > 500) compiled.clear()
  compiled.set(key, table)
  return table
}

export interface Judged {
  document: RuleDocument
  verdict: Verdict
}

/** Evaluates a decision table's document over facts. */
export const judgeBy = (document: RuleDocument, facts: Facts): Judged => ({ document, verdict: tableOf(document)(facts) })

const clauseOf = (outcome: unknown): number | null => {
  const clause = typeof outcome === 'object' && outcome !== null && 'clause' in outcome ? outcome.clause : null
  return typeof clause === 'number' ? clause : null
}

// The body was checked when the document was drafted; parsing it again for each reason would cost more than judging.
const rowsOf = (document: RuleDocument): readonly { id: string; outcome: unknown }[] => (document.body as RuleTable).rows

function reasonOf({ row, label, hit, comparisons }: Weighed, document: RuleDocument): Reason {
  const outcome = rowsOf(document).find((one) => one.id === row)?.outcome
  const shown = comparisons.map(({ field, operator, value, seen, hit: held }) => ({
    field,
    operator,
    value,
    seen: seen ?? null,
    hit: held,
  }))
  return { row, label, hit, clause: clauseOf(outcome), comparisons: shown }
}

/** The reasons of the rows that held, as they are shown. */
export const reasonsThatHeld = ({ document, verdict }: Judged): Reason[] =>
  verdict.reasons.filter(({ hit }) => hit).map((one) => reasonOf(one, document))

export interface Recorded {
  kind: string
  subject_type: string
  subject_id: string
  partner_id: string | null
  outcome: string
  by: 'rule' | 'person' | 'clock'
  judged?: Judged | null
  facts?: Facts
  /** Reasons given by a person or a clock; the party concerned reads them. */
  reasons?: Reason[]
  note?: string | null
  document_id?: string | null
}

const toldOf = ({ comparisons }: Weighed, open: Facts): Weighed['comparisons'] =>
  comparisons.flatMap((one) => (one.field in open ? [{ ...one, seen: open[one.field] ?? null }] : []))

function rowsFor(ctx: Ctx, recorded: Recorded) {
  const { judged = null, facts = {}, kind } = recorded
  const open = outerFacts(kind, facts)
  const weighed = judged?.verdict.reasons ?? []
  const document = judged?.document
  const given = recorded.reasons ?? []
  const all = document ? [...weighed.map((one) => reasonOf(one, document)), ...given] : given
  // The party reads the rows that decided; rows that did not hold could tell what the host has on its lists.
  const outer = document
    ? visibleReasons(weighed, 'outer')
        .filter((one) => one.hit)
        .map((one) => reasonOf({ ...one, comparisons: toldOf(one, open) }, document))
    : []
  const id = ctx.id()
  const shown = {
    tenant_id: ctx.tenant_id,
    id,
    kind,
    subject_type: recorded.subject_type,
    subject_id: recorded.subject_id,
    partner_id: recorded.partner_id,
    outcome: recorded.outcome,
    decided_by: recorded.by,
    member_id: recorded.by === 'person' ? ctx.actor.member_id : null,
    document_id: document?.id ?? recorded.document_id ?? null,
    reasons: [...outer, ...given],
    facts: open,
    note: recorded.note ?? null,
    at: ctx.now,
  }
  return {
    shown,
    kept: {
      tenant_id: ctx.tenant_id,
      decision_id: id,
      reasons: all,
      facts,
      held_row: judged ? (judged.verdict.rows[0] ?? '') : null,
    },
  }
}

/** A decision as it was stored, with what the party may see of it. */
export type StoredDecision = ReturnType<typeof rowsFor>['shown']

/** Records decisions with their rule versions, facts and reasons; what the party may not see lies apart, for the host only. */
export function recordDecisions(ctx: Ctx, recorded: readonly Recorded[]): StoredDecision[] {
  const rows = recorded.map((one) => rowsFor(ctx, one))
  insertLater(
    ctx,
    'decisions',
    rows.map((row) => row.shown),
  )
  insertLater(
    ctx,
    'decision_facts',
    rows.map((row) => row.kept),
  )
  return rows.map((row) => row.shown)
}

/** Records one decision. */
export const recordDecision = (ctx: Ctx, recorded: Recorded): void => void recordDecisions(ctx, [recorded])
