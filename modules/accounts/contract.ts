import * as z from 'zod'
import { Day, event, Flag, Id, listInput, pageOf, route, Several, TimelineEntry, timelineInput } from '../../kernel/contract.ts'
import { OUTCOMES } from './rules.ts'
import {
  Account,
  AccountFields,
  AccountRow,
  Country,
  Domain,
  Match,
  Name,
  NamedEntry,
  Opportunity,
  SaveAccount,
  SaveOpportunity,
} from './shapes.ts'

export const list = route('GET', '/accounts', {
  summary: 'List accounts',
  permission: 'accounts.list',
  list: true,
  input: listInput(
    {
      country: Several(Country).optional(),
      segment: Several(z.string().max(60)).optional(),
      is_customer: Flag.optional(),
      is_named: Flag.optional(),
      owner_id: Id.optional(),
      parent_id: Id.optional(),
      domain: Domain.optional(),
    },
    ['name', 'country', 'created', 'updated'],
  ),
  output: pageOf(AccountRow),
})
export const get = route('GET', '/accounts/:id', {
  summary: 'Show an account',
  permission: 'accounts.get',
  input: z.object({ id: Id }),
  output: Account,
})
export const create = route('POST', '/accounts', {
  summary: 'Add an account',
  permission: 'accounts.create',
  status: 201,
  input: SaveAccount.omit({ id: true, parent_external_id: true }),
  output: Account,
})
export const update = route('PATCH', '/accounts/:id', {
  summary: 'Change an account',
  permission: 'accounts.update',
  versioned: true,
  input: AccountFields.extend({ id: Id }),
  output: Account,
})
export const add_domain = route('POST', '/accounts/:id/domains', {
  summary: 'Add a further domain of an account',
  permission: 'accounts.update',
  versioned: true,
  input: z.object({ id: Id, domain: Domain }),
  output: Account,
})
export const remove_domain = route('POST', '/accounts/:id/domains/remove', {
  summary: 'Remove a further domain of an account',
  permission: 'accounts.update',
  versioned: true,
  input: z.object({ id: Id, domain: Domain }),
  output: Account,
})

export const candidates = route('GET', '/accounts/candidates', {
  summary: 'Accounts that may be this firm, best first, with what agrees',
  permission: 'accounts.list',
  input: z.object({
    name: Name.optional(),
    domain: Domain.optional(),
    country: Country.optional(),
    company_number: z.string().max(60).optional(),
  }),
  output: z.object({ items: z.array(Match) }),
})
export const duplicates = route('GET', '/accounts/duplicates', {
  summary: 'How many accounts are duplicates or families, and which',
  permission: 'accounts.list',
  input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  output: z.object({
    duplicates: z.number().int().describe('Accounts that another account seems to repeat'),
    families: z.number().int().describe('Groups under one parent'),
    groups: z.array(
      z.object({
        by: z.enum(['domain', 'company_number', 'name']),
        value: z.string(),
        accounts: z.array(AccountRow.pick({ id: true, name: true, country: true, domain: true })),
      }),
    ),
  }),
})
export const merge = route('POST', '/accounts/:id/merge', {
  summary: 'Merge a duplicate into another account: domains, opportunities and children move, both histories stay',
  permission: 'accounts.merge',
  versioned: true,
  input: z.object({ id: Id, into_id: Id }),
  output: Account,
})
export const timeline = route('GET', '/accounts/:id/timeline', {
  summary: 'The history of an account',
  permission: 'accounts.get',
  input: timelineInput,
  output: pageOf(TimelineEntry),
})

export const list_named = route('GET', '/named-accounts', {
  summary: 'List the named accounts with their dates',
  permission: 'accounts.list',
  list: true,
  input: listInput({ account_id: Id.optional(), on: Day.optional().describe('Only entries that hold on this day') }, [
    'from',
    'account',
  ]),
  output: pageOf(NamedEntry),
})
export const add_named = route('POST', '/accounts/:id/named', {
  summary: 'Put an account on the named list from a day; it never undoes a registration made before',
  permission: 'accounts.name',
  status: 201,
  input: z.object({ id: Id, from_on: Day, until_on: Day.nullable().default(null), note: z.string().max(2000).default('') }),
  output: NamedEntry,
})
export const remove_named = route('POST', '/accounts/:id/named/end', {
  summary: 'Take an account off the named list from a day',
  permission: 'accounts.name',
  input: z.object({ id: Id, until_on: Day.optional().describe('The last day; today unless said') }),
  output: NamedEntry,
})

export const list_opportunities = route('GET', '/opportunities', {
  summary: 'List opportunities',
  permission: 'accounts.list',
  list: true,
  input: listInput(
    {
      account_id: Id.optional(),
      owner_id: Id.optional(),
      product: z.string().max(60).optional(),
      stage: z.string().max(60).optional(),
      is_open: Flag.optional(),
    },
    ['first_seen', 'name'],
  ),
  output: pageOf(Opportunity),
})
export const get_opportunity = route('GET', '/opportunities/:id', {
  summary: 'Show an opportunity',
  permission: 'accounts.get',
  input: z.object({ id: Id }),
  output: Opportunity,
})
export const create_opportunity = route('POST', '/opportunities', {
  summary: 'Add an opportunity; the moment it is first seen is the time of this call',
  permission: 'accounts.save_opportunities',
  status: 201,
  input: SaveOpportunity.omit({ id: true }),
  output: Opportunity,
})
export const update_opportunity = route('PATCH', '/opportunities/:id', {
  summary: 'Change an opportunity',
  permission: 'accounts.save_opportunities',
  versioned: true,
  input: SaveOpportunity.omit({ account_external_id: true, account_domain: true, account_name: true })
    .partial()
    .extend({ id: Id }),
  output: Opportunity,
})

const about = z.object({ account_id: Id })
const inside = { audience: 'inner' } as const
export const created = event('accounts.created', about, inside)
export const updated = event('accounts.updated', about, inside)
/** Taken back with the import that brought it. */
export const withdrawn = event('accounts.withdrawn', about, inside)
export const opportunity_withdrawn = event('accounts.opportunity_withdrawn', about.extend({ opportunity_id: Id }), inside)
/** `account_id` is the one that went, `into_id` the one that stays. */
export const merged = event('accounts.merged', about.extend({ into_id: Id }), inside)
export const absorbed = event('accounts.absorbed', about.extend({ from_id: Id }), inside)
export const named = event('accounts.named', about.extend({ named_id: Id, from_on: Day, until_on: Day.nullable() }), inside)
export const unnamed = event('accounts.unnamed', about.extend({ named_id: Id, until_on: Day }), inside)
export const opportunity_seen = event(
  'accounts.opportunity_seen',
  about.extend({ opportunity_id: Id, product: z.string().nullable() }),
  inside,
)
export const opportunity_changed = event('accounts.opportunity_changed', about.extend({ opportunity_id: Id }), inside)
export const opportunity_closed = event(
  'accounts.opportunity_closed',
  about.extend({ opportunity_id: Id, outcome: z.enum(OUTCOMES) }),
  inside,
)

const READERS = [
  'owner',
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
const WRITERS = ['owner', 'admin', 'channel_manager', 'direct_seller']
export const permissions: Record<string, string[]> = {
  'accounts.list': READERS,
  'accounts.get': READERS,
  'accounts.create': WRITERS,
  'accounts.update': WRITERS,
  'accounts.save_opportunities': WRITERS,
  'accounts.merge': ['owner', 'admin', 'channel_manager'],
  'accounts.name': ['owner', 'admin'],
}
