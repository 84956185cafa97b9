import { sql } from 'kysely'
import type { Input } from '../../kernel/contract.ts'
import type { Tables } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { keysetPage, type Page } from '../../kernel/pages.ts'
import { runRemembered } from '../../kernel/statements.ts'
import { visiblePartners } from '../partners/queries.ts'
import type { Decision, list, Reason, RuleDocument } from './contract.ts'
import { fitting, type Published, type RuleScope, withRegions } from './in-force.ts'

const heads = [
  'id',
  'version',
  'kind',
  'title',
  'number',
  'state',
  'published_from',
  'retired_at',
  'tested_at',
  'created_at',
  'scope_kind',
  'scope_value',
] as const
const columns = [...heads, 'body'] as const

type Row = Pick<{ [K in keyof Tables['rule_documents']]: unknown }, (typeof columns)[number]>

/** A row as the contract shows it: the two scope columns become one object. */
export function shown({ scope_kind, scope_value, ...row }: Row): RuleDocument {
  return { ...row, scope: { kind: scope_kind, value: scope_value } } as unknown as RuleDocument
}

/** The one door to rule documents: a party sees the published ones, by the table's policy. */
export const visibleDocuments = (ctx: Ctx) =>
  ctx.db.selectFrom('rule_documents').select(columns).where('tenant_id', '=', ctx.tenant_id)

const SORTS = {
  title: sql`title`,
  // What nobody published yet stands before the oldest.
  published_from: sql`coalesce(published_from, 'epoch')`,
  created_at: sql`created_at`,
}

export async function listDocuments(ctx: Ctx, input: Input<typeof list>): Promise<Page<RuleDocument>> {
  let query = visibleDocuments(ctx)
  if (input.kind) query = query.where('kind', '=', input.kind)
  if (input.state) query = query.where('state', '=', input.state)
  if (input.q) query = query.where(sql<boolean>`position(lower(${input.q}) in lower(title)) > 0`)
  const page = await keysetPage(query, input, { sorts: SORTS, fallback: '-created_at', id: sql`id` })
  return { ...page, items: page.items.map(shown) }
}

export async function getDocument(ctx: Ctx, { id }: { id: string }): Promise<RuleDocument> {
  const row = await visibleDocuments(ctx).where('id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'There is no such rule document')
  return shown(row)
}

export async function documentForUpdate(ctx: Ctx, id: string): Promise<RuleDocument> {
  const row = await visibleDocuments(ctx).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'There is no such rule document')
  ctx.match(row.version)
  return shown(row)
}

/** The documents of several kinds in force at this moment: of each the most specific scope wins, then the newest. */
export async function documentsInForce(ctx: Ctx, kinds: readonly string[], scope: RuleScope): Promise<Map<string, RuleDocument>> {
  return fitting(await publishedDocuments(ctx, kinds), scope)
}

// What a document says does not change under one version, so it is read once.
const bodies = new Map<string, unknown>()
const MOST_BODIES = 1000
const placeOf = ({ id, version }: { id: unknown; version: unknown }): string => `${String(id)}:${String(version)}`

/** Bodies by id, of those that were not read before. */
async function readBodies(ctx: Ctx, ids: readonly string[]): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map()
  const rows = await visibleDocuments(ctx)
    .where('id', 'in', [...ids])
    .execute()
  if (bodies.size > MOST_BODIES) bodies.clear()
  for (const row of rows) bodies.set(placeOf(row), row.body)
  return new Map(rows.map((row) => [row.id, row.body]))
}

/** The documents of several kinds that are published at this moment, for every scope. */
export async function publishedDocuments(ctx: Ctx, kinds: readonly string[]): Promise<Published[]> {
  const rows = await runRemembered(ctx, 'decisions.published', { kinds, now: ctx.now }, (bare, { kinds: named, now }) =>
    bare.db
      .selectFrom('rule_documents')
      .select(heads)
      .where('tenant_id', '=', bare.tenant_id)
      .where('kind', 'in', [...named])
      .where('state', '=', 'published')
      .where('published_from', '<=', now)
      .where((eb) => eb.or([eb('retired_at', 'is', null), eb('retired_at', '>', now)])),
  )
  const known = new Map(rows.map((row) => [row.id, bodies.get(placeOf(row))]))
  const unread = rows.filter((row) => known.get(row.id) === undefined)
  const fresh = await readBodies(
    ctx,
    unread.map((row) => row.id),
  )
  return withRegions(
    ctx,
    rows.map((row) => shown({ ...row, body: known.get(row.id) ?? fresh.get(row.id) })),
  )
}

/** The document of one kind in force, or null. */
export async function documentInForce(ctx: Ctx, kind: string, scope: RuleScope): Promise<RuleDocument | null> {
  return (await documentsInForce(ctx, [kind], scope)).get(kind) ?? null
}

interface Subject {
  subject_type: string
  subject_id: string
}

function decisionsQuery(ctx: Ctx, subject: Subject, limit: number) {
  const found = ctx.db
    .selectFrom('decisions as d')
    .leftJoin('rule_documents as r', (join) => join.onRef('r.tenant_id', '=', 'd.tenant_id').onRef('r.id', '=', 'd.document_id'))
    .leftJoin('decision_facts as f', (join) =>
      join
        .onRef('f.tenant_id', '=', 'd.tenant_id')
        .onRef('f.decision_id', '=', 'd.id')
        // Row rights leave a party none of them, so it need not look.
        .on(ctx.actor.parties === '*' ? sql<boolean>`true` : sql<boolean>`false`),
    )
    .select([
      'd.id',
      'd.subject_type',
      'd.subject_id',
      'd.kind',
      'd.outcome',
      'd.decided_by as by',
      'd.member_id',
      'd.document_id',
      'd.at',
      'd.note',
      'd.reasons',
      'd.facts',
    ])
    .select(['r.title as document_title', 'r.number as document_number', 'f.reasons as all_reasons', 'f.facts as all_facts'])
    .where('d.tenant_id', '=', ctx.tenant_id)
    .where('d.subject_type', '=', subject.subject_type)
    .where('d.subject_id', '=', subject.subject_id)
    .orderBy('d.id', 'desc')
    .limit(sql.lit(limit))
  // Row rights know the party; a manager's regions, tracks and firms are the room's own wall.
  const inScope = found.where((eb) =>
    eb.or([eb('d.partner_id', 'is', null), eb('d.partner_id', 'in', visiblePartners(ctx).select('partners.id'))]),
  )
  return Object.keys(ctx.actor.scope).length > 0 ? inScope : found
}

/** The decisions on one record, newest first; on the inner side with everything that was weighed. */
export async function decisionsOf(ctx: Ctx, { subject_type, subject_id }: Subject, limit = 50): Promise<Decision[]> {
  const rows = await runRemembered(ctx, `decisions ${limit}`, { subject_type, subject_id }, (bare, marks) =>
    decisionsQuery(bare, marks, limit),
  )
  // The last check on what leaves is the contract's; jsonb is what recordDecision stored.
  return rows.map((row) => ({
    ...row,
    all_reasons: (row.all_reasons ?? row.reasons) as Reason[],
    all_facts: row.all_facts ?? row.facts,
  })) as Decision[]
}
