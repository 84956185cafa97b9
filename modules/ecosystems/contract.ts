import * as z from 'zod'
import { Currency, Day, event, Flag, Id, Instant, listInput, pageOf, Rate, route } from '../../kernel/contract.ts'
import { WorkCalendar } from '../../kernel/dates.ts'
import { Branding } from '../identity/contract.ts'
import { FiscalCalendar } from './rules.ts'

export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/, 'must be 3 to 40 small letters, digits and hyphens, starting with a letter')
  .meta({ examples: ['meridian'] })
export const Code = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,29}$/, 'must be a short code of letters and digits, as EMEA')
  .meta({ examples: ['EMEA'] })
const Language = z
  .string()
  .regex(/^[a-z]{2}$/, 'must be a language as en')
  .meta({ examples: ['en'] })
const Name = z.string().trim().min(1).max(120)
const Country = z.string().regex(/^[A-Z]{2}$/, 'a country as two capital letters, as DE')

export const Ecosystem = z.object({
  tenant_id: Id,
  version: z.int(),
  slug: z.string(),
  name: z.string(),
  reporting_currency: Currency,
  currencies: z.array(Currency),
  fiscal: FiscalCalendar,
  branding: Branding.nullable(),
  languages: z.array(z.string()),
})
export type Ecosystem = z.output<typeof Ecosystem>

export const Founding = z.object({
  slug: Slug,
  name: Name,
  reporting_currency: Currency.default('EUR'),
  currencies: z.array(Currency).min(1).max(60).default(['EUR', 'USD', 'GBP']),
  fiscal: FiscalCalendar.default({
    starts_on_month: 1,
    pattern: 'calendar',
    ends_on_weekday: 6,
    ends: 'last',
    extra_week_in: 12,
    named_after: 'end',
  }),
  branding: Branding.nullable().default(null),
  languages: z.array(Language).min(1).max(20).default(['en']),
})

export const get = route('GET', '/ecosystem', {
  summary: 'The ecosystem: names, money, fiscal year, branding, languages',
  permission: 'ecosystems.read',
  input: z.object({}),
  output: Ecosystem,
})

const { shape } = FiscalCalendar
// Without the defaults, which would take back what is not named.
const FiscalChange = z
  .strictObject({
    starts_on_month: shape.starts_on_month.unwrap(),
    pattern: shape.pattern.unwrap(),
    ends_on_weekday: shape.ends_on_weekday.unwrap(),
    ends: shape.ends.unwrap(),
    extra_week_in: shape.extra_week_in.unwrap(),
    named_after: shape.named_after.unwrap(),
  })
  .partial()

export const update = route('PATCH', '/ecosystem', {
  summary: 'Change the ecosystem',
  permission: 'ecosystems.update',
  versioned: true,
  input: Founding.omit({ slug: true })
    .extend({
      currencies: z.array(Currency).min(1).max(60),
      languages: z.array(Language).min(1).max(20),
      fiscal: FiscalChange,
      reporting_currency: Currency,
      branding: Branding.nullable(),
    })
    .partial(),
  output: Ecosystem,
})

export const Region = z.object({
  id: Id,
  version: z.int(),
  code: Code,
  name: z.string(),
  parent_code: Code.nullable(),
  calendar: WorkCalendar,
  state: z.enum(['active', 'retired']),
  countries: z.array(Country).describe('Its own countries; each stands in one region only'),
  territory: z
    .array(Country)
    .describe(
      'Where its partners are at home: its countries and those below it, else those of the region above; empty where that is not said',
    ),
})
export type Region = z.output<typeof Region>

export const list_regions = route('GET', '/regions', {
  summary: 'Regions with their working calendars',
  permission: 'ecosystems.read',
  list: true,
  input: listInput({ state: z.enum(['active', 'retired']).optional() }, ['code', 'name']),
  output: pageOf(Region),
})

export const save_region = route('PUT', '/regions/:code', {
  summary: 'Make or change a region',
  permission: 'ecosystems.update',
  versioned: true,
  input: z.object({
    code: Code,
    name: Name,
    parent_code: Code.nullable().default(null),
    calendar: WorkCalendar,
    state: z.enum(['active', 'retired']).default('active'),
    countries: z.array(Country).max(300).optional().describe('Its own countries; left out, they stay as they are'),
  }),
  output: Region,
})

export const Product = z.object({
  id: Id,
  version: z.int(),
  code: Code,
  name: z.string(),
  family: z.string(),
  state: z.enum(['active', 'retired']),
})

export type Product = z.output<typeof Product>

export const list_products = route('GET', '/products', {
  summary: 'The products that partners sell',
  permission: 'ecosystems.read',
  list: true,
  input: listInput({ family: z.string().max(60).optional(), state: z.enum(['active', 'retired']).optional() }, ['code', 'name']),
  output: pageOf(Product),
})

export const save_product = route('PUT', '/products/:code', {
  summary: 'Make or change a product',
  permission: 'ecosystems.update',
  versioned: true,
  input: z.object({
    code: Code,
    name: Name,
    family: z.string().trim().min(1).max(60),
    state: z.enum(['active', 'retired']).default('active'),
  }),
  output: Product,
})

export const RateRow = z.object({
  id: Id,
  kind: z.enum(['ecb', 'manual', 'peg', 'plan']),
  base: Currency,
  currency: Currency,
  rate: Rate,
  on_date: Day,
  plan_year: z.int().nullable(),
})

export type RateRow = z.output<typeof RateRow>

export const list_rates = route('GET', '/rates', {
  summary: 'Exchange rates by kind and day',
  permission: 'ecosystems.read',
  list: true,
  input: listInput(
    { kind: RateRow.shape.kind.optional(), currency: Currency.optional(), plan_year: z.coerce.number().int().optional() },
    ['on_date', 'currency'],
  ),
  output: pageOf(RateRow),
})

export const save_rate = route('PUT', '/rates', {
  summary: 'Enter a rate by hand, a peg, or the plan rate of a fiscal year',
  permission: 'ecosystems.update_rates',
  input: z.object({
    kind: z.enum(['manual', 'peg', 'plan']),
    base: Currency.default('EUR'),
    currency: Currency,
    rate: Rate,
    on_date: Day.optional().describe('From which day it holds; not for a plan rate'),
    plan_year: z.int().min(2000).max(2100).optional().describe('The fiscal year of a plan rate'),
    was: Rate.nullable()
      .optional()
      .describe('What stood there when it was read, null for nothing: another rate by now is not replaced'),
  }),
  output: RateRow,
})

export const import_ecb = route('POST', '/rates/import-ecb', {
  summary: 'Read a rate file of the European Central Bank (its XML or CSV)',
  permission: 'ecosystems.update_rates',
  body_limit: 12_000_000,
  input: z.object({
    content: z.string().min(1).max(11_000_000),
    only_used: Flag.default(true).describe('Only currencies that the ecosystem uses'),
  }),
  output: z.object({ read: z.int(), stored: z.int(), unknown: z.array(z.string()) }),
})

export const convert = route('GET', '/rates/convert', {
  summary: 'Convert an amount at the rate of a day or of a plan year',
  permission: 'ecosystems.read',
  input: z.object({
    amount_minor: z.coerce.number().int(),
    from: Currency,
    to: Currency,
    on: Day.optional(),
    plan_year: z.coerce.number().int().optional(),
  }),
  output: z.object({ amount_minor: z.int(), currency: Currency, rate: z.string() }),
})

export const plan_gaps = route('GET', '/rates/plan-gaps', {
  summary: "Currencies in use for which this fiscal year's plan has no rate: values in them cannot be compared",
  permission: 'ecosystems.read',
  input: z.object({}),
  output: z.object({ plan_year: z.int(), currencies: z.array(Currency) }),
})

export const ParkedJob = z.object({
  id: Id,
  job: z.string().describe('What was to be done, as mail.send'),
  cause: z.enum(['no_answer', 'no_access', 'files', 'stopped', 'other']).describe('What kind of trouble it was'),
  reason: z
    .string()
    .describe('What the last try said; passwords, tokens, paths and parts of addresses that may hold them are left out'),
  tries: z.int().nullable().describe('How often it was tried; null for what was given up before this was counted'),
  at: Instant.describe('When it was given up'),
})
export type ParkedJob = z.output<typeof ParkedJob>

export const parked_jobs = route('GET', '/parked-jobs', {
  summary: 'Background work that failed for the last time and waits for a person; newest first',
  permission: 'ecosystems.update',
  list: true,
  input: listInput({}, ['at']),
  output: pageOf(ParkedJob),
})

export const replay_job = route('POST', '/parked-jobs/:id/replay', {
  summary: 'Put parked work back into the queue, once; work that fails again is parked anew',
  permission: 'ecosystems.update',
  input: z.object({ id: Id }),
  output: z.object({ id: Id, replayed_at: Instant }),
})

export const dismiss_job = route('POST', '/parked-jobs/:id/dismiss', {
  summary: 'Let parked work go: it leaves the list and is never done',
  permission: 'ecosystems.update',
  input: z.object({ id: Id }),
  output: z.object({ id: Id, dismissed_at: Instant }),
})

export const founded = event('ecosystems.founded', z.object({ ecosystem_id: Id }), { audience: 'inner' })
export const updated = event('ecosystems.updated', z.object({ ecosystem_id: Id }), { audience: 'inner' })
export const region_saved = event('regions.saved', z.object({ region_id: Id, code: z.string() }), { audience: 'inner' })
export const product_saved = event('products.saved', z.object({ product_id: Id, code: z.string() }), { audience: 'inner' })
export const rate_saved = event('rates.saved', z.object({ rate_id: Id, kind: z.string(), currency: z.string() }), {
  audience: 'inner',
})
export const rates_imported = event('rates.imported', z.object({ ecosystem_id: Id, stored: z.int() }), { audience: 'inner' })

const HOST = [
  'admin',
  'channel_manager',
  'direct_seller',
  'partner_marketing',
  'enablement',
  'finance',
  'legal',
  'auditor',
  'executive',
]
const PARTNER = ['partner_admin', 'partner_seller', 'partner_marketer', 'partner_technical', 'partner_finance']
export const permissions = {
  'ecosystems.read': [...HOST, ...PARTNER],
  'ecosystems.update': ['admin'],
  'ecosystems.update_rates': ['admin', 'finance'],
}
