import * as z from 'zod'
import { Currency, Day, Id, Instant, innerOnly } from '../../kernel/contract.ts'
import { Decision } from '../decisions/contract.ts'
import { PRICE, PROTECTION, REVIEW, STAGE } from './rules.ts'

export const Review = REVIEW.schema
export const Protection = PROTECTION.schema
export const Stage = STAGE.schema
const Price = PRICE.schema
const Route = z.enum(['direct', 'resale', 'distributor', 'marketplace'])
const DealType = z.enum(['new', 'renewal', 'tender'])
export const Country = z.string().regex(/^[A-Z]{2}$/, 'a country as two capital letters, as DE')
const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/, 'a month as 2027-03')
  .refine((month) => month.length < 10 || Day.safeParse(month).success, 'is no day of that month')

const DealClock = z.object({
  name: z.string(),
  ball: z.enum(['inner', 'outer']),
  started_at: Instant,
  due_at: Instant.nullable(),
  left_minutes: z.int().nullable(),
  holder: z.string().nullable(),
})

const shown = {
  id: Id,
  number: z.int(),
  version: z.int(),
  partner_id: Id,
  partner_name: z.string(),
  account_name: z.string(),
  account_domain: z.string().nullable(),
  country: Country,
  product: z.string().describe('The leading product'),
  more_products: z.array(z.string()).describe('Further products, each with a scope of its own'),
  deal_type: DealType,
  route: Route,
  amount_minor: z.int(),
  currency: Currency,
  closes_on: Day.nullable().describe('null: a draft that does not say it yet'),
  review: Review,
  protection: Protection,
  stage: Stage,
  price: Price,
  discount_asked_bps: z.int(),
  discount_granted_bps: z.int().nullable(),
  completed_at: Instant.nullable(),
  protected_until: Instant.nullable(),
  created_at: Instant,
  clock: DealClock.nullable(),
  amount_plan_minor: innerOnly(z.int().nullable().describe('At the plan rate of the year, in the reporting currency')),
  account_id: innerOnly(Id.nullable()),
  manager_name: z.string().nullable(),
}
export const DealRow = z.object(shown)
export type DealRow = z.output<typeof DealRow>

const AgreeingField = z.object({ field: z.string(), ours: z.string(), theirs: z.string(), how: z.string() })
/** Two registrations side by side; only the host ever sees one. */
const Conflict = z.object({
  deal_id: Id,
  number: z.int(),
  partner_id: Id,
  partner_name: z.string(),
  account_name: z.string(),
  account_domain: z.string().nullable(),
  country: Country,
  product: z.string(),
  more_products: z.array(z.string()),
  amount_minor: z.int(),
  currency: Currency,
  review: Review,
  protection: Protection,
  completed_at: Instant.nullable(),
  protected_until: Instant.nullable(),
  same_scope: z.boolean(),
  fields: z.array(AgreeingField),
})

export const Deal = z.object({
  ...shown,
  partner_member_id: Id.nullable(),
  submitted_by: z.string().nullable(),
  customer_number: z.string().nullable(),
  region: z.string().nullable(),
  tender: z.string().nullable(),
  prepares_tender: z.boolean(),
  contact_name: z.string().nullable(),
  contact_email: z.string().nullable(),
  contact_basis: z.string().nullable(),
  evidence_on: Day.nullable(),
  evidence_kind: z.string().nullable(),
  evidence_note: z.string().nullable(),
  description: z.string().nullable(),
  reason_code: z.string().nullable(),
  reason_text: z.string().nullable(),
  asked: z.string().nullable(),
  answered: z.string().nullable(),
  extensions: z.int(),
  decided_at: Instant.nullable(),
  /** Other products of the customer that the partner may register, after a refusal for the scope. */
  free_products: z.array(z.string()),
  /** Products that were asked for, too, and that another holds. */
  refused_products: z.array(z.string()),
  decision: Decision.nullable(),
  clocks: z.array(DealClock),
  conflicts: innerOnly(z.array(Conflict)),
  internal_note: innerOnly(z.string().nullable()),
})
export type Deal = z.output<typeof Deal>

/** One registration that took another's place; who the other was, a partner learns of its own only. */
export const Succession = z.object({
  by: z.enum(['partner', 'customer', 'host']),
  at: Instant,
  deal: z.object({ id: Id, number: z.int(), account_name: z.string(), partner_name: z.string() }).nullable(),
  opportunity_id: innerOnly(Id.nullable()),
  written_on: innerOnly(Day.nullable().describe("The day of the customer's letter")),
})

/** A special price: what is asked and granted; whose it is to grant is the host's business. */
export const DealPrice = z.object({
  state: Price,
  asked_bps: z.int(),
  granted_bps: z.int().nullable(),
  text: z.string().nullable().describe('What whoever decided told the partner'),
  decided_at: Instant.nullable(),
  decided_by: innerOnly(z.string().nullable()),
  decided_as: innerOnly(z.string().nullable().describe('The role whose limit held')),
  limit_bps: innerOnly(z.int().nullable().describe('Up to which your roles grant; null: not at all')),
  may_grant: innerOnly(z.boolean().describe('Whether you may grant what is asked')),
  granters: innerOnly(z.array(z.string()).describe('Roles that may grant what is asked')),
  limits: innerOnly(z.array(z.object({ role: z.string(), max_bps: z.int() }))),
  document_title: innerOnly(z.string().nullable()),
  document_number: innerOnly(z.int().nullable()),
})

const amount_minor = z.int().min(1).max(1_000_000_000_000_00)
const name = z.string().trim().min(1).max(200)
const optional = {
  account_domain: z.string().trim().max(253).nullish(),
  more_products: z
    .array(z.string().trim().min(1).max(60))
    .max(9)
    .optional()
    .describe('Further products; each has a scope of its own'),
  customer_number: z.string().trim().max(60).nullish(),
  deal_type: DealType.optional(),
  tender: z.string().trim().max(100).nullish(),
  prepares_tender: z.boolean().optional(),
  route: Route.optional(),
  contact_name: z.string().trim().max(200).nullish(),
  contact_email: z.email().max(254).nullish(),
  contact_basis: z.enum(['consent', 'contract', 'legitimate_interest']).nullish(),
  evidence_on: Day.nullish(),
  evidence_kind: z.enum(['meeting', 'call', 'mail', 'letter', 'poc']).nullish(),
  evidence_note: z.string().trim().max(4000).nullish(),
  discount_asked_bps: z.int().min(0).max(9000).optional(),
  description: z.string().trim().max(4000).nullish(),
}
const required = {
  customer: name.describe('The customer by name or by site'),
  country: Country,
  product: z.string().trim().min(1).max(60),
  amount_minor,
  currency: Currency,
  closes_on: Month,
}
/** What a partner types to register a deal: five fields, and more where it has them. */
export const Registration = z.object({
  ...required,
  ...optional,
  partner_id: Id.optional().describe('Only where the host registers for a partner, or a distributor for its chain'),
})

/** A registration as an import brings it: the partner by name, site or number, the rest as a person would type it. */
export const SaveDeal = z.object({
  external_id: z.string().trim().min(1).max(120).optional(),
  partner: z.string().trim().min(1).max(200),
  customer: z.string().trim().min(1).max(200),
  account_domain: z.string().trim().max(253).optional(),
  customer_number: z.string().trim().max(60).optional(),
  country: Country,
  product: z.string().trim().min(1).max(60),
  amount_minor: z.int().min(1).max(1_000_000_000_000_00),
  currency: Currency,
  closes_on: Month,
  deal_type: DealType.exclude(['tender']).optional(),
  evidence_on: Day.optional(),
  evidence_kind: z.enum(['meeting', 'call', 'mail', 'letter', 'poc']).optional(),
  description: z.string().trim().max(4000).optional(),
})
export type SaveDeal = z.output<typeof SaveDeal>
