import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { visiblePartners } from '../partners/queries.ts'
import type { Replayed } from './contract.ts'
import { getDocument } from './queries.ts'
import type { Found } from './replay-document.ts'
import { compareOutcomes } from './rules.ts'

const SHOWN = 200

const sum = <T>(items: readonly T[], count: (item: T) => number): number => items.reduce((all, item) => all + count(item), 0)

/** Counts of cases that go alike, by what a person asks: by row, by move, better and worse. */
function countsOf({ alike }: Found): Pick<Replayed, 'same' | 'better' | 'worse' | 'rows' | 'moves'> {
  const rows = new Map<string, Replayed['rows'][number]>()
  const moves = new Map<string, Replayed['moves'][number]>()
  const rowOf = (row: string) => rows.get(row) ?? { row, hits: 0, before: 0 }
  for (const { row, row_before, before, after, count } of alike) {
    rows.set(row, { ...rowOf(row), hits: rowOf(row).hits + count })
    rows.set(row_before, { ...rowOf(row_before), before: rowOf(row_before).before + count })
    const move = moves.get(`${before} ${after}`)
    if (before !== after) moves.set(`${before} ${after}`, { before, after, count: (move?.count ?? 0) + count })
  }
  const turned = (way: number) => sum(alike, (one) => (compareOutcomes(one.before, one.after) === way ? one.count : 0))
  return {
    same: sum(alike, (one) => (one.before === one.after ? one.count : 0)),
    better: turned(1),
    worse: turned(-1),
    rows: [...rows.values()],
    moves: [...moves.values()].sort((a, b) => b.count - a.count),
  }
}

/** Those with most changes first, as far as the caller's scope goes. */
async function partiesOf(ctx: Ctx, { parties }: Found): Promise<Replayed['parties']> {
  const most = Object.entries(parties).sort(([, a], [, b]) => b[0] + b[1] - a[0] - a[1])
  if (most.length === 0) return []
  const named = await visiblePartners(ctx)
    .select([sql<string>`partners.id`.as('partner_id'), sql<string>`coalesce(trading_name, legal_name)`.as('name')])
    .where(sql<boolean>`partners.id = any(${most.map(([id]) => id)}::uuid[])`)
    .execute()
  const names = new Map(named.map(({ partner_id, name }) => [partner_id, name]))
  return most
    .flatMap(([partner_id, [better, worse]]) => {
      const name = names.get(partner_id)
      return name === undefined ? [] : [{ partner_id, name, better, worse }]
    })
    .slice(0, SHOWN)
}

/** The last replay of a document, with its progress; cases and partners are named as far as the caller's scope goes. */
export async function getReplay(ctx: Ctx, { id }: { id: string }): Promise<Replayed> {
  await getDocument(ctx, { id })
  const row = await ctx.db
    .selectFrom('rule_replays')
    .select(['state', 'total', 'done as decisions', 'started_at', 'ended_at', 'found'])
    .where('tenant_id', '=', ctx.tenant_id)
    .where('document_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'This document was not tested over history yet')
  const { found: stored, ...replay } = row
  const found = stored as unknown as Found // jsonb holds what replayPart wrote
  const reach = Object.keys(ctx.actor.scope).length > 0 ? await reachOf(ctx, found) : null
  const changed = found.changed
    .filter(({ partner_id }) => reach === null || partner_id === null || reach.has(partner_id))
    .map(({ partner_id: _, ...one }) => one)
  const state = replay.state as Replayed['state'] // the table's check holds the three
  return { ...replay, state, ...countsOf(found), parties: await partiesOf(ctx, found), changed }
}

async function reachOf(ctx: Ctx, { changed }: Found): Promise<Set<string>> {
  const ids = changed.flatMap(({ partner_id }) => partner_id ?? [])
  const rows = await visiblePartners(ctx)
    .select(sql<string>`partners.id`.as('id'))
    .where(sql<boolean>`partners.id = any(${ids}::uuid[])`)
    .execute()
  return new Set(rows.map((row) => row.id))
}
