import * as z from 'zod'
import type { Issue } from '../../kernel/errors.ts'
import type { Ctx } from '../../kernel/module.ts'
import { rolesOf } from '../access/roles.ts'
import type { RuleDocument } from '../decisions/contract.ts'
import type { RuleScope } from '../decisions/in-force.ts'
import { documentsInForce } from '../decisions/queries.ts'
import { PRICE_LIMITS, TERMS } from './rules.ts'

const days = z.int().min(1).max(3650)
const limit = z.strictObject({ role: z.string().min(1).max(60), max_bps: z.int().min(0).max(9000) })

/** How long things hold and last; a document of the kind deals.terms, or these defaults. */
export const Terms = z.strictObject({
  protection_days: days.default(TERMS.protection_days),
  hold_working_days: z.int().min(1).max(60).default(TERMS.hold_working_days),
  review_working_hours: z.int().min(1).max(400).default(TERMS.review_working_hours),
  price_working_hours: z.int().min(1).max(400).default(TERMS.price_working_hours),
  /** Up to which discount a role grants a special price by itself; a role that is not listed grants none. */
  price_limits: z.array(limit).max(20).default(PRICE_LIMITS),
  warn_days: z.array(days).max(10).default(TERMS.warn_days),
  extension_days: days.default(TERMS.extension_days),
  max_extensions: z.int().min(0).max(20).default(TERMS.max_extensions),
  amend_review_percent: z.int().min(0).max(1000).default(TERMS.amend_review_percent),
  host_opportunity_days: days.default(TERMS.host_opportunity_days),
})
export type Terms = z.output<typeof Terms>

/** Limits are for roles of the host, its own made ones among them. */
export async function rolesInTerms(ctx: Ctx, body: unknown): Promise<Issue[]> {
  const { price_limits } = Terms.parse(body)
  const codes = (await rolesOf(ctx)).flatMap(({ code, side }) => (side === 'inner' ? [code] : []))
  return price_limits.flatMap(({ role }, i) =>
    codes.includes(role)
      ? []
      : [{ path: `price_limits.${i}.role`, message: `'${role}' is no role of the host; they are ${codes.join(', ')}` }],
  )
}

const read = new WeakMap<object, Terms>()
const NONE = {}

/** The terms that a document of the kind says, or the defaults. */
export function termsIn(document: RuleDocument | undefined): Terms {
  const body = document?.body ?? NONE
  const known = read.get(body)
  if (known) return known
  const terms = Terms.parse(body)
  read.set(body, terms)
  return terms
}

export const termsFor = async (ctx: Ctx, scope: RuleScope): Promise<Terms> =>
  termsIn((await documentsInForce(ctx, ['deals.terms'], scope)).get('deals.terms'))
