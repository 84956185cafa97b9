import type { Field, FieldType, Operator, Rule, RuleGroup } from './conditions.ts'
import { checkRules, fieldsByName, isGroup, refuseIssues } from './conditions.ts'
import type { Audience } from './contract.ts'

export type Fact = string | number | boolean | readonly string[] | null | undefined
export type Facts = { readonly [name: string]: Fact }

/** One comparison as it went: `value` is what was wanted (of `value_field`, if that is a field), `seen` what was there. */
export interface Comparison {
  readonly field: string
  readonly operator: string
  readonly value: Exclude<Rule['value'], undefined> | readonly string[]
  readonly value_field: string | null
  readonly seen: Exclude<Fact, undefined>
  readonly hit: boolean
  readonly audience: Audience
}

// checkRules has made sure that both sides are of the one type these take, which the compiler cannot follow through a document.
const TESTS: Record<Operator, (wanted: never) => (seen: never) => boolean> = {
  '=': (wanted: string) => (seen: string) => seen === wanted,
  '!=': (wanted: string) => (seen: string) => seen !== wanted,
  '<': (wanted: number) => (seen: number) => seen < wanted,
  '<=': (wanted: number) => (seen: number) => seen <= wanted,
  '>': (wanted: number) => (seen: number) => seen > wanted,
  '>=': (wanted: number) => (seen: number) => seen >= wanted,
  between:
    ([from, to]: [number, number]) =>
    (seen: number) =>
      seen >= from && seen <= to,
  notBetween:
    ([from, to]: [number, number]) =>
    (seen: number) =>
      seen < from || seen > to,
  in: (wanted: string[]) => {
    const set = new Set(wanted)
    return (seen: string) => set.has(seen)
  },
  notIn: (wanted: string[]) => {
    const set = new Set(wanted)
    return (seen: string) => !set.has(seen)
  },
  contains: (wanted: string) => (seen: string | string[]) => seen.includes(wanted),
  doesNotContain: (wanted: string) => (seen: string | string[]) => !seen.includes(wanted),
  beginsWith: (wanted: string) => (seen: string) => seen.startsWith(wanted),
  doesNotBeginWith: (wanted: string) => (seen: string) => !seen.startsWith(wanted),
  endsWith: (wanted: string) => (seen: string) => seen.endsWith(wanted),
  doesNotEndWith: (wanted: string) => (seen: string) => !seen.endsWith(wanted),
  containsAny: (wanted: string[]) => (seen: string[]) => wanted.some((one) => seen.includes(one)),
  containsAll: (wanted: string[]) => (seen: string[]) => wanted.every((one) => seen.includes(one)),
  containsNone: (wanted: string[]) => (seen: string[]) => !wanted.some((one) => seen.includes(one)),
  empty: () => (seen: string[]) => seen.length === 0,
  notEmpty: () => (seen: string[]) => seen.length > 0,
  null: () => () => false,
  notNull: () => () => true,
}

function testOf(rule: Rule, wanted: unknown): (seen: Fact) => boolean {
  const test = TESTS[rule.operator as Operator](wanted as never)
  const absent = rule.operator === 'null'
  return (seen) => (seen === null || seen === undefined ? absent : test(seen as never))
}

const isIsoDate = /^\d{4}-\d{2}-\d{2}$/
const IS_FACT: Record<FieldType, (fact: unknown) => boolean> = {
  text: (fact) => typeof fact === 'string',
  choice: (fact) => typeof fact === 'string',
  number: Number.isFinite,
  money: Number.isSafeInteger,
  date: (fact) => typeof fact === 'string' && isIsoDate.test(fact),
  flag: (fact) => typeof fact === 'boolean',
  list: Array.isArray,
}

function readerOf({ name, type }: Field): (facts: Facts) => Fact {
  const is = IS_FACT[type]
  return (facts) => {
    const fact = facts[name]
    if (fact === null || fact === undefined || is(fact)) return fact
    throw new TypeError(`The fact '${name}' is declared as ${type}, but is ${JSON.stringify(fact)}`)
  }
}

/** The facts of one evaluation, read once each, with the number of their choice where the field has few. */
export interface Seen {
  readonly facts: readonly Fact[]
  readonly choices: readonly number[]
}

/** One comparison of a pool, ready to be made: with a value, or with the fact of the slot `other`. */
export interface Judge {
  readonly slot: number
  readonly other: number | undefined
  readonly field: string
  readonly operator: string
  readonly value: Exclude<Rule['value'], undefined>
  readonly audience: Audience
  readonly test: (seen: Fact) => boolean
  readonly rule: Rule
  /** Most comparisons are with a choice, so those are made once and then handed out; frozen, since many verdicts share them. */
  readonly made: (Comparison | undefined)[]
}

const FEW = 256

/** Numbers the values of a field that has few of them; 0 is missing, -1 any other value. */
function choiceNumbers(field: Field): ReadonlyMap<Fact, number> | undefined {
  const values = field.type === 'flag' ? [false, true] : field.type === 'choice' ? field.choices : undefined
  if (!values || values.length > FEW) return undefined
  return new Map<Fact, number>([[null, 0], [undefined, 0], ...values.map((value, index): [Fact, number] => [value, index + 1])])
}

function compareFields({ field, operator, rule, audience }: Judge, seen: Fact = null, value: Fact = null): Comparison {
  const hit = value !== null && testOf(rule, value)(seen)
  return { field, operator, value, value_field: String(rule.value), seen, hit, audience }
}

/** Makes a comparison of a pool on facts that its `read` gave. */
export function makeComparison(judge: Judge, { facts, choices }: Seen): Comparison {
  const { slot, other, field, operator, value, audience, made } = judge
  if (other !== undefined) return compareFields(judge, facts[slot], facts[other])
  const choice = choices[slot] as number
  const known = choice < 0 ? undefined : made[choice]
  if (known !== undefined) return known
  const seen = facts[slot]
  const fresh = { field, operator, value, value_field: null, seen: seen ?? null, hit: judge.test(seen), audience }
  if (choice >= 0) made[choice] = Object.freeze(fresh)
  return fresh
}

interface Reader {
  read: (facts: Facts) => Fact
  numbers: ReadonlyMap<Fact, number> | undefined
}

/** Collects the comparisons of one or many groups, each once, and judges them on facts that are read once. */
export function comparisonPool(fields: readonly Field[]) {
  const known = fieldsByName(fields)
  const slots = new Map<string, number>()
  const readers: Reader[] = []
  const judges: Judge[] = []
  const places = new Map<string, number>()

  const slotOf = (name: string): number => {
    const field = known.get(name) ?? { name, type: 'text' }
    const slot = slots.get(name) ?? readers.push({ read: readerOf(field), numbers: choiceNumbers(field) }) - 1
    slots.set(name, slot)
    return slot
  }
  const makeJudge = (rule: Rule): Judge => {
    const names = rule.valueSource === 'field' ? [rule.field, String(rule.value)] : [rule.field]
    const audience = names.some((name) => known.get(name)?.audience === 'inner') ? 'inner' : 'outer'
    const [slot = 0, other] = names.map(slotOf)
    const { field, operator, value = null } = rule
    const test = testOf(rule, other === undefined ? value : null)
    return { slot, other, field, operator, value, audience, test, rule, made: [] }
  }
  return {
    judges: judges as readonly Judge[],
    placeOf(rule: Rule): number {
      const key = JSON.stringify([rule.field, rule.operator, rule.value ?? null, rule.valueSource ?? 'value'])
      const place = places.get(key) ?? judges.push(makeJudge(rule)) - 1
      places.set(key, place)
      return place
    },
    read(from: Facts): Seen {
      const facts = new Array<Fact>(readers.length)
      const choices = new Array<number>(readers.length)
      for (let slot = 0; slot < readers.length; slot += 1) {
        const { read, numbers } = readers[slot] as Reader
        const fact = read(from)
        facts[slot] = fact
        choices[slot] = numbers === undefined ? -1 : (numbers.get(fact) ?? -1)
      }
      return { facts, choices }
    },
  }
}

/** The truth of a group from the comparisons of its pool. */
export function groupTruth(
  group: RuleGroup,
  pool: ReturnType<typeof comparisonPool>,
): (judged: readonly Comparison[]) => boolean {
  const parts = group.rules.map((rule) => {
    if (isGroup(rule)) return groupTruth(rule, pool)
    const place = pool.placeOf(rule)
    return (judged: readonly Comparison[]) => judged[place]?.hit === true
  })
  const end = group.combinator === 'and' || parts.length === 0
  const plain = group.not !== true
  return (judged) => {
    for (const part of parts) if (part(judged) !== end) return !end === plain
    return end === plain
  }
}

/** The rules of a group and its inner groups, in reading order. */
export const rulesOf = (group: RuleGroup): Rule[] => group.rules.flatMap((rule) => (isGroup(rule) ? rulesOf(rule) : [rule]))

/** Compiles a group to a function that also gives every comparison it made, in reading order. */
export function explainRules(
  group: RuleGroup,
  fields: readonly Field[],
): (facts: Facts) => { hit: boolean; comparisons: Comparison[] } {
  refuseIssues(checkRules(group, fields))
  const pool = comparisonPool(fields)
  const places = rulesOf(group).map(pool.placeOf)
  const truth = groupTruth(group, pool)
  return (facts) => {
    const seen = pool.read(facts)
    const judged = pool.judges.map((judge) => makeComparison(judge, seen))
    return { hit: truth(judged), comparisons: places.map((place) => judged[place]).filter((one) => one !== undefined) }
  }
}

/** Compiles a group to its plain truth; refuses a group that `checkRules` finds fault with. */
export function compileRules(group: RuleGroup, fields: readonly Field[]): (facts: Facts) => boolean {
  const explain = explainRules(group, fields)
  return (facts) => explain(facts).hit
}
