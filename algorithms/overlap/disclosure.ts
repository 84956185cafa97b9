import { fault } from './fault.ts'
import { commonRows, type KeyedPair, lonelyRows, type SideName } from './keyed-pair.ts'

/**
 * What one party shows the other: nothing, the number, the common records, or all records; of a record only `fields`.
 * @public
 */
export type Sharing = { level: 'hidden' | 'count' | 'overlap' | 'all'; fields: readonly string[] }

/** Both parties' sharing, and what holds for both: below the minimum nothing is told, short lists get no answer. */
export type DisclosureRules = { left: Sharing; right: Sharing; min_intersection: number; min_list: number }

/** A record of a party by its row; only the fields that party shares are read. */
export type FieldReader = (row: number, field: string) => unknown

/** @public */
export type SharedRecord = {
  /** The viewer's own row, or null for a record that only the other party has. */
  own_row: number | null
  /** The other party's fields that it shares, and no others. */
  fields: Record<string, unknown>
}

export type View = {
  /** Size of the overlap, or null when hidden or below the minimum. */
  count: number | null
  /** The minimum that withheld the answer, or null. */
  below: number | null
  /** Common records, when the other party shares them. */
  overlap: SharedRecord[] | null
  /** The other party's remaining records, when it shares all. */
  others: SharedRecord[] | null
}

/** What `viewer` may see of the other party's list. Both must share at least the count; everything else is the other party's choice. */
export function disclose(pair: KeyedPair, viewer: SideName, rules: DisclosureRules, read: FieldReader): View {
  const owner = viewer === 'left' ? 'right' : 'left'
  const sharing = rules[owner]
  const nothing: View = { count: null, below: null, overlap: null, others: null }
  if (rules.left.level === 'hidden' || rules.right.level === 'hidden') return nothing
  for (const side of ['left', 'right'] as const) {
    if (pair[side].size < rules.min_list)
      throw fault('limit', `the ${side} list has ${pair[side].size} keys; at least ${rules.min_list} are needed`)
  }
  const all = sharing.level === 'all'
  if (!all && pair.common < rules.min_intersection) return { ...nothing, below: rules.min_intersection }
  if (sharing.level === 'count') return { ...nothing, count: pair.common }
  const rows = commonRows(pair)
  const [own, theirs] = viewer === 'left' ? [0, 1] : [1, 0]
  const pick = (row: number): Record<string, unknown> =>
    Object.fromEntries(sharing.fields.map((field) => [field, read(row, field)]))
  const overlap = Array.from({ length: pair.common }, (_, i) => ({
    own_row: rows[2 * i + own] ?? 0,
    fields: pick(rows[2 * i + theirs] ?? 0),
  }))
  const others = all ? Array.from(lonelyRows(pair, owner), (row) => ({ own_row: null, fields: pick(row) })) : null
  return { count: pair.common, below: null, overlap, others }
}
