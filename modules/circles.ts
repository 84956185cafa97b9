import { sql } from 'kysely'
import type { Ctx } from '../kernel/module.ts'

type Above = ['partners', 'parent_id' | 'distributor_id'] | ['accounts', 'parent_id']

/**
 * Lets one transaction of the tenant at a time change who stands below whom, since two that see nothing of one another could close a circle
 * together. Taken before any row is locked, so that none waits for another in a ring.
 */
export async function lockHierarchy(ctx: Ctx): Promise<void> {
  await ctx.db
    .selectFrom('ecosystems')
    .select('tenant_id')
    .where('tenant_id', '=', ctx.tenant_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Which rows would lie below themselves, were these parents written over those that are stored. */
export async function closesCircle(
  ctx: Ctx,
  [table, column]: Above,
  next: ReadonlyMap<string, string | null>,
): Promise<Set<string>> {
  const starts = [...new Set([...next.values()].filter((id) => id !== null))]
  if (starts.length === 0) return new Set()
  const [from, above] = [sql.ref(table), sql.ref(`t.${column}`)]
  const { rows } = await sql<{ id: string; above: string | null }>`with recursive up (id, above) as (
      select t.id, ${above} from ${from} t where t.tenant_id = ${ctx.tenant_id} and t.id = any(${starts}::uuid[])
      union select t.id, ${above} from up u join ${from} t on t.tenant_id = ${ctx.tenant_id} and t.id = u.above
    ) select id, above from up`.execute(ctx.db)
  const parents = new Map([...rows.map((row) => [row.id, row.above] as const), ...next])
  const isBelowItself = (id: string): boolean => {
    const seen = new Set<string>()
    for (let at = parents.get(id); at && !seen.has(at); at = parents.get(at)) {
      if (at === id) return true
      seen.add(at)
    }
    return false
  }
  return new Set([...next.keys()].filter(isBelowItself))
}

/**
 * Hangs what stood below the one that goes under the one that stays; where this one stood below it itself, near or far, it takes its place.
 * Gives the rows that were moved.
 */
export async function hangUnder(ctx: Ctx, [table, column]: Above, from_id: string, into_id: string): Promise<string[]> {
  const [rows, above] = [sql.ref(table), sql.ref(column)]
  const closed = await closesCircle(ctx, [table, column] as Above, new Map([[from_id, into_id]]))
  const { rows: moved } = await sql<{ id: string }>`update ${rows} r
    set ${above} = case when r.id = ${into_id}::uuid then gone.above else ${into_id}::uuid end, version = r.version + 1, updated_at = ${ctx.now}
    from (select ${above} as above from ${rows} where tenant_id = ${ctx.tenant_id} and id = ${from_id}) gone
    where r.tenant_id = ${ctx.tenant_id} and (r.${above} = ${from_id} or (${closed.size > 0} and r.id = ${into_id}::uuid)) returning r.id`.execute(
    ctx.db,
  )
  return moved.map(({ id }) => id).sort()
}
