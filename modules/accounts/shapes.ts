import * as z from 'zod'
import { Day, Id, Instant } from '../../kernel/contract.ts'
import { AGREEMENTS, BANDS, OUTCOMES } from './rules.ts'

export const Country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'a country code of two letters as DE')
const Currency = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, 'a currency code of three letters as EUR')
export const Domain = z.string().trim().min(1).max(253)
export const Name = z.string().trim().min(1).max(300)
const Custom = z.record(z.string().min(1).max(60), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]))
const External = z.string().trim().min(1).max(120)

/** An account in a list: a customer or prospect of the host; partners never read it. */
export const AccountRow = z.object({
  id: Id,
  name: z.string(),
  country: z.string().nullable(),
  domain: z.string().nullable(),
  company_number: z.string().nullable(),
  is_customer: z.boolean(),
  is_named: z.boolean().describe('On the list of named accounts today'),
  segment: z.string().nullable(),
  owner_id: Id.nullable(),
  owner_name: z.string().nullable(),
  parent_id: Id.nullable(),
  external_id: z.string().nullable(),
  version: z.number().int(),
  created_at: Instant,
  updated_at: Instant,
})
export type AccountRow = z.output<typeof AccountRow>

export const NamedEntry = z.object({
  id: Id,
  account_id: Id,
  account_name: z.string(),
  from_on: Day,
  until_on: Day.nullable(),
  note: z.string(),
  recorded_at: Instant,
  ended_at: Instant.nullable(),
})
export type NamedEntry = z.output<typeof NamedEntry>

export const Opportunity = z.object({
  id: Id,
  account_id: Id,
  account_name: z.string(),
  external_id: z.string().nullable(),
  name: z.string(),
  product: z.string().nullable(),
  amount_minor: z.number().int().nullable(),
  currency: z.string().nullable(),
  stage: z.string(),
  owner_id: Id.nullable(),
  owner_name: z.string().nullable(),
  opened_on: Day.nullable().describe('As typed by hand or in the CRM'),
  first_seen_at: Instant.describe('When this product first saw it'),
  expected_close_on: Day.nullable(),
  closed_on: Day.nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  version: z.number().int(),
})
export type Opportunity = z.output<typeof Opportunity>

export const Account = AccountRow.extend({
  domains: z.array(z.string()).describe('Further domains, beside the main one'),
  shared_domain: z.boolean().describe('Its domain is shared by many bodies and never matches alone'),
  customer_since_on: Day.nullable(),
  parent_name: z.string().nullable(),
  family: z.array(
    z.object({ id: Id, name: z.string(), country: z.string().nullable(), relation: z.enum(['parent', 'child', 'sibling']) }),
  ),
  named: z.array(NamedEntry),
  note: z.string(),
  custom: Custom,
  merged_into_id: Id.nullable(),
})
export type Account = z.output<typeof Account>

export const AccountFields = z
  .object({
    name: Name,
    external_id: External.nullable(),
    country: Country.nullable(),
    company_number: z.string().trim().min(1).max(60).nullable(),
    domain: Domain.nullable().describe('Main domain; a web or mail address will do'),
    shared_domain: z.boolean(),
    is_customer: z.boolean(),
    customer_since_on: Day.nullable(),
    parent_id: Id.nullable(),
    owner_id: Id.nullable(),
    segment: z.string().trim().min(1).max(60).nullable(),
    note: z.string().max(10_000),
    custom: Custom,
  })
  .partial()

/** One account as an import or `create` brings it; `id`, else `external_id`, says which one is changed. */
export const SaveAccount = AccountFields.extend({
  id: Id.optional(),
  name: Name,
  domains: z.array(Domain).max(50).optional(),
  parent_external_id: External.optional().describe('The parent by its external id'),
})
export type SaveAccount = z.input<typeof SaveAccount>

/** One opportunity as an import brings it: `id` or `external_id` says which; the account by id, external id, domain or name. */
export const SaveOpportunity = z.object({
  id: Id.optional(),
  external_id: External.nullable().optional(),
  account_id: Id.optional(),
  account_external_id: External.optional(),
  account_domain: Domain.optional(),
  account_name: Name.optional(),
  name: Name,
  product: z.string().trim().min(1).max(60).nullable().optional(),
  amount_minor: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).nullable().optional(),
  currency: Currency.nullable().optional(),
  stage: z.string().trim().min(1).max(60).optional(),
  owner_id: Id.nullable().optional(),
  opened_on: Day.nullable().optional(),
  expected_close_on: Day.nullable().optional(),
  closed_on: Day.nullable().optional(),
  outcome: z.enum(OUTCOMES).nullable().optional(),
})
export type SaveOpportunity = z.input<typeof SaveOpportunity>

export const Match = z.object({
  id: Id,
  name: z.string(),
  country: z.string().nullable(),
  score: z.number().min(0).max(1),
  band: z.enum(BANDS),
  agrees: z.array(z.enum(AGREEMENTS)),
})
export type Match = z.output<typeof Match>
