import pg from 'pg'

/** `own` is a host's real data, which is never touched; `broken` a telling that did not come to its end. */
export type Found = 'empty' | 'told' | 'broken' | 'own'

/** What lies in the database, read as its owner. */
export async function lookAt(db: pg.Client): Promise<Found> {
  const { rows: clocks } = await db.query<{ loaded: boolean }>('select loaded from demo_clocks')
  if (clocks[0]) return clocks[0].loaded ? 'told' : 'broken'
  const { rows } = await db.query('select from ecosystem_slugs limit 1')
  return rows.length === 0 ? 'empty' : 'own'
}

/** The same for an address. */
export async function lookInto(owner_url: string): Promise<Found> {
  const db = new pg.Client({ connectionString: owner_url })
  await db.connect()
  try {
    return await lookAt(db)
  } finally {
    await db.end()
  }
}
