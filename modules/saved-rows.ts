import type { Issue } from '../kernel/errors.ts'
import type { ImportOutcome, UndoneRow } from '../kernel/importing.ts'

/** One row of a set-wise save: what it means to change, and what stands against it. */
interface Planned {
  id: string
  known: { version: number } | null
  changes: ImportOutcome['changes']
  issues: Issue[]
  warnings?: Issue[]
}

/** What a set-wise save tells of a row. */
export interface Saved extends ImportOutcome {
  issues: Issue[]
  /** What of a saved row was left out, as a free mail domain or a parent that is not there yet. */
  warnings: Issue[]
}

/** A row with issues was left out, one that changes nothing keeps its version. */
export function outcomeOf({ id, known, changes, issues, warnings = [] }: Planned): Saved {
  const changed = Object.keys(changes).length > 0
  const outcome = issues.length > 0 ? 'refused' : known ? (changed ? 'updated' : 'unchanged') : 'created'
  const version = (known?.version ?? 0) + (outcome === 'updated' || outcome === 'created' ? 1 : 0)
  return { id, outcome, version, changes, issues, warnings }
}

/** What is kept of it for taking it back. */
export type Save = Pick<ImportOutcome, 'id' | 'version' | 'outcome' | 'changes'>

interface Parted<K> {
  /** Came by the save, and go again. */
  created: K[]
  /** Get their old values. */
  updated: { row: Save; now: K }[]
  told: UndoneRow[]
}

/** What is told of rows to take back, with those whose old values are refused by now, and why. */
export function withRefused(told: readonly UndoneRow[], plans: readonly { id: string; issues: readonly Issue[] }[]): UndoneRow[] {
  const refused = new Map(plans.filter(({ issues }) => issues.length > 0).map(({ id, issues }) => [id, issues]))
  return told.map((one) => {
    const issues = refused.get(one.id)
    return issues ? { id: one.id, outcome: 'refused', issues } : one
  })
}

/** Parts saves that are to be taken back by what has to be done; what was touched since or is in use stays, and is told. */
export function partSaves<K extends { version: number; archived_at: string | null }>(
  rows: readonly Save[],
  known: ReadonlyMap<string, K>,
  used: ReadonlySet<string> = new Set(),
): Parted<K> {
  const parted: Parted<K> = { created: [], updated: [], told: [] }
  for (const row of rows) {
    if (row.outcome !== 'created' && row.outcome !== 'updated') continue
    const now = known.get(row.id)
    const { id } = row
    if (!now || now.version !== row.version || now.archived_at) parted.told.push({ id, outcome: 'touched' })
    else if (row.outcome === 'created' && used.has(id)) parted.told.push({ id, outcome: 'in_use' })
    else {
      parted.told.push({ id, outcome: 'undone' })
      if (row.outcome === 'created') parted.created.push(now)
      else parted.updated.push({ row, now })
    }
  }
  return parted
}
