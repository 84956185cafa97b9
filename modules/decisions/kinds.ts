import * as z from 'zod'
import { type Field, refuseIssues } from '../../kernel/conditions.ts'
import type { Facts } from '../../kernel/conditions-run.ts'
import { type Issue, invalid } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { parseInput } from '../../kernel/run.ts'
import { checkBook, RuleTable } from '../../kernel/tables.ts'
import { tellBodies } from './tell-bodies.ts'

export interface Kind {
  /** The form of a document's body. */
  body: z.ZodType
  /** For decision tables: the facts that the subject can give. */
  facts?: readonly Field[]
  /** What the party concerned is told of a fact that it may see, where that is less than the rule saw. */
  told?: (name: string, value: Facts[string]) => Facts[string]
  /** What a body names that is not there, by its path in the body. */
  names?: (ctx: Ctx, body: unknown) => Promise<Issue[]>
}

const Engagement = z.strictObject({
  clauses: z
    .array(
      z.strictObject({ number: z.int().min(1).max(99), title: z.string().min(1).max(120), text: z.string().min(1).max(2000) }),
    )
    .min(1)
    .max(99),
})

const kinds = new Map<string, Kind>([['engagement', { body: Engagement }]])

tellBodies(kinds)

/** A room says here what its documents look like and which facts its tables may use. */
export function declareKind(name: string, kind: Kind): void {
  kinds.set(name, kind)
}

/** The facts of a kind as the party concerned may see them. */
export function outerFacts(name: string, facts: Facts): Facts {
  const kind = kinds.get(name)
  const open = new Set((kind?.facts ?? []).filter((field) => field.audience !== 'inner').map((field) => field.name))
  const shown = Object.entries(facts).filter(([fact]) => open.has(fact))
  return Object.fromEntries(shown.map(([fact, value]) => [fact, kind?.told ? kind.told(fact, value) : value]))
}

/** Checks a body against its kind; refuses 'invalid' with the path of each mistake. */
export async function checkBody(ctx: Ctx, name: string, body: unknown): Promise<unknown> {
  const kind = kinds.get(name)
  if (!kind) throw new Error(`No room declares documents of the kind ${name}`)
  const read = parseInput(z.object({ body: kind.body }), { body }).body
  if (kind.facts) {
    // A book of this one table: what another would fill is refused, and so is a table that waits for its own outcome.
    const issues = checkBook({ [name]: RuleTable.parse(read) }, kind.facts)
    refuseIssues(issues.map((issue) => ({ ...issue, path: `body${issue.path.slice(name.length)}` })))
  }
  const missing = (await kind.names?.(ctx, read)) ?? []
  if (missing.length > 0) throw invalid(missing.map((issue) => ({ ...issue, path: `body.${issue.path}` })))
  return read
}
