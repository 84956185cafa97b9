import * as z from 'zod'
import { AUDIENCES, checkRules, Field, isGroup, RuleGroup, refuseIssues, valueProblem } from './conditions.ts'
import type { Comparison, Facts, Judge } from './conditions-run.ts'
import { comparisonPool, groupTruth, makeComparison, rulesOf } from './conditions-run.ts'
import type { Audience } from './contract.ts'
import type { Issue } from './errors.ts'

const Row = z.strictObject({
  id: z.string().min(1).max(100),
  label: z.string().min(1).max(300),
  when: RuleGroup,
  outcome: z.json(),
  audience: z.enum(AUDIENCES).optional(),
  /** Kept in the document, but passed by. */
  is_off: z.boolean().optional(),
})

/** A decision table: `first` takes the first row that holds, `collect` every row; `otherwise` is the outcome when none holds. */
export const RuleTable = z.strictObject({
  title: z.string().max(200).optional(),
  fields: z.array(Field).max(300),
  rows: z.array(Row).min(1).max(1000),
  hit: z.enum(['first', 'collect']),
  otherwise: z.json(),
})
export type RuleTable = z.output<typeof RuleTable>
type Json = RuleTable['otherwise']

/** One row that was looked at: whether it held, and each of its comparisons. `first` stops at the row that holds. */
export interface Reason {
  readonly row: string
  readonly label: string
  readonly hit: boolean
  readonly audience: Audience
  readonly comparisons: readonly Comparison[]
}

/** `outcome` is the row's (or `otherwise`); under `collect` a list, in row order. `rows` are the ids of the rows that held. */
export interface Verdict {
  readonly outcome: Json
  readonly rows: readonly string[]
  readonly reasons: readonly Reason[]
}

function checkFields(fields: readonly Field[], known: readonly Field[] | undefined): Issue[] {
  const issues: Issue[] = []
  const seen = new Set<string>()
  for (const [index, { name, type, from }] of fields.entries()) {
    const path = `fields.${index}.name`
    if (seen.has(name)) issues.push({ path, message: `'${name}' is declared twice; keep one` })
    seen.add(name)
    if (known === undefined || from !== undefined) continue
    const declared = known.find((one) => one.name === name)
    if (!declared) {
      issues.push({ path, message: `there is no fact '${name}'; the known facts are ${known.map((one) => one.name).join(', ')}` })
    } else if (declared.type !== type) {
      issues.push({ path: `fields.${index}.type`, message: `the fact '${name}' is a ${declared.type}, not a ${type}` })
    }
  }
  return issues
}

/** Everything that is wrong with a table; `known` are the facts that the caller can give, when the table must fit them. */
export function checkTable(table: RuleTable, known?: readonly Field[]): Issue[] {
  const issues = checkFields(table.fields, known)
  const ids = new Set<string>()
  for (const [index, row] of table.rows.entries()) {
    if (ids.has(row.id)) issues.push({ path: `rows.${index}.id`, message: `two rows have the id '${row.id}'; ids are unique` })
    ids.add(row.id)
    issues.push(...checkRules(row.when, table.fields, `rows.${index}.when`))
  }
  return issues
}

type Pool = ReturnType<typeof comparisonPool>

/** A row ready to be judged: `until` counts the comparisons that it and the rows before it make. */
interface Step {
  readonly id: string
  readonly label: string
  readonly audience: Audience
  readonly outcome: Json
  readonly places: readonly number[]
  readonly until: number
  readonly truth: ((judged: readonly Comparison[]) => boolean) | undefined
}

function stepOf({ id, label, audience = 'outer', outcome, when }: z.output<typeof Row>, pool: Pool): Step {
  const plain = when.combinator === 'and' && when.not !== true && !when.rules.some(isGroup)
  const places = rulesOf(when).map(pool.placeOf)
  return { id, label, audience, outcome, places, until: pool.judges.length, truth: plain ? undefined : groupTruth(when, pool) }
}

function holds({ places, truth }: Step, judged: readonly Comparison[]): boolean {
  if (truth !== undefined) return truth(judged)
  for (let at = 0; at < places.length; at += 1) if (!(judged[places[at] as number] as Comparison).hit) return false
  return true
}

// Most rows have two to five comparisons: a literal is allocated in one go, where a list of any length is not. Judging the row has
// filled every place.
function comparisonsOf({ places }: Step, judged: readonly Comparison[]): Comparison[] {
  const size = places.length
  if (size === 3) return [judged[places[0]!]!, judged[places[1]!]!, judged[places[2]!]!]
  if (size === 5) return [judged[places[0]!]!, judged[places[1]!]!, judged[places[2]!]!, judged[places[3]!]!, judged[places[4]!]!]
  if (size === 2) return [judged[places[0]!]!, judged[places[1]!]!]
  if (size === 4) return [judged[places[0]!]!, judged[places[1]!]!, judged[places[2]!]!, judged[places[3]!]!]
  const comparisons = new Array<Comparison>(size)
  for (let index = 0; index < size; index += 1) comparisons[index] = judged[places[index]!]!
  return comparisons
}

/** Compiles a table to a pure function of the facts; refuses a table that `checkTable` finds fault with. */
export function compileTable(table: RuleTable): (facts: Facts) => Verdict {
  refuseIssues(checkTable(table))
  const pool = comparisonPool(table.fields)
  const steps = table.rows.filter((row) => !row.is_off).map((row) => stepOf(row, pool))
  const { otherwise } = table
  const first = table.hit === 'first'

  return (facts) => {
    const seen = pool.read(facts)
    const judged = new Array<Comparison>(pool.judges.length)
    const held: Step[] = []
    let looked = 0
    // The truth comes first and the reasons after it, when it is known how many there are.
    for (let made = 0; looked < steps.length && (held.length === 0 || !first); looked += 1) {
      const step = steps[looked] as Step
      for (; made < step.until; made += 1) judged[made] = makeComparison(pool.judges[made] as Judge, seen)
      if (holds(step, judged)) held.push(step)
    }
    const reasons = new Array<Reason>(looked)
    for (let at = 0, hits = 0; at < looked; at += 1) {
      const step = steps[at] as Step
      const hit = held[hits] === step
      if (hit) hits += 1
      reasons[at] = { row: step.id, label: step.label, hit, audience: step.audience, comparisons: comparisonsOf(step, judged) }
    }
    const rows = held.map(({ id }) => id)
    const one = held[0] === undefined ? otherwise : held[0].outcome
    if (first) return { outcome: one, rows, reasons }
    return { outcome: held.length > 0 || otherwise === null ? held.map(({ outcome }) => outcome) : [otherwise], rows, reasons }
  }
}

/** The reasons an audience may read: the outer one sees no inner row and no comparison with an inner field. */
export function visibleReasons(reasons: readonly Reason[], audience: Audience): Reason[] {
  if (audience === 'inner') return [...reasons]
  return reasons
    .filter((reason) => reason.audience === 'outer')
    .map((reason) => ({ ...reason, comparisons: reason.comparisons.filter((one) => one.audience === 'outer') }))
}

/** Tables by name; a field with `from` is filled by the outcome of that table. */
export type RuleBook = { readonly [name: string]: RuleTable }

const usesOf = (table: RuleTable): string[] => [
  ...new Set(table.fields.flatMap(({ from }) => (from === undefined ? [] : [from]))),
]

function checkUses(name: string, book: RuleBook): Issue[] {
  return (book[name]?.fields ?? []).flatMap((field, index): Issue[] => {
    const path = `${name}.fields.${index}.from`
    if (field.from === undefined) return []
    if (!Object.hasOwn(book, field.from)) {
      return [{ path, message: `there is no table '${field.from}'; the tables are ${Object.keys(book).join(', ')}` }]
    }
    const used = book[field.from] as RuleTable
    if (used.hit !== 'first')
      return [{ path, message: `'${field.from}' collects a list; only a table with hit 'first' can fill a field` }]
    const wrong = [...used.rows.map((row) => row.outcome), used.otherwise]
      .filter((outcome) => outcome !== null)
      .flatMap((outcome) => (field.type === 'list' && Array.isArray(outcome) ? outcome : [outcome]))
      .map((outcome) => valueProblem(field, outcome))
      .find((problem) => problem !== undefined)
    return wrong === undefined ? [] : [{ path, message: `an outcome of '${field.from}' does not fit: ${wrong}` }]
  })
}

/** Every circle in which tables of a book use each other. */
function circles(book: RuleBook): Issue[] {
  const seen = new Set<string>()
  const issues: Issue[] = []
  const walk = (name: string, trail: readonly string[]): void => {
    const back = trail.indexOf(name)
    if (back >= 0) {
      const circle = [...trail.slice(back), name].join(' → ')
      issues.push({
        path: `${trail.at(-1)}.fields`,
        message: `the tables use each other in a circle: ${circle}; let one of them stand alone`,
      })
    }
    if (back >= 0 || seen.has(name) || !Object.hasOwn(book, name)) return
    for (const used of usesOf(book[name] as RuleTable)) walk(used, [...trail, name])
    seen.add(name)
  }
  for (const name of Object.keys(book)) walk(name, [])
  return issues
}

/** Everything that is wrong with tables that use each other: their own faults, unknown tables, unfit outcomes, circles. */
export function checkBook(book: RuleBook, known?: readonly Field[]): Issue[] {
  const own = Object.entries(book).flatMap(([name, table]) =>
    checkTable(table, known).map(({ path, message }) => ({ path: `${name}.${path}`, message })),
  )
  return [...own, ...circles(book), ...Object.keys(book).flatMap((name) => checkUses(name, book))]
}
