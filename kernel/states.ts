import * as z from 'zod'
import { Refusal } from './errors.ts'

type VerbsOf<T> = { [S in keyof T]: keyof T[S] }[keyof T] & string

/** One verb as a button: where it leads, and which guards bar it at present. */
export interface StateVerb<State, Verb, Guard> {
  verb: Verb
  to: State
  open: boolean
  barred_by: Guard[]
}

/** The table as maps, each verb of which leads to a state that there is. */
function readRows<State extends string>(table: object): Map<string, ReadonlyMap<string, State>> {
  const entries = Object.entries(table) as [State, Record<string, State>][]
  const rows = new Map(entries.map(([state, verbs]): [string, Map<string, State>] => [state, new Map(Object.entries(verbs))]))
  for (const [from, row] of rows) {
    const lost = [...row].find(([, to]) => !rows.has(to))
    if (lost) throw new Error(`'${lost[0]}' leads from '${from}' to '${lost[1]}', which is no state`)
  }
  return rows
}

type Rows = ReadonlyMap<string, ReadonlyMap<string, string>>

function mermaid(initial: string, rows: Rows, guards: ReadonlyMap<string, readonly string[]>): string {
  const lines = [`  [*] --> ${initial}`]
  for (const [state, row] of rows) {
    for (const [verb, to] of row) {
      const named = guards.get(verb) ?? []
      lines.push(`  ${state} --> ${to}: ${verb}${named.length > 0 ? ` [${named.join(', ')}]` : ''}`)
    }
    if (row.size === 0) lines.push(`  ${state} --> [*]`)
  }
  return ['stateDiagram-v2', ...lines, ''].join('\n')
}

/**
 * A state machine as data: `{submitted: {approve: 'approved'}, approved: {}}`, each state listed, an end with `{}`. `guards` names,
 * for a verb, the conditions that must hold; a guard holds only where the caller says so with true.
 */
export function states<
  const T extends { [S in keyof T]: Record<string, keyof T & string> },
  const G extends { readonly [V in VerbsOf<T>]?: readonly string[] } = Record<never, never>,
>(table: T, options: { initial: keyof T & string; guards?: G }) {
  type State = keyof T & string
  type Verb = VerbsOf<T>
  type Guard = G[keyof G] extends infer L ? (L extends readonly (infer N extends string)[] ? N : never) : never
  type Held = { readonly [G in Guard]?: boolean }
  type Loose = State | (string & {}) // a column is typed as string
  const { initial } = options
  // Object.entries loses the key types that the signature has just checked.
  const guards = new Map<string, readonly Guard[]>(Object.entries(options.guards ?? {}) as [string, readonly Guard[]][])
  const rows = readRows<State>(table)
  const all = [...rows.keys()] as [State, ...State[]]
  const rowOf = (from: string): ReadonlyMap<string, State> => {
    const row = rows.get(from)
    if (!row) throw new Error(`'${from}' is no state; the states are ${all.join(', ')}`)
    return row
  }
  const barredBy = (verb: Verb, held: Held): Guard[] => (guards.get(verb) ?? []).filter((guard) => held[guard] !== true)

  /** The verbs of a state, each open or with the guards that bar it. */
  const verbs = (from: Loose, held: Held = {}): StateVerb<State, Verb, Guard>[] =>
    [...rowOf(from)].map(([name, to]) => {
      const verb = name as Verb
      const barred_by = barredBy(verb, held)
      return { verb, to, open: barred_by.length === 0, barred_by }
    })

  /** The state a verb leads to; refuses with 'conflict' where the state has no such verb or a guard does not hold. */
  const move = (from: Loose, verb: Verb, held: Held = {}): State => {
    const to = rowOf(from).get(verb)
    const possible = verbs(from, held)
      .filter(({ open }) => open)
      .map((one) => one.verb)
    if (to === undefined) {
      const instead = possible.length > 0 ? `possible now: ${possible.join(', ')}` : 'nothing can be done from here'
      throw new Refusal('conflict', `'${verb}' is not possible while ${from}; ${instead}`, { from, verb, possible })
    }
    const barred_by = barredBy(verb, held)
    if (barred_by.length === 0) return to
    throw new Refusal('conflict', `'${verb}' is barred by ${barred_by.join(', ')}`, { from, verb, barred_by, possible })
  }

  return {
    initial: initial as State,
    all,
    schema: z.enum(all),
    /** States with no way out. */
    ends: all.filter((state) => rowOf(state).size === 0),
    verbs,
    move,
    can: (from: Loose, verb: Verb, held: Held = {}): boolean => rowOf(from).has(verb) && barredBy(verb, held).length === 0,
    /** The diagram, in Mermaid's words. */
    toMermaid: () => mermaid(initial, rows, guards),
  }
}
