import { type RawBuilder, sql } from 'kysely'
import type { RuleGroup } from '../../kernel/conditions.ts'
import { factColumn, rulesToSql } from '../../kernel/conditions-sql.ts'
import type { Ctx } from '../../kernel/module.ts'
import { RuleTable } from '../../kernel/tables.ts'
import type { RuleDocument } from './contract.ts'

/** Cases that go alike: the row that decided then and the one that decides now, '' where none holds. */
export interface Alike {
  row_before: string
  row: string
  before: string
  after: string
  /** Whose they are; told of changed cases only. */
  partner_id: string | null
  count: number
}

export interface ChangedCase {
  decision_id: string
  partner_id: string | null
  subject_id: string
  at: string
  before: string
  after: string
  row: string
}

export interface Part {
  cases: number
  alike: Alike[]
  /** The first changed ones, in order. */
  changed: ChangedCase[]
}

/** What an outcome decides, as it is recorded. */
export function decisionOf(outcome: unknown): string {
  const named = typeof outcome === 'object' && outcome !== null && 'decision' in outcome ? outcome.decision : outcome
  return typeof named === 'string' ? named : JSON.stringify(named)
}

/** The place of the row that decides, counted from 1, as one SQL expression over recorded facts; one more where none holds. */
function rowSql({ fields, rows }: RuleTable): RawBuilder<number> {
  const holds = (when: RuleGroup) => {
    const { parts, values } = rulesToSql(when, fields, (field) => factColumn(field, 'f.facts'))
    return sql<boolean>(Object.assign(parts, { raw: parts }), ...values)
  }
  const cases = rows.flatMap(({ when, is_off }, index) => (is_off ? [] : [sql`when ${holds(when)} then ${sql.lit(index + 1)}`]))
  if (cases.length === 0) return sql<number>`${sql.lit(rows.length + 1)}`
  return sql<number>`case ${sql.join(cases, sql` `)} else ${sql.lit(rows.length + 1)} end`
}

/** A stretch of the history of a kind: the decisions after one up to another. */
export interface Stretch {
  since: string
  after: string
  until: string
  /** Whose decisions count; null for everybody's. */
  partners: readonly string[] | null
}

/** Holds for the decisions of these partners, or of everybody. */
export const ofPartners = (partners: readonly string[] | null): RawBuilder<boolean> =>
  partners === null ? sql<boolean>`true` : sql<boolean>`partner_id = any(${partners}::uuid[])`

/** Cuts what follows a decision into at most so many stretches of so many decisions. */
export async function nextStretches(
  ctx: Ctx,
  kind: string,
  { since, after, partners, size, most }: Omit<Stretch, 'until'> & { size: number; most: number },
): Promise<Stretch[]> {
  const { rows } = await sql<{ until: string }>`
    select max(id::text) as until from (
      select id, (row_number() over (order by id) - 1) / ${size}::int as part from (
        select id from decisions where tenant_id = ${ctx.tenant_id} and kind = ${kind} and decided_by = 'rule' and at >= ${since} and id > ${after}
          and ${ofPartners(partners)}
        order by id limit ${size * most}) d) p
    group by part order by part`.execute(ctx.db)
  return rows.map(({ until }, index) => ({ since, after: rows[index - 1]?.until ?? after, until, partners }))
}

/** Judges a stretch of recorded decisions of the document's kind in the database. */
export async function judgePart(
  ctx: Ctx,
  document: RuleDocument,
  { since, after, until, partners, show }: Stretch & { show: number },
): Promise<Part> {
  const table = RuleTable.parse(document.body)
  if (table.hit !== 'first') throw new Error('Only a table that takes the first row that holds has one decision a case')
  const now = rowSql(table)
  const ids = [...table.rows.map(({ id }) => id), '']
  const decisions = [...table.rows.map(({ outcome }) => decisionOf(outcome)), decisionOf(table.otherwise)]
  // `offset 0` keeps one probe a decision: as a join, the planner would read the facts of all history for each part.
  const { rows } = await sql<Part>`
      with cases as materialized (
        select id, subject_id, partner_id, at, outcome from decisions
        where tenant_id = ${ctx.tenant_id} and kind = ${document.kind} and decided_by = 'rule' and at >= ${since} and id > ${after} and id <= ${until}
          and ${ofPartners(partners)}
      ), weighed as (
        select c.*, f.now, f.row_before from cases c cross join lateral (
          select ${now} as now, case when f.held_row is not null then f.held_row
              else coalesce(jsonb_path_query_first(f.reasons, '$[*] ? (@.hit == true).row') #>> '{}', '') end as row_before
          from decision_facts f where f.tenant_id = ${ctx.tenant_id} and f.decision_id = c.id offset 0) f
      ), judged as materialized (
        select id, subject_id, partner_id, at, outcome as before, row_before, (${ids}::text[])[now] as row, (${decisions}::text[])[now] as after from weighed
      ), alike as (
        select row_before, row, before, after, case when before <> after then partner_id end as partner_id, count(*)::int as count
        from judged group by 1, 2, 3, 4, 5
      ), changed as (select * from judged where before <> after order by id limit ${show})
      select (select count(*)::int from cases) as cases,
        coalesce((select jsonb_agg(to_jsonb(a)) from alike a), '[]') as alike,
        coalesce((select jsonb_agg(jsonb_build_object('decision_id', id, 'subject_id', subject_id, 'partner_id', partner_id,
          'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'before', before, 'after', after, 'row', row) order by id) from changed), '[]') as changed`.execute(
    ctx.db,
  )
  const [part] = rows
  if (!part) throw new Error('A part of history gave no counts')
  return part
}
