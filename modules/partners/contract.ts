import * as z from 'zod'
import { event, Id, listInput, pageOf, route, Several, TimelineEntry, timelineInput } from '../../kernel/contract.ts'
import { SUSPEND_REASONS, TERMINATE_REASONS, TRACKS } from './rules.ts'
import {
  Candidate,
  Country,
  Domain,
  Partner,
  PartnerChange,
  PartnerPerson,
  PartnerRow,
  PartnerTrack,
  SavePartner,
  Status,
  Track,
} from './shapes.ts'

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
      manager_id: z
        .union([Id, z.literal('none')])
        .optional()
        .describe('none: partners without a manager'),
      parent_id: Id.optional(),
      distributor_id: Id.optional(),
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
  input: PartnerChange.extend({ id: Id }),
  output: Partner,
})
export const update_profile = route('PATCH', '/partners/:id/profile', {
  summary: "Change what a partner says of itself; the partner's admin does it too",
  permission: 'partners.update_profile',
  versioned: true,
  input: PartnerChange.pick({ trading_name: true, website: true, phone: true, description: true }).extend({ id: Id }),
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
