import type pg from 'pg'
import { A, B, insertOf, keyText, OWNERS, type Owner, P1, P2, variantsOf, type Walled } from './planted-rows.ts'

interface Reader {
  who: string
  tenant_id: string | null
  parties: string
}
const READERS: readonly Reader[] = [
  { who: 'nobody', tenant_id: null, parties: '' },
  { who: 'host of A', tenant_id: A, parties: '*' },
  { who: 'partner 1 of A', tenant_id: A, parties: P1 },
]

export interface Probe {
  /** All that a reader could do, as texts. */
  done: string[]
  /** What of it nobody may ever do. */
  leaks: string[]
  statements: number
}

const CLOSED = new Set(['42501'])

/** Tries as the app's role, without any where clause, to read, change, remove, add and give away rows of one table. */
export async function probe(db: pg.Client, table: Walled, planted: ReadonlyMap<string, Owner>): Promise<Probe> {
  const report: Probe = { done: [], leaks: [], statements: 0 }
  for (const reader of READERS) await probeAs(db, { table, planted, reader }, report)
  report.done.sort()
  return report
}

interface Place {
  table: Walled
  planted: ReadonlyMap<string, Owner>
  reader: Reader
}

const label = ({ tenant_id, party }: Owner): string =>
  `${tenant_id === A ? 'A' : 'B'}/${party === P1 ? 'partner 1' : party === P2 ? 'partner 2' : 'none'}`

function judge({ table, reader }: Place, act: string, owner: Owner, report: Probe): void {
  const text = `${table.name}: ${reader.who} can ${act} a row of ${label(owner)}`
  report.done.push(text)
  const foreign = owner.tenant_id !== reader.tenant_id
  const sibling = table.party !== null && reader.parties === P1 && owner.party === P2
  if (foreign || sibling) report.leaks.push(text)
}

/** One statement in a transaction of the reader's that is always rolled back; null when a wall refused it. */
async function attempt(db: pg.Client, place: Place, report: Probe, statement: { text: string; values?: unknown[] }) {
  report.statements += 1
  await db.query('begin')
  try {
    await db.query('select app.enter($1, $2, $3)', [place.reader.tenant_id, place.reader.parties, null])
    return await db.query<{ row: Record<string, unknown> }>(statement.text, statement.values ?? [])
  } catch (error) {
    if (CLOSED.has((error as { code?: string }).code ?? '')) return null
    throw new Error(`${place.table.name}: ${statement.text}: ${String(error)}`, { cause: error })
  } finally {
    await db.query('rollback')
  }
}

async function probeAs(db: pg.Client, place: Place, report: Probe): Promise<void> {
  const { table, planted, reader } = place
  const row = `to_jsonb(${table.name}) as row`
  const same = table.columns.find(({ name }) => name === 'at' || name.endsWith('_at'))?.name ?? table.columns.at(-1)?.name
  const acts: [string, string][] = [
    ['read', `select ${row} from ${table.name}`],
    ['change', `update ${table.name} set "${same}" = "${same}" returning ${row}`],
    ['remove', `delete from ${table.name} returning ${row}`],
  ]
  for (const [act, text] of acts) {
    const result = await attempt(db, place, report, { text })
    for (const found of result?.rows ?? []) {
      const owner = planted.get(keyText(table, found.row))
      if (owner) judge(place, act, owner, report)
    }
  }
  for (const owner of OWNERS) {
    for (const fixed of variantsOf(table, owner)) {
      const added = await attempt(db, place, report, insertOf(table, owner, fixed)).catch(whenNotNull)
      if (added?.rowCount) judge(place, 'add', owner, report)
    }
  }
  const away: [string, string, Owner][] = [['tenant_id', B, { tenant_id: B, party: P1 }]]
  if (table.party !== null && reader.parties === P1) away.push([table.party, P2, { tenant_id: A, party: P2 }])
  for (const [column, value, owner] of away) {
    const given = await attempt(db, place, report, {
      text: `update ${table.name} set "${column}" = $1 where "${column}" <> $1`,
      values: [value],
    }).catch(whenNotUnique)
    if (given?.rowCount) judge(place, 'give away', owner, report)
  }
}

// A column that takes no null, or a key that is taken: the walls let it pass, another rule did not.
function whenNotNull(error: Error): null {
  if (/null value in column|duplicate key/.test(error.message)) return null
  throw error
}
function whenNotUnique(error: Error): { rowCount: number } {
  if (error.message.includes('duplicate key')) return { rowCount: 1 }
  throw error
}
