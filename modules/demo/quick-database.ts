import pg from 'pg'

// What is told can be told again, so it need not reach the disk step by step; and statements of the same few kinds need no new plan each time.
const SETTINGS = { synchronous_commit: 'off', plan_cache_mode: 'force_generic_plan' }
const ANALYSE_EVERY = 0.08

/** Lets new connections of this database work fast and forgetfully while something is told; `progress` keeps their plans fit for what is there. */
export async function quickly<T>(db: pg.ClientBase, work: (progress: (share: number) => void) => Promise<T>): Promise<T> {
  const { rows } = await db.query<{ name: string }>('select current_database() as name')
  const name = pg.escapeIdentifier(rows[0]?.name ?? '')
  let next = 0
  let analysing: Promise<unknown> = Promise.resolve()
  const progress = (share: number) => {
    if (share <= next) return
    next = share + ANALYSE_EVERY
    analysing = analysing.then(() => db.query('analyze')).catch(() => {})
  }
  for (const [key, value] of Object.entries(SETTINGS)) await db.query(`alter database ${name} set ${key} = ${value}`)
  try {
    return await work(progress)
  } finally {
    await analysing
    for (const key of Object.keys(SETTINGS)) await db.query(`alter database ${name} reset ${key}`)
    await db.query('analyze')
  }
}
