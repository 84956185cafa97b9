import * as z from 'zod'
import {
  event,
  Flag,
  Id,
  Instant,
  innerOnly,
  listInput,
  pageOf,
  route,
  Several,
  TimelineEntry,
  timelineInput,
} from '../../kernel/contract.ts'
import { STATUS, SUSPEND_REASONS, TERMINATE_REASONS, TRACKS } from './rules.ts'
import { Website } from './shapes.ts'

export const Track = z.enum(TRACKS)
export const Status = STATUS.schema
const Country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'a country code of two letters as DE')
const Domain = z.string().trim().min(1).max(253)
const Name = z.string().trim().min(1).max(200)
const Custom = z.record(z.string().min(1).max(60), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]))

export const PartnerTrack = z.strictObject({ track: Track, tier: z.string().trim().max(60).default('') })
export type PartnerTrack = z.output<typeof PartnerTrack>

/** A partner in a list. `name` is the trading name, else the legal one. */
export const PartnerRow = z.object({
  id: Id,
  number: z.number().int(),
  name: z.string(),
  legal_name: z.string(),
  domain: z.string().nullable(),
  country: z.string(),
  region: z.string().nullable(),
  tracks: z.array(PartnerTrack),
  status: Status,
  parent_id: Id.nullable(),
  distributor_id: Id.nullable(),
  manager_id: Id.nullable(),
  manager_name: z.string().nullable(),
  version: z.number().int(),
  created_at: Instant,
})
export type PartnerRow = z.output<typeof PartnerRow>

export const Partner = PartnerRow.extend({
  trading_name: z.string().nullable(),
  domains: z.array(z.string()),
  website: z.string().nullable(),
  phone: z.string().nullable(),
  description: z.string(),
  parent_name: z.string().nullable(),
  distributor_name: z.string().nullable(),
  executive_sponsor_id: Id.nullable(),
  executive_sponsor_name: z.string().nullable(),
  status_reason: z.string().nullable(),
  status_text: z.string(),
  status_at: Instant,
  merged_into_id: Id.nullable(),
  updated_at: Instant,
  external_id: innerOnly(z.string().nullable()),
  firm_id: innerOnly(Id.nullable()),
  note: innerOnly(z.string()),
  custom: innerOnly(Custom),
})
export type Partner = z.output<typeof Partner>

const fields = {
  legal_name: Name,
  trading_name: Name.nullable(),
  external_id: z.string().trim().min(1).max(120).nullable(),
  domain: Domain.nullable().describe('Main domain; a web or mail address will do'),
  domains: z.array(Domain).max(50).describe('Further domains'),
  website: Website.nullable(),
  phone: z.string().trim().max(60).nullable(),
  description: z.string().max(4000),
  country: Country,
  region: z.string().trim().min(1).max(60).nullable(),
  parent_id: Id.nullable(),
  distributor_id: Id.nullable(),
  executive_sponsor_id: Id.nullable(),
  firm_id: Id.nullable(),
  note: z.string().max(10_000),
  custom: Custom.describe('Own fields: only those named change, and null takes one away'),
}
const optional = z.object(fields).partial()

/** One partner as an import or `create` brings it; `id` or `external_id`, else domain or name with country, says which one is meant. */
export const SavePartner = optional.extend({
  id: Id.optional(),
  legal_name: Name,
  country: Country,
  manager_id: Id.nullable().optional(),
  tracks: z.array(PartnerTrack).max(TRACKS.length).optional(),
  status: z.enum(['onboarding', 'active']).optional(),
})
export type SavePartner = z.input<typeof SavePartner>

export const list = route('GET', '/partners', {
  summary: 'List partners',
  permission: 'partners.list',
  list: true,
  input: listInput(
    {
      track: Several(Track).optional(),
      tier: z.string().max(60).optional(),
      region: Several(z.string().max(60)).optional(),
      country: Several(Country).optional(),
      status: Several(Status).optional(),
      manager_id: Id.optional(),
      parent_id: Id.optional(),
      distributor_id: Id.optional(),
      unmanaged: Flag.optional().describe('Only partners without a manager'),
    },
    ['name', 'number', 'created', 'country', 'status'],
  ),
  output: pageOf(PartnerRow),
})
export const get = route('GET', '/partners/:id', {
  summary: 'Show a partner',
  permission: 'partners.get',
  input: z.object({ id: Id }),
  output: Partner,
})
export const create = route('POST', '/partners', {
  summary: 'Add a partner; a firm that is known already is refused with its candidates unless `is_new` says otherwise',
  permission: 'partners.create',
  status: 201,
  input: SavePartner.omit({ id: true }).extend({ is_new: z.boolean().default(false) }),
  output: Partner,
})
export const update = route('PATCH', '/partners/:id', {
  summary: 'Change a partner',
  permission: 'partners.update',
  versioned: true,
  input: optional.extend({ id: Id }),
  output: Partner,
})
export const update_profile = route('PATCH', '/partners/:id/profile', {
  summary: "Change what a partner says of itself; the partner's admin does it too",
  permission: 'partners.update_profile',
  versioned: true,
  input: z
    .object({
      id: Id,
      trading_name: fields.trading_name,
      website: fields.website,
      phone: fields.phone,
      description: fields.description,
    })
    .partial()
    .required({ id: true }),
  output: Partner,
})
export const set_tracks = route('PUT', '/partners/:id/tracks', {
  summary: 'Set the tracks of a partner, each with its tier',
  permission: 'partners.set_tracks',
  versioned: true,
  input: z.object({ id: Id, tracks: z.array(PartnerTrack).max(TRACKS.length) }),
  output: Partner,
})
export const assign_manager = route('PUT', '/partners/:id/manager', {
  summary: "Name the partner's manager; running clocks of the partner pass on",
  permission: 'partners.assign_manager',
  versioned: true,
  input: z.object({ id: Id, manager_id: Id.nullable() }),
  output: Partner,
})

const text = z.string().trim().max(2000).default('').describe('Told to the partner')
export const activate = route('POST', '/partners/:id/activate', {
  summary: 'End the onboarding of a partner',
  permission: 'partners.activate',
  versioned: true,
  input: z.object({ id: Id, text }),
  output: Partner,
})
export const suspend = route('POST', '/partners/:id/suspend', {
  summary: 'Suspend a partner',
  permission: 'partners.suspend',
  versioned: true,
  input: z.object({ id: Id, reason: z.enum(SUSPEND_REASONS), text }),
  output: Partner,
})
export const reinstate = route('POST', '/partners/:id/reinstate', {
  summary: 'Reinstate a suspended partner',
  permission: 'partners.reinstate',
  versioned: true,
  input: z.object({ id: Id, text }),
  output: Partner,
})
export const terminate = route('POST', '/partners/:id/terminate', {
  summary: 'End a partnership',
  permission: 'partners.terminate',
  versioned: true,
  input: z.object({ id: Id, reason: z.enum(TERMINATE_REASONS), text }),
  output: Partner,
})

/** A partner that may be the same firm; `agrees` says in what. */
export const Candidate = z.object({
  id: Id,
  name: z.string(),
  country: z.string(),
  status: Status,
  score: z.number(),
  agrees: z.array(z.enum(['domain', 'name', 'country', 'firm'])),
  is_family: z.boolean(),
})
export type Candidate = z.output<typeof Candidate>

export const candidates = route('GET', '/partners/candidates', {
  summary: 'Partners that may be this firm, by domain and name',
  permission: 'partners.candidates',
  input: z.object({ name: z.string().trim().max(200).optional(), domain: Domain.optional(), country: Country.optional() }),
  output: z.object({ items: z.array(Candidate) }),
})
export const duplicates = route('GET', '/partners/duplicates', {
  summary: 'Groups of partners that may be one firm',
  permission: 'partners.candidates',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        by: z.enum(['domain', 'name']),
        value: z.string(),
        partners: z.array(PartnerRow.pick({ id: true, number: true, name: true, country: true, status: true })),
      }),
    ),
  }),
})
export const merge = route('POST', '/partners/:id/merge', {
  summary: 'Merge a duplicate into another partner: people, domains, tracks and children move, both histories stay',
  permission: 'partners.merge',
  versioned: true,
  input: z.object({ id: Id, into_id: Id }),
  output: Partner,
})

export const PartnerPerson = z.object({
  member_id: Id,
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(z.string()),
  status: z.string(),
})
export type PartnerPerson = z.output<typeof PartnerPerson>
export const people = route('GET', '/partners/:id/people', {
  summary: 'The people of a partner',
  permission: 'partners.people',
  input: z.object({ id: Id }),
  output: z.object({ items: z.array(PartnerPerson) }),
})
export const timeline = route('GET', '/partners/:id/timeline', {
  summary: 'The history of a partner',
  permission: 'partners.timeline',
  input: timelineInput,
  output: pageOf(TimelineEntry),
})

const about = z.object({ partner_id: Id })
const party = { party: 'partner_id' }
export const created = event('partners.created', about, party)
export const updated = event('partners.updated', about, party)
/** Changes of fields that the partner does not see. */
export const noted = event('partners.noted', about, { ...party, audience: 'inner' })
export const tracks_set = event('partners.tracks_set', about.extend({ tracks: z.array(PartnerTrack) }), party)
export const manager_assigned = event(
  'partners.manager_assigned',
  about.extend({ manager_id: Id.nullable(), from_id: Id.nullable() }),
  party,
)
export const activated = event('partners.activated', about, party)
export const suspended = event('partners.suspended', about.extend({ reason: z.enum(SUSPEND_REASONS) }), party)
export const reinstated = event('partners.reinstated', about, party)
export const terminated = event('partners.terminated', about.extend({ reason: z.enum(TERMINATE_REASONS) }), party)
/** Taken back with the import that brought it. */
export const withdrawn = event('partners.withdrawn', about, { ...party, audience: 'inner' })
/** `partner_id` is the one that went, `into_id` the one that stays. */
export const merged = event('partners.merged', about.extend({ into_id: Id }), { party: 'into_id' })
/** The same, on the history of the one that stays. */
export const absorbed = event('partners.absorbed', about.extend({ from_id: Id }), party)

const ANY_HOST = [
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
const ANY_PARTNER = ['partner_admin', 'partner_seller', 'partner_marketer', 'partner_technical', 'partner_finance']
const DESK = ['owner', 'admin', 'channel_manager']
export const permissions: Record<string, string[]> = {
  'partners.list': [...ANY_HOST, ...ANY_PARTNER],
  'partners.get': [...ANY_HOST, ...ANY_PARTNER],
  'partners.people': [...ANY_HOST, ...ANY_PARTNER],
  'partners.timeline': [...ANY_HOST, ...ANY_PARTNER],
  'partners.create': DESK,
  'partners.update': DESK,
  'partners.update_profile': [...DESK, 'partner_admin'],
  'partners.set_tracks': DESK,
  'partners.candidates': DESK,
  'partners.activate': DESK,
  'partners.suspend': [...DESK, 'legal'],
  'partners.reinstate': [...DESK, 'legal'],
  'partners.assign_manager': ['owner', 'admin'],
  'partners.terminate': ['owner', 'admin'],
  'partners.merge': ['owner', 'admin'],
}
