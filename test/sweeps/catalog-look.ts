import type pg from 'pg'

export interface Finding {
  rule: string
  object: string
  text: string
}

/** A look at the catalog: rows, what of them is wrong, and how many there were. */
export interface Look {
  db: pg.Client
  app: string
  counts: Record<string, number>
}
export type Rule = (look: Look) => Promise<Finding[]>

export async function rowsOf<R extends pg.QueryResultRow>(
  look: Look,
  what: string,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  const { rows } = await look.db.query<R>(text, values)
  look.counts[what] = (look.counts[what] ?? 0) + rows.length
  return rows
}
