import * as z from 'zod'
import { AUDIENCES, checkRules, Field, isGroup, RuleGroup, refuseIssues, valueProblem } from './conditions.ts'
import type { Comparison, Facts, Judge, Seen } from './conditions-run.ts'
import { comparisonPool, groupTruth, rulesOf } from './conditions-run.ts'
import type { Audience } from './contract.ts'
import type { Issue } from './errors.ts'

export const Row = z.strictObject({
  id: z.string().min(1).max(100),
  label: z.string().min(1).max(300),
  when: RuleGroup,
  outcome: z.json(),
  audience: z.enum(AUDIENCES).optional(),
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

function rowJudge(row: z.output<typeof Row>, pool: Pool): (seen: Seen, judged: Comparison[]) => Reason {
  const { id, label, audience = 'outer', when } = row
  const places = rulesOf(when).map(pool.placeOf)
  const { judges } = pool
  const plain = when.combinator === 'and' && when.not !== true && !when.rules.some(isGroup)
  const truth = plain ? undefined : groupTruth(when, pool)
  return (seen, judged) => {
    const comparisons = new Array<Comparison>(places.length)
    let hit = true
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] as number
      const one = (judged[place] ??= (judges[place] as Judge)(seen))
      comparisons[at] = one
      if (!one.hit) hit = false
    }
    if (truth) hit = truth(judged)
    return { row: id, label, hit, audience, comparisons }
  }
}

/** Compiles a table to a pure function of the facts; refuses a table that `checkTable` finds fault with. */
export function compileTable(table: RuleTable): (facts: Facts) => Verdict {
  refuseIssues(checkTable(table))
  const pool = comparisonPool(table.fields)
  const rows = table.rows.map((row) => ({ id: row.id, outcome: row.outcome, judge: rowJudge(row, pool) }))
  const { otherwise } = table
  const first = table.hit === 'first'

  return (facts) => {
    const seen = pool.read(facts)
    const judged = new Array<Comparison>(pool.judges.length)
    const reasons: Reason[] = []
    const hits: string[] = []
    const outcomes: Json[] = []
    for (const { id, outcome, judge } of rows) {
      const reason = judge(seen, judged)
      reasons.push(reason)
      if (!reason.hit) continue
      hits.push(id)
      outcomes.push(outcome)
      if (first) return { outcome, rows: hits, reasons }
    }
    if (first) return { outcome: otherwise, rows: hits, reasons }
    return { outcome: hits.length > 0 || otherwise === null ? outcomes : [otherwise], rows: hits, reasons }
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

/** The tables of a book so ordered that each comes after those it uses, and every circle found. */
function order(book: RuleBook): { names: string[]; issues: Issue[] } {
  const names: string[] = []
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
    if (back >= 0 || names.includes(name) || !Object.hasOwn(book, name)) return
    for (const used of usesOf(book[name] as RuleTable)) walk(used, [...trail, name])
    if (!names.includes(name)) names.push(name)
  }
  for (const name of Object.keys(book)) walk(name, [])
  return { names, issues }
}

/** Everything that is wrong with tables that use each other: their own faults, unknown tables, unfit outcomes, circles. */
export function checkBook(book: RuleBook, known?: readonly Field[]): Issue[] {
  const own = Object.entries(book).flatMap(([name, table]) =>
    checkTable(table, known).map(({ path, message }) => ({ path: `${name}.${path}`, message })),
  )
  return [...own, ...Object.keys(book).flatMap((name) => checkUses(name, book)), ...order(book).issues]
}

/** Compiles tables that use each other to one pure function: facts in, the verdict of every table out. */
export function compileBook(book: RuleBook): (facts: Facts) => Record<string, Verdict> {
  refuseIssues(checkBook(book))
  const steps = order(book).names.map((name) => {
    const table = book[name] as RuleTable // order gives only names of the book
    const filled = table.fields.filter(({ from }) => from !== undefined)
    return { name, filled, judge: compileTable(table) }
  })
  return (facts) => {
    const verdicts: Record<string, Verdict> = {}
    for (const { name, filled, judge } of steps) {
      // checkUses has made sure that the outcome is a value of the field.
      const given = filled.map(({ name: field, from = '' }) => [field, verdicts[from]?.outcome] as [string, Facts[string]])
      verdicts[name] = judge(filled.length === 0 ? facts : { ...facts, ...Object.fromEntries(given) })
    }
    return verdicts
  }
}
